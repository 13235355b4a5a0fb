import { sightOf } from '#people'
import { fromInstant } from '#platform'
import { type DisputeFigures, disputeFigures } from '#proposals'
import { cardSchema } from '../card.ts'
import { disputeReason } from '../cards/dispute-reason.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'

const periods = [30, 90, 365] as const
const shownTypes = 15

/** How disputes go: what is open now, and by type how many came in the last days, about how much, how long they took and how many came back. */
export async function disputeReport({ client, clock, staff, context }: CommandDeps, words: readonly string[]): Promise<ClickOutcome> {
  const days = periods.find(period => words.includes(String(period))) ?? 90
  const from = fromInstant(clock.now().subtract({ hours: days * 24 }))
  const figures = await disputeFigures(client, { sight: sightOf(staff), from })
  const { disputes: say, report } = context.words
  const title = `${say.report} · ${report.period(days)}`
  const now = openLine(figures, context)
  const rows = figures.types
    .slice(0, shownTypes)
    .map(({ type, opened, amount, ended, leadDays, reopened }) => [
      disputeReason(type, context.words),
      String(opened),
      sums(amount, context),
      leadDays === null ? '–' : context.format.number(Math.round(leadDays * 10) / 10),
      ended === 0 ? '–' : `${reopened} (${context.format.percent(reopened / ended)})`,
    ])
  const right = { align: 'right' as const }
  const columns = [
    { title: say.type },
    { title: say.number, ...right },
    { title: say.amount, ...right },
    { title: say.lead, ...right },
    { title: say.again, ...right },
  ]
  const card = cardSchema.parse({
    title,
    subtitle: `${say.openNow}: ${now}`,
    elements:
      rows.length === 0
        ? []
        : [
            { type: 'table', columns, rows },
            { type: 'text', text: say.footnote, weight: 'subtle' },
          ],
    buttons: [{ action: 'dispute.list', label: say.all, data: { list: 'team', page: '0' } }],
    more: periods.filter(period => period !== days).map(period => ({ action: 'dispute.report', label: report.period(period), data: { days: String(period) } })),
    fallback: [title, now, ...rows.map(row => row.join(' · '))].join('\n'),
  })
  return { kind: 'private', card }
}

/** "3 disputes on 4 invoices, € 325,75" */
const openLine = (figures: DisputeFigures, context: CardContext): string =>
  context.words.disputes.openFigures(figures.open.disputes, aboutLine(figures, context))

/** What open disputes are about: "4 invoices, € 325,75" */
export const aboutLine = ({ open: { invoices, amount } }: DisputeFigures, context: CardContext): string =>
  [context.words.disputes.invoiceCount(invoices), sums(amount, context)].filter(Boolean).join(', ')

const sums = (amounts: DisputeFigures['open']['amount'], { format }: CardContext): string =>
  amounts.map(({ amount, currency }) => format.money(amount, currency)).join(' + ')
