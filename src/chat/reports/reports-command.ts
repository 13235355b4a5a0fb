import { parseTimes } from '#reports'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { typedReport } from './asked-report.ts'
import { listAnswer, reportAnswer } from './report-list.ts'
import { newSchedule, scheduleForm } from './schedule-form.ts'

/**
 * `/duncan reports`: the list; `schedule <report> <when> to <@names, addresses>` opens a form with it, all of it left to the form where it is
 * left out; a report by its name, and after `for` a search that narrows it.
 */
export async function reportsCommand(deps: CommandDeps, rest: string): Promise<ClickOutcome> {
  const { reports, context } = deps
  if (!reports) return { kind: 'refused', message: context.words.outcome.gone }
  if (rest === '' || rest.toLowerCase() === 'list') return listAnswer(deps, reports)
  return (await namedReport(deps, rest)) ?? { kind: 'refused', message: context.words.reports.noReport(rest.slice(0, 60)) }
}

/** The same behind `/duncan report`, which tells short figures otherwise: undefined where nothing of it is named. */
export async function namedReport(deps: CommandDeps, rest: string): Promise<ClickOutcome | undefined> {
  const { reports, staff } = deps
  if (!reports) return undefined
  const [first = '', ...words] = rest.split(' ')
  if (first.toLowerCase() === 'list') return listAnswer(deps, reports)
  if (first.toLowerCase() === 'schedule') return scheduleTyped(deps, words.join(' '))
  const [, name = '', filter = ''] = /^(.+?)(?:\s+for\s+(.+))?$/i.exec(rest) ?? []
  const report = typedReport(name, staff.language)
  return report && reportAnswer(deps, { report, filter })
}

/** `open items monday 08:00 to @anna`: a form with what was typed. What cannot be read is told, and nothing guessed. */
function scheduleTyped(deps: CommandDeps, text: string): ClickOutcome {
  const { staff, context } = deps
  const say = context.words.reports
  const usual = newSchedule(staff)
  if (text === '') return { kind: 'form', card: scheduleForm(deps, usual) }
  const [, what = '', to = usual.to] = /^(.*?)(?:\s+to\s+(.+))?$/i.exec(text) ?? []
  const words = what.split(' ')
  for (let length = words.length; length > 0; length--) {
    const report = typedReport(words.slice(0, length).join(' '), staff.language)
    if (!report) continue
    const said = words.slice(length).join(' ')
    const times = said === '' ? usual.times : parseTimes(said)
    if (!times) return { kind: 'refused', message: say.noTimes(said.slice(0, 60)) }
    return { kind: 'form', card: scheduleForm(deps, { ...usual, report, times, to }) }
  }
  return { kind: 'refused', message: say.noReport(what.slice(0, 60)) }
}
