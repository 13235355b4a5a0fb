import type { ProposalView } from '#proposals'
import type { CardButton } from '../card.ts'
import { isMailAction, isToBeWritten } from './mail-action.ts'
import type { CardContext } from './proposal-card.ts'
import { proposalVersion } from './proposal-version.ts'

type Buttons = { buttons: CardButton[]; more: CardButton[] }

/** The buttons of a proposal in its state: at most three in sight, the rest behind the overflow. */
export function proposalButtons(view: ProposalView, { words, format }: CardContext): Buttons {
  const data: Record<string, string> = { proposal: String(view.id), version: proposalVersion(view) }
  const button = (action: string, label: string, style: CardButton['style'] = 'default'): CardButton => ({ action, label, style, data })
  const say = words.button
  const why = button('proposal.why', say.why)
  const debtor = view.debtor ? [{ ...button('debtor.show', say.debtor), data: { debtor: String(view.debtor.id) } }] : []
  if (view.status === 'open') return openButtons()
  if (view.status === 'awaiting_second') return awaitingButtons()
  if (view.status === 'snoozed') return { buttons: [button('proposal.reject', say.reject)], more: [why, ...debtor] }
  const wrong = wrongButton()
  return { buttons: [...undoButton(), ...unsettledButtons(), ...wrong].slice(0, 3), more: [why, ...debtor] }

  /** Of what Duncan decided alone and nobody can undo any more. */
  function wrongButton(): CardButton[] {
    const isAlone = view.status === 'approved' && view.autonomy !== null && view.autonomy.level !== 'ask'
    if (!isAlone || view.undoUntil || view.decisions.some(({ kind }) => kind === 'wrong')) return []
    const { wrong: label, wrongTitle: title, wrongText: text, wrongYes: yes } = words.autonomy.card
    return [{ ...button('autonomy.wrong', label), confirm: { title, text, yes } }]
  }

  function openButtons(): Buttons {
    const wanted = view.actions.filter(({ status }) => status === 'pending')
    const sends = wanted.some(action => isMailAction(action) && action.ticked)
    const approve = button('proposal.approve', sends ? say.approveSend : say.approve, 'primary')
    const link = button('proposal.link', view.debtor ? say.link : say.linkFirst, view.debtor ? 'default' : 'primary')
    const candidates = view.candidates.slice(0, 2).map(
      ({ debtorId, number, name }): CardButton => ({
        ...button('proposal.link_to', `${number} ${name}`.slice(0, 40)),
        data: { ...data, debtor: String(debtorId) },
      }),
    )
    const reject = button('proposal.reject', say.reject)
    const file = button('proposal.approve', say.file, view.debtor && view.quarantine.length === 0 ? 'primary' : 'default')
    const later = [button('proposal.snooze', say.snooze), button('proposal.reassign', say.reassign)]
    const lift = protectiveButtons()
    // A menu of more than five entries is two of them on Slack; why Duncan proposes this leads to the debtor, too.
    const about = lift.length > 0 ? [...lift, why] : [why, ...debtor]
    const rest = [...later, ...about]
    // Whose mail it is comes first; whoever knows that it is nobody's files it.
    if (!view.debtor && wanted.length === 0) {
      const ask = candidates.length > 0 ? candidates : [link]
      const other = ask.includes(link) ? [] : [link]
      return { buttons: [...ask, file], more: [reject, ...other, ...rest] }
    }
    if (wanted.length === 0) return { buttons: [file, reject], more: [link, ...rest] }
    if (wanted.some(isToBeWritten)) {
      const write = button('proposal.edit', say.writeReply, 'primary')
      return { buttons: [write, button('proposal.approve', say.withoutReply), reject], more: [...later, link, ...about] }
    }
    return { buttons: [approve, button('proposal.edit', say.edit), reject], more: [...later, link, ...about] }
  }

  /** What was approved once stands as it is: a second person agrees, or rejects it, or it is opened again. */
  function awaitingButtons(): Buttons {
    const agree = button('proposal.second_vote', say.secondVote, 'primary')
    const back = button('proposal.undo', say.takeVoteBack)
    return {
      buttons: [agree, button('proposal.reject', say.reject), back],
      more: [button('proposal.reassign', say.reassign), ...protectiveButtons(), why, ...debtor],
    }
  }

  function undoButton(): CardButton[] {
    if (!view.undoUntil) return view.redecidable ? [button('proposal.undo', say.decideAgain)] : []
    return [{ ...button('proposal.undo', say.undo(format.timeWithSeconds(view.undoUntil))), until: view.undoUntil.toISOString() }]
  }

  /** A protection ran at once; lifting it asks first, in a form: dunning goes on then. */
  function protectiveButtons(): CardButton[] {
    return view.actions
      .filter(action => action.protective && action.undoable)
      .map(action => ({ ...button('action.lift', say.undoProtective), data: { ...data, action: String(action.id) } }))
  }

  function unsettledButtons(): CardButton[] {
    return view.actions
      .filter(action => action.status === 'unknown' || action.resendable)
      .flatMap(action => {
        const of = { ...data, action: String(action.id) }
        const to = isMailAction(action) ? action.payload.to.join(', ') : ''
        const giveUp = { title: words.confirm.didNotTitle, text: words.confirm.didNotText(to), yes: words.confirm.yes }
        const sendAgain = { title: words.confirm.sendAgainTitle, text: words.confirm.sendAgainText(to), yes: words.confirm.yes }
        const again: CardButton = { ...button('action.send_again', say.sendAgain, 'danger'), data: of, confirm: sendAgain }
        if (action.status !== 'unknown') return [again]
        return [{ ...button('action.it_left', say.itLeft), data: of }, again, { ...button('action.give_up', say.giveUp), data: of, confirm: giveUp }]
      })
  }
}
