import { draftLanguage } from '#drafting'
import { isReportKey, parseTimes, printTimes, type ReportKey, reportKeys, reportWords, type Times } from '#reports'
import type { Words } from '../words/index.ts'

/** A report with what narrows it, as buttons carry it. */
export type NamedReport = { report: ReportKey; filter: string }

/** What a report is called and what it holds, in a language. */
export function reportNames(key: string, language: string): { title: string; about: string } {
  const say = reportWords[draftLanguage(language)]
  return isReportKey(key) ? { title: say.reports[key], about: say.about[key] } : { title: key, about: '' }
}

const longestFilter = 1_500 // characters, as buttons carry it

/** The report that a button names; undefined for whatever else somebody's browser sent. */
export const reportIn = ({ report = '', filter = '' }: Record<string, string>): NamedReport | undefined =>
  isReportKey(report) && filter.length <= longestFilter ? { report, filter } : undefined

/** The report that somebody typed by its key, its title or the beginning of one of them. */
export function typedReport(text: string, language: string): ReportKey | undefined {
  const typed = text
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim()
  if (typed === '') return undefined
  const namesOf = (key: ReportKey) => [key.replaceAll('_', ' '), reportNames(key, language).title.toLowerCase()]
  return reportKeys.find(key => namesOf(key).includes(typed)) ?? reportKeys.find(key => namesOf(key).some(name => name.startsWith(typed)))
}

/** Times in words: "every Monday at 08:00". */
export const timesText = (times: Times, { reports: say }: Words): string => say.atTime(daysText(times, say), times.at)

function daysText(times: Times, say: Words['reports']): string {
  switch (times.every) {
    case 'day':
      return say.day
    case 'workday':
      return say.workday
    case 'week':
      return say.weekly[times.day - 1] ?? ''
    case 'month':
      return times.on === 'last_workday' ? say.monthLast : times.on === 'workday' ? say.monthWorkday(times.nth) : say.monthDay(times.nth)
    default:
      return times satisfies never
  }
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const usual = ['daily', 'workdays', ...weekdays, 'monthly 1', 'monthly 15', 'monthly workday 1', 'monthly workday 3', 'monthly workday 5', 'monthly last']

/** The days of times as people type them, without the time. */
export const daysOf = (times: Times): string => printTimes(times).replace(/ \S+$/, '')

/** The days that a form offers, with the ones that stand: as `parseTimes` reads them, and in words. */
export function dayChoices(standing: Times, { reports: say }: Words): { value: string; label: string }[] {
  return [...new Set([...usual, daysOf(standing)])].flatMap(value => {
    const times = parseTimes(value)
    return times ? [{ value, label: daysText(times, say) }] : []
  })
}
