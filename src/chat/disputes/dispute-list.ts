import { sightOf } from '#people'
import { openDisputes, viewDispute } from '#proposals'
import { nextStepOf } from '#search'
import { cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { disputeReason } from '../cards/dispute-reason.ts'
import type { ClickOutcome } from '../click.ts'
import { oneDebtor } from '../commands/debtor.ts'
import { openEntryForm } from '../commands/entry.ts'
import { pageButtons } from '../commands/pick-debtor.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { typedWords } from '../commands/typed-words.ts'
import { ownersActedFor } from '../commands/waiting.ts'
import { disputeCard } from './dispute-card.ts'
import { disputeReport } from './dispute-report.ts'

const pageLength = 15

/** `mine`: that the asker sees to. `own`: of debtors that the asker looks after. `debtor`: of one alone. */
type Asked = { whose: 'mine' | 'team'; own: boolean; late: boolean; debtor: number | undefined }

/** `/duncan disputes [mine | team] [late] | report [days]`: the open disputes, or how disputes go. */
export function disputesCommand(deps: CommandDeps, rest: string): Promise<ClickOutcome> {
  const typed = typedWords(rest.toLowerCase(), deps.context.words)
  if (typed.includes('report')) return disputeReport(deps, typed)
  return disputesAnswer(deps, readDisputesAsked(typed.join(' ')))
}

/** `/duncan dispute <debtor>`: what is open of the one debtor that is meant, else the form for a new one. */
export const disputeCommand = (deps: CommandDeps, query: string): Promise<ClickOutcome> =>
  oneDebtor(deps, query, 'entry.dispute', async (own, debtor) => {
    const open = await openDisputes(own.client, sightOf(own.staff), own.clock.today, { debtorId: debtor })
    return open.length > 0 ? disputesAnswer(own, { whose: 'team', own: false, late: false, debtor }) : openEntryForm(own, 'dispute', debtor)
  })

/** Which disputes somebody wants to see, whatever a browser sends. */
export function readDisputesAsked(list: string): Asked {
  const words = list.split(' ')
  const debtor = words.find(word => /^\d{1,9}$/.test(word))
  return {
    whose: words.includes('mine') ? 'mine' : 'team',
    own: words.includes('own'),
    late: words.includes('late'),
    debtor: debtor === undefined ? undefined : Number(debtor),
  }
}

const written = ({ whose, own, late, debtor }: Asked): string =>
  [whose, ...(own ? ['own'] : []), ...(late ? ['late'] : []), ...(debtor === undefined ? [] : [debtor])].join(' ')

/** A page of the open disputes that were asked for, whose answer is due first at the top. */
export async function disputesAnswer(deps: CommandDeps, asked: Asked, page = 0): Promise<ClickOutcome> {
  const { client, clock, staff, context } = deps
  const { words, format } = context
  const { disputes: say } = words
  const owners = asked.whose === 'mine' ? await ownersActedFor(deps, staff) : undefined
  const open = await openDisputes(client, sightOf(staff), clock.today, {
    owners,
    collector: asked.own ? staff.key : undefined,
    debtorId: asked.debtor,
    late: asked.late,
  })
  const last = Math.max(0, Math.ceil(open.length / pageLength) - 1)
  const current = Math.min(Math.max(0, page), last)
  const picks = open.slice(current * pageLength, (current + 1) * pageLength).map(view => {
    const day = format.day(view.answerDue.toString())
    return {
      type: 'pick' as const,
      text: `${disputeReason(view.type, words)} · ${oneLine(view.debtor.name, 60)}`,
      note: [
        view.isLate ? say.lateSince(day) : say.dueOn(day),
        view.owner.name,
        view.invoices
          .map(({ number }) => number)
          .slice(0, 4)
          .join(', '),
      ]
        .filter(Boolean)
        .join(' · '),
      button: { action: 'dispute.show', label: say.show, data: { dispute: String(view.id) } },
    }
  })
  const summary = open.length === 0 ? say.none : say.count(open.length, open.filter(({ isLate }) => isLate).length)
  const show = (label: string, other: Partial<Asked>) => ({ action: 'dispute.list', label, data: { list: written({ ...asked, ...other }), page: '0' } })
  const another = asked.debtor === undefined ? [] : [{ action: 'entry.dispute', label: say.another, data: { debtor: String(asked.debtor) } }]
  const card = cardSchema.parse({
    title: [say.title, words.button[asked.whose], asked.late && say.onlyLate].filter(Boolean).join(' · '),
    subtitle: summary,
    elements: picks,
    buttons: [
      ...another,
      ...pageButtons('dispute.list', { list: written(asked) }, { page: current, last }, words.button),
      asked.whose === 'mine' ? show(words.button.team, { whose: 'team' }) : show(words.button.mine, { whose: 'mine' }),
    ],
    more: [
      asked.late ? show(say.all, { late: false }) : show(say.onlyLate, { late: true }),
      { action: 'dispute.report', label: say.report, data: { days: '90' } },
    ],
    fallback: [`${say.title}: ${summary}`, ...picks.map(({ text }) => text)].join('\n'),
  })
  return { kind: 'private', card }
}

/** The card of one dispute in sight. */
export async function disputeAnswer({ client, clock, staff, context }: CommandDeps, id: number, told?: string): Promise<ClickOutcome> {
  const view = await viewDispute(client, sightOf(staff), clock.today, id)
  if (!view) return { kind: 'refused', message: context.words.outcome.gone }
  const next = await nextStepOf(client, { sight: sightOf(staff), clock }, view.debtor.id)
  return { kind: 'private', card: disputeCard(view, next, context, told) }
}
