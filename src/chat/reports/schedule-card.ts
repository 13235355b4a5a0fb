import { draftLanguage } from '#drafting'
import { may } from '#people'
import { isReportKey, type ListedSchedule, writtenRow } from '#reports'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { reportNames } from './asked-report.ts'
import type { ReportsPort } from './port.ts'
import { type Asking, recipientsOf, reportFile, whenOf } from './report-list.ts'

const sampled = 3 // rows

/** One schedule; what outsiders would get of it is shown before it is let go. */
export async function scheduleAnswer(deps: CommandDeps, reports: ReportsPort, id: number, told?: string): Promise<ClickOutcome> {
  const { staff, context } = deps
  const schedule = await reports.schedule(staff, id)
  if (!schedule) return { kind: 'refused', message: context.words.reports.refusal.gone }
  const awaits = schedule.addresses.length > 0 && schedule.confirmedById === null && may(staff, 'configure')
  return { kind: 'private', card: scheduleCard(deps, schedule, awaits ? await outsideRows(staff, reports, schedule) : undefined, told) }
}

/** What goes when to whom, how its last run went, and its buttons. `outside`: the rows that outsiders would get, where nobody has let it go yet. */
export function scheduleCard(asking: Asking, schedule: ListedSchedule, outside: OutsideRows | undefined, told?: string): Card {
  const { staff, context } = asking
  const { words, format } = context
  const say = words.reports
  const { title } = reportNames(schedule.report, staff.language)
  const facts = [
    { label: say.when, value: `${whenOf(schedule, words)} (${schedule.timeZone})` },
    { label: say.to, value: recipientsOf(schedule) + (schedule.own ? ` · ${say.ownOnly}` : '') },
    { label: say.form, value: schedule.form === 'pdf' ? say.pdf : say.excel },
    ...(schedule.filter === '' ? [] : [{ label: say.narrowed, value: oneLine(schedule.filter, 300) }]),
    ...(schedule.top === null ? [] : [{ label: say.fields.top, value: String(schedule.top) }]),
    ...(schedule.state === 'paused' ? [] : [{ label: say.next, value: format.dateTime(schedule.nextAt) }]),
    ...lastRun(schedule, asking),
    ...(schedule.ownerId === staff.id ? [] : [{ label: say.by, value: schedule.owner }]),
  ]
  const paused = schedule.pausedFor === 'owner_left' || schedule.pausedFor === 'owner_right' ? say.pausedFor[schedule.pausedFor] : undefined
  const look = outside && secondLook(asking, schedule, outside)
  const data = { schedule: String(schedule.id), version: String(schedule.version) }
  const edit = { action: 'reports.edit', label: say.edit, data }
  const remove = {
    action: 'reports.delete',
    label: say.remove,
    style: 'danger' as const,
    data,
    confirm: { title: say.removeTitle, text: say.removeText, yes: say.remove },
  }
  return cardSchema.parse({
    title,
    ...(told && { subtitle: told }),
    ...(schedule.state === 'paused' && { status: { text: say.paused, tone: 'warning' as const } }),
    elements: [...(paused ? [{ type: 'text', text: paused, tone: 'warning' }] : []), { type: 'facts', facts }, ...(look?.elements ?? [])],
    buttons: [...(look ? [look.button] : []), { action: 'reports.now', label: say.now, style: look ? 'default' : 'primary', data }, ...(look ? [] : [edit])],
    more: [
      ...(look ? [edit] : []),
      schedule.state === 'paused' ? { action: 'reports.resume', label: say.resume, data } : { action: 'reports.pause', label: say.pause, data },
      remove,
      { action: 'reports.list', label: say.all },
    ],
    fallback: [title, ...facts.map(({ label, value }) => `${label}: ${value}`)].join('\n'),
  })
}

/** How the newest run went: what is the same for several stands once. */
function lastRun({ last, staff, staffIds }: ListedSchedule, { context: { words, format } }: Asking): { label: string; value: string }[] {
  const say = words.reports
  const [first] = last
  if (!first) return []
  const nameOf = (recipient: string) => staff[staffIds.findIndex(id => recipient === `staff:${id}`)] ?? recipient
  const lines = [...Map.groupBy(last, ({ status, reason }) => resultText({ status, reason }, words))].map(([result, own]) =>
    own.length === last.length ? result : `${own.map(({ recipient }) => nameOf(recipient)).join(', ')}: ${result}`,
  )
  return [{ label: say.last, value: [format.dateTime(first.dueAt), ...lines].join(' · ') }]
}

/** What became of one recipient's report, in words. */
export function resultText({ status, reason }: { status: string; reason: string | null }, { reports: say }: CommandDeps['context']['words']): string {
  const result = say.status[status as keyof typeof say.status] ?? status
  const why = reason === null ? undefined : say.reason[reason as keyof typeof say.reason]
  return why ? `${result}: ${why}` : result
}

/** How many rows they are, and the first of them as people read them. */
type OutsideRows = { rows: number; first: readonly string[][] }

/** What somebody outside would get now, as the one sees it who would let it go. */
async function outsideRows(staff: CommandDeps['staff'], reports: ReportsPort, { report, filter, top }: ListedSchedule): Promise<OutsideRows | undefined> {
  if (!isReportKey(report)) return undefined
  const written = await reports.write(staff, { report, filter, top: top ?? undefined, own: false }, 'xlsx')
  if (written.kind === 'problem') return undefined
  const { columns, rows } = written.result.shown
  const currencyAt = columns.findIndex(({ id }) => id === 'currency')
  return {
    rows: written.result.rows,
    first: rows.slice(0, sampled).map(cells => writtenRow(cells, columns, cells[currencyAt], draftLanguage(staff.language))),
  }
}

/** The rows, and the button that lets them go. */
function secondLook({ context }: Asking, schedule: ListedSchedule, { rows, first }: OutsideRows) {
  const { report, filter, top, addresses } = schedule
  const say = context.words.reports
  const count = context.format.number(rows)
  const samples = first.map(cells => oneLine(cells.filter(Boolean).join(' · '), 160))
  const elements: CardElement[] = [
    { type: 'notice', tone: 'warning', title: say.lookFirst, lines: [say.lookText(count), ...samples] },
    ...(isReportKey(report) ? [{ type: 'files' as const, files: [reportFile({ report, filter, top }, 'xlsx', context.words)] }] : []),
  ]
  const to = oneLine(addresses.join(', '), 120)
  const button = {
    action: 'reports.confirm',
    label: say.letGo,
    style: 'primary' as const,
    confirm: { title: say.letGoTitle, text: say.letGoText(to, count), yes: say.letGo },
    data: { schedule: String(schedule.id), version: String(schedule.version) },
  }
  return { elements, button }
}
