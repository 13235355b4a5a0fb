import { findStaff, type Staff } from '#people'
import { isReportKey, type ListedSchedule, parseTimes, type ReportForm, type ReportKey, reportKeys, type ScheduleInput, type Times } from '#reports'
import { type Card, type CardField, cardSchema } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { textField } from '../forms/text-field.ts'
import { dayChoices, daysOf, reportNames } from './asked-report.ts'
import type { Asking } from './report-list.ts'

/** What stands in the form at first. `to`: @names and addresses as people type them. */
export type Prefilled = { report: ReportKey; form: ReportForm; times: Times; to: string; filter: string; own: boolean; top: number | null }

export const newSchedule = (staff: Staff): Prefilled => ({
  report: 'open_items',
  form: 'xlsx',
  times: { every: 'week', day: 1, at: '08:00' },
  to: `@${staff.key}`,
  filter: '',
  own: false,
  top: null,
})

const tops = [5, 10, 20, 50, 100]

/** Asks which report goes when to whom; `standing`: the schedule that it changes. */
export function scheduleForm({ staff, context: { words } }: Asking, filled: Prefilled, standing?: Pick<ListedSchedule, 'id' | 'version'>): Card {
  const say = words.reports
  const fields: CardField[] = [
    choice(
      'report',
      say.fields.report,
      filled.report,
      reportKeys.map(key => ({ value: key, label: reportNames(key, staff.language).title })),
    ),
    choice('form', say.fields.form, filled.form, [
      { value: 'xlsx', label: say.excel },
      { value: 'pdf', label: say.pdf },
    ]),
    choice('days', say.fields.when, daysOf(filled.times), dayChoices(filled.times, words)),
    textField('time', say.fields.time, filled.times.at, true),
    textField('to', say.fields.to, filled.to, true),
    textField('filter', say.fields.filter, filled.filter),
    choice(
      'top',
      say.fields.top,
      String(filled.top ?? 10),
      [...new Set([...tops, filled.top ?? 10])].toSorted((a, b) => a - b).map(count => ({ value: String(count), label: String(count) })),
    ),
    { type: 'toggle', id: 'own', label: say.fields.own, value: filled.own },
  ]
  return cardSchema.parse({
    title: standing ? say.editTitle : say.formTitle,
    elements: fields.map(field => ({ type: 'field', field })),
    buttons: [
      { action: 'reports.save', label: say.save, style: 'primary', data: standing ? { schedule: String(standing.id), version: String(standing.version) } : {} },
    ],
    fallback: say.formTitle,
  })
}

const choice = (id: string, label: string, value: string, options: { value: string; label: string }[]): CardField => ({
  type: 'choice',
  id,
  label,
  value,
  options,
})

/** The form of a schedule as it stands, for who changes it. */
export async function standingForm(deps: CommandDeps, schedule: ListedSchedule): Promise<ClickOutcome> {
  const { report, form, when, filter, own, top } = schedule
  const people = await Promise.all(schedule.staffIds.map(id => findStaff(deps.client, id)))
  const to = [...people.flatMap(person => (person ? [`@${person.key}`] : [])), ...schedule.addresses].join(', ')
  const usual = newSchedule(deps.staff)
  const filled = {
    report: isReportKey(report) ? report : usual.report,
    form: form === 'pdf' ? ('pdf' as const) : ('xlsx' as const),
    times: parseTimes(when) ?? usual.times,
    to,
    filter,
    own,
    top,
  }
  return { kind: 'form', card: scheduleForm(deps, filled, schedule) }
}

/** What somebody filled in; or what of it nobody can read. */
export async function readSchedule({ client, context: { words } }: CommandDeps, values: Record<string, string>): Promise<ScheduleInput | { problem: string }> {
  const say = words.reports
  const { report = '', form, days = '', time = '', to = '', filter = '', top = '' } = values
  if (!isReportKey(report)) return { problem: say.noReport(report.slice(0, 60)) }
  const times = parseTimes(`${days} ${time}`)
  if (!times) return { problem: say.noTimes(`${days} ${time}`.slice(0, 60)) }
  const recipients = await readRecipients(client, to)
  if ('unknown' in recipients) return { problem: say.noRecipient(recipients.unknown.slice(0, 80)) }
  return {
    report,
    form: form === 'pdf' ? 'pdf' : 'xlsx',
    times,
    filter: filter.trim(),
    // Only the list of the largest has an end.
    top: report === 'top_debtors' && /^[1-9]\d{0,2}$/.test(top) ? Number(top) : null,
    own: values.own === 'true',
    ...recipients,
  }
}

const address = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]+\.[^\s@<>()[\]\\,;:"\p{Cc}.]+$/u

/** Who is named by `@anna, cfo@audit.example`: a colleague's own address is that colleague. */
async function readRecipients(client: CommandDeps['client'], text: string): Promise<{ staffIds: number[]; addresses: string[] } | { unknown: string }> {
  const [staffIds, addresses] = [new Set<number>(), new Set<string>()]
  for (const named of text.split(/[\s,;]+/).filter(Boolean)) {
    const person = await findStaff(client, named)
    if (person?.active) staffIds.add(person.id)
    else if (!named.startsWith('@') && address.test(named) && named.length <= 254) addresses.add(named.toLowerCase())
    else return { unknown: named }
  }
  return { staffIds: [...staffIds], addresses: [...addresses] }
}
