import { may } from '#people'
import { isReportKey, type ListedSchedule } from '#reports'
import { type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { reportNames } from './asked-report.ts'
import type { ReportsPort } from './port.ts'
import { recipientsOf, reportFile, whenOf } from './report-list.ts'

const sampled = 3 // rows

/** One schedule: what goes when to whom, how its last run went, and its buttons. What outsiders would get is shown before it is let go. */
export async function scheduleAnswer(deps: CommandDeps, reports: ReportsPort, id: number, told?: string): Promise<ClickOutcome> {
  const { staff, context } = deps
  const { words, format } = context
  const say = words.reports
  const schedule = await reports.schedule(staff, id)
  if (!schedule) return { kind: 'refused', message: say.refusal.gone }
  const { title } = reportNames(schedule.report, staff.language)
  const facts = [
    { label: say.when, value: `${whenOf(schedule, words)} (${schedule.timeZone})` },
    { label: say.to, value: recipientsOf(schedule) + (schedule.own ? ` · ${say.ownOnly}` : '') },
    { label: say.form, value: schedule.form === 'pdf' ? say.pdf : say.excel },
    ...(schedule.filter === '' ? [] : [{ label: say.narrowed, value: oneLine(schedule.filter, 300) }]),
    ...(schedule.top === null ? [] : [{ label: say.fields.top, value: String(schedule.top) }]),
    ...(schedule.state === 'paused' ? [] : [{ label: say.next, value: format.dateTime(schedule.nextAt) }]),
    ...lastRun(schedule, deps),
    ...(schedule.ownerId === staff.id ? [] : [{ label: say.by, value: schedule.owner }]),
  ]
  const paused = schedule.pausedFor === 'owner_left' || schedule.pausedFor === 'owner_right' ? say.pausedFor[schedule.pausedFor] : undefined
  const look =
    schedule.addresses.length > 0 && schedule.confirmedById === null && may(staff, 'configure') ? await secondLook(deps, reports, schedule) : undefined
  const data = { schedule: String(id), version: String(schedule.version) }
  const remove = {
    action: 'reports.delete',
    label: say.remove,
    style: 'danger' as const,
    data,
    confirm: { title: say.removeTitle, text: say.removeText, yes: say.remove },
  }
  const card = cardSchema.parse({
    title,
    ...(told && { subtitle: told }),
    ...(schedule.state === 'paused' && { status: { text: say.paused, tone: 'warning' as const } }),
    elements: [...(paused ? [{ type: 'text', text: paused, tone: 'warning' }] : []), { type: 'facts', facts }, ...(look?.elements ?? [])],
    buttons: [
      ...(look ? [look.button] : []),
      { action: 'reports.now', label: say.now, style: look ? 'default' : 'primary', data },
      { action: 'reports.edit', label: say.edit, data },
    ],
    more: [
      schedule.state === 'paused' ? { action: 'reports.resume', label: say.resume, data } : { action: 'reports.pause', label: say.pause, data },
      remove,
      { action: 'reports.list', label: say.all },
    ],
    fallback: [title, ...facts.map(({ label, value }) => `${label}: ${value}`)].join('\n'),
  })
  return { kind: 'private', card }
}

/** How the newest run went: what is the same for several stands once. */
function lastRun({ last, staff, staffIds }: ListedSchedule, { context: { words, format } }: CommandDeps): { label: string; value: string }[] {
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

/** What somebody outside would get now, as the one sees it who lets it go. */
async function secondLook({ staff, context }: CommandDeps, reports: ReportsPort, schedule: ListedSchedule) {
  const { report, filter, top, addresses } = schedule
  const say = context.words.reports
  const written = isReportKey(report) ? await reports.write(staff, { report, filter, top: top ?? undefined, own: false }, 'xlsx') : undefined
  if (written?.kind !== 'read' || !isReportKey(report)) return undefined
  const { rows, shown } = written.result
  const count = context.format.number(rows)
  const samples = shown.rows.slice(0, sampled).map(cells => oneLine(cells.filter(Boolean).join(' · '), 160))
  const elements: CardElement[] = [
    { type: 'notice', tone: 'warning', title: say.lookFirst, lines: [say.lookText(count), ...samples] },
    { type: 'files', files: [reportFile({ report, filter }, 'xlsx', context.words)] },
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
