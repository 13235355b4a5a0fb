import type { Staff } from '#people'
import { type ListedSchedule, parseTimes, reportKeys } from '#reports'
import { listSavedSearches, type SavedSearch } from '#search'
import { type Card, type CardElement, cardSchema, type FileSource } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { type NamedReport, reportNames, timesText } from './asked-report.ts'
import type { ReportsPort } from './port.ts'

/** Who asks, and in what words they are answered. */
export type Asking = Pick<CommandDeps, 'context'> & { staff: Staff }

const mostSearches = 15
const mostSchedules = 25

/** Every report, saved searches as lists, and what goes out by itself; each pressed to open it. */
export async function listAnswer(deps: CommandDeps, reports: ReportsPort, told?: string): Promise<ClickOutcome> {
  const { client, staff } = deps
  const [schedules, searches] = await Promise.all([reports.schedules(staff), listSavedSearches(client, `staff:${staff.id}`)])
  return { kind: 'private', card: listCard(deps, { schedules, searches }, told) }
}

type Listed = { schedules: readonly ListedSchedule[]; searches: readonly Pick<SavedSearch, 'name' | 'query'>[] }

/** The card of the list. */
export function listCard({ staff, context }: Asking, { schedules, searches }: Listed, told?: string): Card {
  const { words, format } = context
  const say = words.reports
  const show = (named: NamedReport) => ({ action: 'reports.show', label: say.open, style: 'default' as const, data: named })
  const all = reportKeys.map((key): CardElement => {
    const { title, about } = reportNames(key, staff.language)
    return { type: 'pick', text: title, note: about, verb: say.open, button: show({ report: key, filter: '' }) }
  })
  const lists = searches.slice(0, mostSearches).map(
    ({ name, query }): CardElement => ({
      type: 'pick',
      text: oneLine(name, 80),
      note: oneLine(query, 120),
      verb: say.open,
      button: show({ report: 'debtors', filter: query }),
    }),
  )
  const sent = schedules.slice(0, mostSchedules).map(
    (row): CardElement => ({
      type: 'pick',
      text: `${reportNames(row.report, staff.language).title} · ${oneLine(recipientsOf(row), 100)}`,
      note: [whenOf(row, words), row.state === 'paused' ? say.paused : `${say.next}: ${format.dateTime(row.nextAt)}`].filter(Boolean).join(' · '),
      verb: say.open,
      button: { action: 'reports.schedule', label: say.open, style: 'default', data: { schedule: String(row.id) } },
    }),
  )
  const none: CardElement = { type: 'text', text: say.noSchedules, tone: 'neutral', weight: 'subtle' }
  return cardSchema.parse({
    title: say.title,
    subtitle: told ?? say.lead,
    elements: [...all, ...(lists.length > 0 ? [heading(say.searches), ...lists] : []), heading(say.schedules), ...(sent.length > 0 ? sent : [none])],
    buttons: [
      { action: 'reports.plan', label: say.plan, style: 'primary' },
      { action: 'report.show', label: say.figures, data: { asked: 'team 30' } },
    ],
    fallback: [say.title, ...reportKeys.map(key => reportNames(key, staff.language).title)].join('\n'),
  })
}

const heading = (text: string): CardElement => ({ type: 'text', text, tone: 'neutral', weight: 'strong' })

/** One report as files for the asker, made anew whenever one is opened. */
export function reportAnswer({ staff, context }: Asking, { report, filter }: NamedReport): ClickOutcome {
  const say = context.words.reports
  const { title, about } = reportNames(report, staff.language)
  const card = cardSchema.parse({
    title,
    subtitle: about,
    elements: [
      ...(filter === '' ? [] : [{ type: 'facts' as const, facts: [{ label: say.narrowed, value: oneLine(filter, 300) }] }]),
      { type: 'files', files: (['xlsx', 'pdf'] as const).map(form => reportFile({ report, filter }, form, context.words)) },
      { type: 'text', text: say.whatYouSee, weight: 'subtle' },
    ],
    buttons: [
      { action: 'reports.plan', label: say.plan, style: 'primary', data: { report, filter } },
      { action: 'reports.list', label: say.all },
    ],
    fallback: `${title}: ${about}`,
  })
  return { kind: 'private', card }
}

/** A report as a file on a card, for who looks at the card. */
export function reportFile(
  { report, filter, top }: NamedReport & { top?: number | null },
  form: 'xlsx' | 'pdf',
  { reports: say }: CommandDeps['context']['words'],
): { name: string; note: string; source: FileSource } {
  return { name: form === 'xlsx' ? say.excel : say.pdf, note: say.fileNote, source: { of: 'report', report, form, filter, ...(top != null && { top }) } }
}

/** Who gets a report, by name or address. */
export const recipientsOf = ({ staff, addresses }: ListedSchedule): string => [...staff, ...addresses].join(', ')

/** When a schedule runs, in words; as it stands where this release does not know it. */
export function whenOf({ when }: Pick<ListedSchedule, 'when'>, words: CommandDeps['context']['words']): string {
  const times = parseTimes(when)
  return times ? timesText(times, words) : when
}
