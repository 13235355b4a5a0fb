import type { EntryView } from '#proposals'
import { type Card, type CardElement, type CardInput, cardSchema } from '../card.ts'
import { policyNotice } from '../insurance/policy-notice.ts'
import { instalmentElements } from './action-notes.ts'
import { cut, oneLine } from './cut.ts'
import { summaryOf, whyText } from './entry-text.ts'
import { nextStepLine } from './next-step-line.ts'
import { partyElements } from './party-entries.ts'
import type { CardContext } from './proposal-card.ts'
import type { ShownEntry } from './shown-entry.ts'
import { leftAlone, stepLines } from './step-lines.ts'
import { tellProblems } from './tell-problems.ts'
import { untoldLines } from './untold-lines.ts'

const shownInvoices = 12

/**
 * What was entered or opened about a debtor: how it stands, what it says and why, by whom, and what the reader may do about it. `readerId`:
 * whom the card is for alone; undefined: a channel. `told` is said first.
 */
export function entryCard(view: ShownEntry, readerId: number | undefined, context: CardContext, told?: string): Card {
  const { words, format } = context
  const { entries: say, button } = words
  const { debtor, content, status, why } = view
  const { buttons, more } = entryButtons(view, readerId, context)
  const about = { debtor: String(debtor.id) }
  const isOpen = status === 'proposed' || status === 'awaiting_second'
  const title = `${say.kind[content.kind]} · ${oneLine(debtor.name, 80)}`
  const summary = summaryOf(content, context)
  const opened = view.by === null ? say.opened(format.dateTime(view.at)) : say.openedBy(view.by, format.dateTime(view.at))
  const who = [why ? opened : say.entered(view.by ?? '', format.dateTime(view.at)), decidedLine(view, context)].filter(Boolean).join(' · ')
  return cardSchema.parse({
    title,
    subtitle: [summary, debtor.number].join(' · '),
    status: statusOf(view, words),
    elements: [
      ...(told ? [{ type: 'notice', tone: isOpen ? 'warning' : 'good', title: told } as const] : []),
      ...(view.pinnedNote ? [{ type: 'notice', tone: 'warning', title: words.debtorCard.pinned, lines: [oneLine(view.pinnedNote, 300)] } as const] : []),
      ...mailState(view, context),
      ...stepLines(view, context),
      ...(why ? [{ type: 'text', text: whyText(why, context) } as const] : []),
      ...(namesInvoices(content)
        ? [{ type: 'facts', facts: [{ label: say.invoices, value: invoicesOf(view, words.card.allInvoices) }, ...ownerOf(view, context)] } as const]
        : []),
      ...untoldLines(view, context),
      ...partyElements(view, context),
      ...('insurance' in content && content.insurance ? [policyNotice(content.insurance, context)] : []),
      ...(content.kind === 'payment_plan' ? instalmentElements(content, context) : []),
      ...(content.kind === 'hand_over' && isOpen ? [{ type: 'text', text: say.handOver } as const] : []),
      ...letterOf(view, context),
      ...fileOf(view, context),
      ...(content.kind === 'dispute_move' ? [{ type: 'text', text: cut(content.reason, 1500).text } as const] : []),
      ...(content.kind === 'dispute' ? [{ type: 'quote', text: cut(content.text, 1500).text, source: say.said } as const] : []),
      ...nextStepLine(view.next, context),
      { type: 'text', text: who, weight: 'subtle' },
    ],
    buttons,
    more: [
      ...more,
      ...disputeButton(view, context),
      ...planButton(view, context),
      { action: 'debtor.show', label: button.debtor, data: about },
      ...(view.members.length > 0 && content.kind !== 'group' ? [{ action: 'group.show', label: words.groups.button, data: about }] : []),
      { action: 'risk.debtor', label: words.risk.atRisk, data: about },
    ],
    fallback: `${say.status[status]}: ${title} (${summary})`,
  })
}

/** A mail that is about no invoice is not about all of them. */
const namesInvoices = (content: EntryView['content']): boolean => 'invoiceIds' in content && (content.kind !== 'mail' || content.invoiceIds.length > 0)

/** Whose work it is, of what was opened to be decided. */
const ownerOf = ({ owner, why }: EntryView, { words }: CardContext): { label: string; value: string }[] =>
  owner && why ? [{ label: words.card.owner, value: owner.name }] : []

/** How it stands; one whose mail did not leave, or may not have, is not simply done. */
function statusOf({ status, mail }: EntryView, { entries: say, compose, actionStatus }: CardContext['words']): NonNullable<CardInput['status']> {
  const isOpen = status === 'proposed' || status === 'awaiting_second'
  if (status === 'done' && mail?.state === 'failed') return { text: compose.notSent, tone: 'bad' }
  if (status === 'done' && mail?.state === 'unknown') return { text: actionStatus.unknown, tone: 'bad' }
  return { text: say.status[status], tone: isOpen ? 'warning' : status === 'done' ? 'good' : 'neutral' }
}

