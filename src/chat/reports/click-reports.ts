import type { ScheduleOutcome } from '#reports'
import { type Click, type ClickOutcome, idOf } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { faultText } from '../commands/search-problem.ts'
import { reportIn } from './asked-report.ts'
import type { ReportsPort } from './port.ts'
import { listAnswer, reportAnswer } from './report-list.ts'
import { scheduleAnswer } from './schedule-card.ts'
import { newSchedule, readSchedule, scheduleForm, standingForm } from './schedule-form.ts'

const actions = [
  'reports.list',
  'reports.show',
  'reports.plan',
  'reports.edit',
  'reports.save',
  'reports.schedule',
  'reports.now',
  'reports.confirm',
  'reports.pause',
  'reports.resume',
  'reports.delete',
] as const
type ReportsAction = (typeof actions)[number]

export const isReportsAction = (action: string): action is ReportsAction => actions.some(known => known === action)

/** Answers the buttons of reports and of their schedules. */
export async function clickReports(deps: CommandDeps, { staff, action, data, values }: Click & { action: ReportsAction }): Promise<ClickOutcome> {
  const { reports, context } = deps
  const { words } = context
  const say = words.reports
  const id = idOf(data.schedule)
  if (!reports) return { kind: 'refused', message: words.outcome.gone }
  switch (action) {
    case 'reports.list':
      return listAnswer(deps, reports)
    case 'reports.show': {
      const named = reportIn(data)
      return named ? reportAnswer(deps, named) : { kind: 'refused', message: words.outcome.gone }
    }
    case 'reports.plan':
      return { kind: 'form', card: scheduleForm(deps, { ...newSchedule(staff), ...reportIn(data) }) }
    case 'reports.edit': {
      const schedule = await reports.schedule(staff, id)
      return schedule ? standingForm(deps, schedule) : { kind: 'refused', message: say.refusal.gone }
    }
    case 'reports.save':
      return save(deps, reports, { id, version: versionOf(data) }, values)
    case 'reports.schedule':
      return scheduleAnswer(deps, reports, id)
    case 'reports.now':
      return (await reports.sendNow(staff, id)) ? scheduleAnswer(deps, reports, id, say.sentNow) : { kind: 'refused', message: say.refusal.gone }
    case 'reports.confirm':
      return shown(deps, reports, await reports.confirm(staff, { id, version: versionOf(data) }))
    case 'reports.pause':
      return shown(deps, reports, await reports.setState(staff, id, 'paused'))
    case 'reports.resume':
      return shown(deps, reports, await reports.setState(staff, id, 'active'))
    case 'reports.delete': {
      const outcome = await reports.setState(staff, id, 'deleted')
      return outcome.kind === 'kept' ? listAnswer(deps, reports, say.removed) : refusalOf(deps, outcome)
    }
    default:
      return action satisfies never
  }
}

const versionOf = ({ version = '' }: Record<string, string>): number => (/^\d{1,9}$/.test(version) ? Number(version) : -1)

async function save(deps: CommandDeps, reports: ReportsPort, standing: { id: number; version: number }, values: Record<string, string>): Promise<ClickOutcome> {
  const read = await readSchedule(deps, values)
  if ('problem' in read) return { kind: 'refused', message: read.problem }
  const outcome = standing.id === 0 ? await reports.create(deps.staff, read) : await reports.change(deps.staff, standing, read)
  return shown(deps, reports, outcome)
}

const shown = (deps: CommandDeps, reports: ReportsPort, outcome: ScheduleOutcome): Promise<ClickOutcome> | ClickOutcome =>
  outcome.kind === 'kept' ? scheduleAnswer(deps, reports, outcome.schedule.id, deps.context.words.reports.saved) : refusalOf(deps, outcome)

function refusalOf({ context: { words } }: CommandDeps, { why, said, problem }: Extract<ScheduleOutcome, { kind: 'refused' }>): ClickOutcome {
  const more = problem ? faultText(problem, words.search) : said
  return { kind: 'refused', message: [words.reports.refusal[why], more].filter(Boolean).join(' ') }
}
