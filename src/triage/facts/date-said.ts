/** What a phrase says about a day, before it is counted from the day of the mail. Weekdays: 1 is Monday. */
export type DateSaid =
  | { kind: 'day'; day: number; month: number; year?: number; weekday?: number; isWeek?: boolean; unsure?: boolean }
  | { kind: 'day_of_month'; day: number; months: number; weekday?: number; isThis?: boolean; isWeek?: boolean }
  | { kind: 'days'; days: number }
  | { kind: 'working_days'; days: number }
  | { kind: 'months'; months: number }
  | { kind: 'weekday'; weekday: number; unsure?: boolean }
  | { kind: 'last_weekday'; weekday: number }
  | { kind: 'weekday_of_week'; weekday: number; weeks: number; unsure?: boolean }
  | { kind: 'week'; weeks: number; unsure?: boolean }
  | { kind: 'week_number'; week: number; weekday?: number }
  | { kind: 'week_of_month'; week: number; weekday?: number; month?: number; months?: number; year?: number }
  | { kind: 'end_of_month'; month?: number; months?: number; year?: number; unsure?: boolean }
  | { kind: 'middle_of_month'; month?: number; months?: number; year?: number }
  | { kind: 'start_of_month'; month?: number; months?: number; year?: number }
  /** The last day of a quarter or half-year: `months` long, `ahead` of this one. */
  | { kind: 'end_of_period'; months: 3 | 6; ahead: number; unsure?: boolean }
  /** "The Monday after", "a week later": counted from the day that was said before, `than`. */
  | { kind: 'later'; days?: number; months?: number; weekday?: number; isWeek?: boolean; than?: DateSaid }

/** The groups that a rule's pattern may catch. */
export type Caught = { n: number; d: number; y: number | undefined; wd: number; month: number }

/**
 * How one language says days. A rule is a pattern over folded text and what it means. In a pattern, `{wd}` is a
 * weekday, `{month}` a month's name, `{mm}` its number, `{n}` a count, `{d}` a day number, `{o}` one in a word, `{od}` either,
 * `{y}` a year; a space is any short white space. `ordinals` begins with "first".
 */
export type DateWords = {
  weekdays: readonly [string, string, string, string, string, string, string]
  months: readonly string[]
  counts: Readonly<Record<string, number>>
  ordinals: readonly string[]
  rules: readonly (readonly [pattern: string, said: (caught: Caught) => DateSaid])[]
}

export const inDays = (days: number) => (): DateSaid => ({ kind: 'days', days })
export const afterDays = ({ n }: Caught): DateSaid => ({ kind: 'days', days: n })
export const daysAgo = ({ n }: Caught): DateSaid => ({ kind: 'days', days: -n })
export const afterWeeks = ({ n }: Caught): DateSaid => ({ kind: 'days', days: n * 7 })
export const weeksAgo = ({ n }: Caught): DateSaid => ({ kind: 'days', days: n * -7 })
export const afterHours = ({ n }: Caught): DateSaid => ({ kind: 'days', days: Math.ceil(n / 24) })
export const afterMonths = ({ n }: Caught): DateSaid => ({ kind: 'months', months: n })
export const afterWorkingDays = ({ n }: Caught): DateSaid => ({ kind: 'working_days', days: n })
export const namedDay = ({ d, month, y, wd }: Caught): DateSaid => ({
  kind: 'day',
  day: d,
  month,
  ...(y !== undefined && { year: y }),
  ...(wd > 0 && { weekday: wd }),
})
export const dayLater = (): DateSaid => ({ kind: 'later', days: 1 })
export const daysLater = ({ n }: Caught): DateSaid => ({ kind: 'later', days: n })
export const weeksLater = ({ n }: Caught): DateSaid => ({ kind: 'later', days: n * 7 })
export const monthsLater = ({ n }: Caught): DateSaid => ({ kind: 'later', months: n })
export const weekdayLater = ({ wd }: Caught): DateSaid => ({ kind: 'later', weekday: wd })
/** "The week after": the Friday of the week after that day's. */
export const weekLater = (): DateSaid => ({ kind: 'later', isWeek: true })
export const weekday = ({ wd }: Caught): DateSaid => ({ kind: 'weekday', weekday: wd })
export const weekdayUnsure = ({ wd }: Caught): DateSaid => ({ kind: 'weekday', weekday: wd, unsure: true })
export const lastWeekday = ({ wd }: Caught): DateSaid => ({ kind: 'last_weekday', weekday: wd })
export const weekdayIn =
  (weeks: number, unsure = false) =>
  ({ wd }: Caught): DateSaid => ({ kind: 'weekday_of_week', weekday: wd, weeks, unsure })