const planButton = ({ why, debtor }: EntryView, { words }: CardContext): Button[] =>
  why?.code === 'instalment_missed' ? [{ action: 'plan.show', label: words.plans.title, data: { debtor: String(debtor.id) } }] : []

function disputeButton({ content, why }: EntryView, { words }: CardContext): Button[] {
  const id = content.kind === 'dispute_move' ? content.disputeId : why?.code === 'dispute_decided' ? why.disputeId : undefined
  return id === undefined ? [] : [{ action: 'dispute.show', label: words.entries.kind.dispute, data: { dispute: String(id) } }]
}

type Button = NonNullable<CardInput['buttons']>[number]

/** The kinds that have something to change before they are approved. */
const isEditable = ({ content }: Pick<EntryView, 'content'>): boolean =>
  content.kind === 'follow_up' ? content.mail !== null : ['credit_limit', 'workflow', 'master_data'].includes(content.kind)

function entryButtons(view: EntryView, readerId: number | undefined, { words }: CardContext): { buttons: Button[]; more: Button[] } {
  const { entries: say, button: label } = words
  const data = { entry: String(view.id), version: String(view.version) }
  const button = (action: string, text: string, style: Button['style'] = 'default') => ({ action, label: text, style, data })
  const of = (action: string) => (view.right === 'decide_risk' ? `${action}_risk` : action)
  const { why } = view
  const alert = why?.code === 'alert' ? [{ action: 'alert.show', label: say.toAlert, data: { alert: String(why.alertId) } }] : []
  const isMaker = readerId !== undefined && view.makers.includes(readerId)
  switch (view.status) {
    case 'proposed': {
      const edit = isEditable(view) ? [button(of('entry.edit'), label.edit)] : []
      // Where nothing is ticked, something has to be first.
      const isIdle = view.content.kind === 'master_data' && view.content.changes.every(({ ticked }) => !ticked)
      const sends = mailIn(view.content) !== null
      const approve = isIdle ? [] : [button(of('entry.approve'), sends ? label.approveSend : label.approve, 'primary')]
      const paid = view.content.kind === 'dunning' ? [button('entry.paid', words.calls.outcomes.paid)] : []
      return { buttons: [...approve, ...edit, button(of('entry.reject'), label.reject)], more: [...paid, ...alert] }
    }
    case 'awaiting_second': {
      const agree = isMaker ? [] : [button('entry.second_vote', label.secondVote, 'primary')]
      const against = why ? button(of('entry.reject'), label.reject) : button(of('entry.withdraw'), say.withdraw)
      return { buttons: [...agree, against], more: alert }
    }
    case 'done':
      return {
        buttons: view.mail ? mailButtons(view, view.mail.state, words) : [button(of('entry.undo'), say.undo)],
        more: [...alert, ...wrongButton(view, words)],
      }
    case 'rejected':
      return { buttons: [button(of('entry.undo'), say.reopen)], more: alert }
    default:
      return { buttons: [], more: alert }
  }
}

/** Whoever finds that something should not have left alone says so, however late. */
function wrongButton(view: EntryView, { autonomy: { card: say } }: CardContext['words']): Button[] {
  // As long as it waits it is taken back.
  if (!leftAlone(view) || view.mail?.state === 'scheduled' || view.autonomy?.wrongBy !== undefined) return []
  const confirm = { title: say.wrongTitle, text: say.wrongText, yes: say.wrongYes }
  return [{ action: 'entry.wrong', label: say.wrong, data: { entry: String(view.id), version: String(view.version) }, confirm }]
}

/** What may be done about a mail: as long as it waits it is taken back, and sent again or given up where it did not leave. */
function mailButtons({ id, version, content, debtor }: EntryView, state: string, { entries: say, button: label, confirm }: CardContext['words']): Button[] {
  const data = { entry: String(id), version: String(version) }
  const to = mailIn(content)?.to.join(', ') ?? debtor.name
  const sendAgain = { title: confirm.sendAgainTitle, text: confirm.sendAgainText(to), yes: confirm.yes }
  const giveUp = { title: confirm.didNotTitle, text: confirm.didNotText(to), yes: confirm.yes }
  const again: Button = { action: 'entry.send_again', label: label.sendAgain, style: 'danger', data, confirm: sendAgain }
  // Of who was handed over reminders go on when it is taken back, wherever its file is.
  const goOn: Button[] = content.kind === 'hand_over' ? [{ action: 'entry.undo', label: say.undo, data }] : []
  switch (state) {
    case 'scheduled':
      return [{ action: 'entry.undo', label: say.undo, data }]
    case 'failed':
      return [again, ...goOn]
    case 'unknown':
      return [{ action: 'entry.it_left', label: label.itLeft, data }, again, { action: 'entry.give_up', label: label.giveUp, data, confirm: giveUp }]
    default:
      return goOn
  }
}

