import type { DateSaid } from './date-said.ts'
import { dayOfIso, isoOfDay, weekdayOf } from './days.ts'
import type { DateMention } from './find-dates.ts'
import type { MarkedText } from './mark-text.ts'
import { isSince, remainder } from './read-clauses.ts'
import { type ResolvedDate, resolveDate } from './resolve-date.ts'
import { isWithin, type Span } from './split-clauses.ts'

/** A day resolved from the words of a text. */
export type Dated = Span & ResolvedDate & { said: DateSaid }

/** The days within a span that words leave clear, counted towards the future or the past. */
export function resolvedDates(marked: MarkedText, within: Span, direction: 'future' | 'past'): Dated[] {
  return marked.dates
    .filter(date => isWithin(date, within) && (direction === 'past' || !isSince(marked.folded, date)))
    .flatMap(date => resolvedDate(marked, date, direction) ?? [])
}

/** The day that one mention means, counted from the mail's own; undefined when it points the other way. */
export function resolvedDate(marked: MarkedText, date: DateMention, direction: 'future' | 'past'): Dated | undefined {
  const day = resolveDate(date.said, marked.date, direction, marked.country)
  return day && { start: date.start, end: date.end, said: date.said, ...day }
}

const eitherOr =
  /^[\s,(]{0,3}(?:or|of|oder|ou|lub|albo|o|en|and|to|-|tot|bis|do|au|et|und|i|a|bzw\.?|resp\.?)(?:\s(?:else|anders|sonst|sinon))?(?:\s(?:on|op|am|le|w|we|uiterlijk|at the latest|spatestens|by))?\s{1,2}(?:the |de |den |le )?$/
/** "This week, Monday at the latest": the later day is the promised one. */
const atLatest =
  /^[\s,(-]{1,3}(?:(?:or|of|oder|ou|lub|albo|en|and)\s)?(?:(?:at\s(?:the\s)?)?(?:very\s)?latest|uiterlijk|ten\slaatste|op\szijn\slaatst|spatestens|au\splus\stard|sinon|najpozniej|al\smas\stardar|al\spiu\stardi)\s(?:(?:on|op|am|by|le|la|w|we|den|de|the|aber)\s){0,2}$/
const choice = /(?<![a-z])(?:or|of|oder|ou|lub|albo|o|to|-|tot|bis|do|au|bzw\.?)(?![a-z])/

/** "Friday (27/11)" is one day, "Friday or Monday" leaves it open: the later one, unsure. */
export function distinctDays(marked: MarkedText, dates: Dated[]): Dated[] {
  const kept: Dated[] = []
  for (const date of dates) {
    const previous = kept.at(-1)
    const between = previous ? marked.folded.slice(previous.end, date.start) : ''
    if (kept.some(({ day }) => day === date.day)) continue
    const closer = previous && between.length < 30 && !/\d/.test(between) && !remainder.test(between) ? closerDay(previous, date) : undefined
    if (closer) kept[kept.length - 1] = closer
    else if (previous && between.length < 24 && eitherOr.test(between) && (choice.test(between) || isBetween(marked, previous))) {
      kept[kept.length - 1] = { ...(date.day > previous.day ? date : previous), confidence: 0.5 }
    } else if (previous && atLatest.test(between))
      kept[kept.length - 1] = date.day > previous.day ? { ...date, confidence: Math.min(date.confidence, 0.7) } : previous
    else kept.push(date)
  }
  return kept
}

/** "Between the 3rd and the 5th". */
const isBetween = ({ folded }: MarkedText, { start }: Span): boolean =>
  /(?<![a-z])(?:between|tussen|zwischen|entre|pomiedzy|miedzy|tra|fra)\s(?:the |de |den |dem |le |il |el )?$/.test(folded.slice(Math.max(0, start - 20), start))

/** "Next week, probably Wednesday", "in week 22, on 28 May": the day that the other one only surrounds. */
function closerDay(first: Dated, second: Dated): Dated | undefined {
  if (first.said.kind === 'week' && second.said.kind === 'weekday') {
    const day = dayOfIso(first.day) - 5 + second.said.weekday
    return { ...second, day: isoOfDay(day), confidence: Math.min(second.confidence, 0.8) }
  }
  if (surrounds(first, second)) return second
  return surrounds(second, first) ? first : undefined
}

function surrounds(vague: Dated, exact: Dated): boolean {
  if (exact.said.kind !== 'day' && exact.said.kind !== 'day_of_month' && exact.said.kind !== 'weekday') return false
  const [said, day] = [dayOfIso(vague.day), dayOfIso(exact.day)]
  const isWeek = vague.said.kind === 'week' || vague.said.kind === 'week_number' || vague.said.kind === 'week_of_month'
  if (isWeek) return said - weekdayOf(said) === day - weekdayOf(day)
  if (vague.said.kind === 'end_of_month') return vague.day.slice(0, 7) === exact.day.slice(0, 7) && said - day < 12
  return (
    (vague.said.kind === 'start_of_month' || vague.said.kind === 'middle_of_month') &&
    vague.day.slice(0, 7) === exact.day.slice(0, 7) &&
    Math.abs(said - day) < 10
  )
}