export const fridayIn =
  (weeks: number, unsure = false) =>
  (): DateSaid => ({ kind: 'week', weeks, unsure })
/** "Early next week", "in the middle of next week": Monday, Wednesday, and unsure. */
export const partOfWeek = (weeks: number, day: number) => (): DateSaid => ({ kind: 'weekday_of_week', weekday: day, weeks, unsure: true })
export const afterWeekend = (): DateSaid => ({ kind: 'weekday_of_week', weekday: 1, weeks: 1 })
/** "In the first week of June": its Friday; -1 is the last week. */
export const weekOfNamed =
  (week: number) =>
  ({ month, y }: Caught): DateSaid => ({ kind: 'week_of_month', week, month, ...(y !== undefined && { year: y }) })
export const weekOfMonth = (week: number, months: number) => (): DateSaid => ({ kind: 'week_of_month', week, months })
export const weekNumber = ({ n }: Caught): DateSaid => ({ kind: 'week_number', week: n })
export const dayOfMonth =
  (months = 0, day?: number) =>
  ({ d, wd }: Caught): DateSaid => ({ kind: 'day_of_month', day: day ?? d, months, ...(wd > 0 && { weekday: wd }) })
const inNamedMonth =
  (kind: 'end_of_month' | 'middle_of_month' | 'start_of_month') =>
  ({ month, y }: Caught): DateSaid => ({ kind, month, ...(y !== undefined && { year: y }) })
export const endOfNamed = inNamedMonth('end_of_month')
export const middleOfNamed = inNamedMonth('middle_of_month')
export const startOfNamed = inNamedMonth('start_of_month')
export const endOfMonth = (months: number) => (): DateSaid => ({ kind: 'end_of_month', months })
export const middleOfMonth = (months: number) => (): DateSaid => ({ kind: 'middle_of_month', months })
export const startOfMonth = (months: number) => (): DateSaid => ({ kind: 'start_of_month', months })
/** "The 5th of this month", which may have passed. */
export const dayOfThisMonth = ({ d }: Caught): DateSaid => ({ kind: 'day_of_month', day: d, months: 0, isThis: true })
/** "The week of 30 November": its Friday. */
export const weekOfDay = ({ d, month, y }: Caught): DateSaid => ({ kind: 'day', day: d, month, ...(y !== undefined && { year: y }), isWeek: true })
export const weekOfDayOfMonth = ({ d }: Caught): DateSaid => ({ kind: 'day_of_month', day: d, months: 0, isWeek: true })
export const weekNumberOn =
  (day: number) =>
  ({ n }: Caught): DateSaid => ({ kind: 'week_number', week: n, weekday: day })
/** "The last Friday of June", and of a month counted from this one. */
export const weekdayOfNamed =
  (week: number) =>
  ({ wd, month, y }: Caught): DateSaid => ({ kind: 'week_of_month', week, weekday: wd, month, ...(y !== undefined && { year: y }) })
export const weekdayOfMonth =
  (week: number, months: number) =>
  ({ wd }: Caught): DateSaid => ({ kind: 'week_of_month', week, weekday: wd, months })
/** "The second half of June", "in the course of June": its last day at the latest. */
export const withinNamed = ({ month, y }: Caught): DateSaid => ({ kind: 'end_of_month', month, ...(y !== undefined && { year: y }), unsure: true })
export const endOfQuarter =
  (ahead: number, unsure = false) =>
  (): DateSaid => ({ kind: 'end_of_period', months: 3, ahead, unsure })
export const endOfHalfYear = (): DateSaid => ({ kind: 'end_of_period', months: 6, ahead: 0 })
/** "Fin de mois + 10". */
export const afterMonthEnd = ({ n }: Caught): DateSaid => ({ kind: 'later', days: n, than: { kind: 'end_of_month', months: 0 } })
export const endOfYear = (): DateSaid => ({ kind: 'end_of_month', month: 12 })
export const christmasEve = (): DateSaid => ({ kind: 'day', day: 24, month: 12 })