function invoicesOf({ invoices }: EntryView, all: string): string {
  const rest = invoices.length - shownInvoices
  return invoices.length === 0 ? all : [invoices.slice(0, shownInvoices).join(', '), rest > 0 && `+ ${rest}`].filter(Boolean).join(' ')
}

/** Who voted, and what became of it; nothing where that is who entered it. */
function decidedLine(view: EntryView, { words, format }: CardContext): string | undefined {
  const { status, by, why, firstVoteBy, decidedBy, decidedAt } = view
  const { entries: say } = words
  const time = decidedAt ? format.dateTime(decidedAt) : ''
  const first = why && firstVoteBy ? say.firstVote(firstVoteBy) : undefined
  if (status === 'superseded') return say.superseded(time)
  if (leftAlone(view)) return words.dunning.approvedAlone(time)
  if (!decidedBy || status === 'proposed' || status === 'awaiting_second') return first
  if (status === 'done' && !why && decidedBy === by) return undefined
  const agreed = firstVoteBy ? say.agreed : say.approved
  return [first, { done: agreed, rejected: say.rejected, withdrawn: say.withdrawn, undone: say.undone }[status](decidedBy, time)].filter(Boolean).join(' · ')
}

/** A mail that nobody can change on a form is shown whole: who votes on it has read it. */
const [longestLetter, longestMail] = [1500, 12_000]

/** What it writes, whichever way that goes: an SMS has no subject. */
function mailIn(content: EntryView['content']) {
  if (content.kind === 'mail') return content
  if (content.kind === 'dunning') return content.mail ?? content.letter ?? (content.sms && { ...content.sms, to: [content.sms.to], subject: '' })
  return 'mail' in content ? content.mail : null
}

/** The mail that it would send, or sends. */
function letterOf({ content, status }: EntryView, context: CardContext): CardElement[] {
  const { words, format } = context
  const mail = mailIn(content)
  if (!mail) return []
  const { subject, text, language } = mail
  const cc = 'cc' in mail ? mail.cc.join(', ') : ''
  const files = 'attachments' in content ? content.attachments.map(({ fileName }) => fileName).join(', ') : ''
  const shown = cut(text, isEditable({ content }) ? longestLetter : longestMail)
  return [
    {
      type: 'letter',
      // A reminder answers nobody, and may be a letter.
      label: content.kind === 'dunning' ? summaryOf(content, context) : status === 'done' ? words.card.mail : words.card.reply(format.languageName(language)),
      facts: [
        ...(subject === '' ? [] : [{ label: words.card.subject, value: subject }]),
        ...(cc === '' ? [] : [{ label: words.card.cc, value: cc }]),
        ...(files === '' ? [] : [{ label: words.card.attachments, value: files }]),
      ],
      text: shown.rest > 0 ? `${shown.text}\n${words.card.cut(shown.rest)}` : shown.text,
    },
  ]
}

/** What it writes for others to take, to look at: a letter as it is printed, or the list of what a file would hold as long as none is written. */
function fileOf({ id, content, status, mail }: EntryView, { words: { entries: say } }: CardContext): CardElement[] {
  const source = { of: 'entry' as const, entryId: id }
  if (content.kind === 'dunning' && content.letter) return [{ type: 'files', files: [{ name: say.file.letter, note: 'PDF', source }] }]
  const isToCome = status === 'proposed' || status === 'awaiting_second' || mail?.state === 'scheduled'
  return content.kind === 'hand_over' && isToCome ? [{ type: 'files', files: [{ name: say.file.list, note: '', source }] }] : []
}

/** What became of the mail that was approved. */
function mailState({ mail, status }: EntryView, { words, format }: CardContext): CardElement[] {
  const { actionStatus: say } = words
  if (!mail || status !== 'done') return []
  const isBad = mail.state === 'failed' || mail.state === 'unknown'
  const states: Record<string, string> = {
    scheduled: say.scheduled(format.timeWithSeconds(mail.sendAfter)),
    sending: say.claimed,
    sent: oneLine(tellProblems(mail.problems, words, format), 300),
    failed: oneLine(tellProblems(mail.problems, words, format), 300),
    unknown: '',
    cancelled: say.undone,
  }
  const text = states[mail.state] ?? mail.state
  return text === '' ? [] : [{ type: 'text', text, tone: isBad ? 'bad' : 'neutral', weight: 'normal' }]
}
