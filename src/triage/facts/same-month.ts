import type { DateMention } from './find-dates.ts'
import { resolveDate } from './resolve-date.ts'

/** How far apart two days may stand in a text for the one to be counted from the other, in characters. */
const near = 80

/**
 * "£2,000 on 12 October and the rest on the 26th", "mid-July, the 15th at the latest": a day without a month is one of the month
 * named right before it, or of the next one when that month's day has passed by then. Only months ahead of `today` (ISO) count.
 */
export function withMonthsOf(folded: string, dates: DateMention[], today: string): DateMention[] {
  const read: DateMention[] = []
  for (const date of dates) {
    const previous = read.at(-1)
    const isClose = previous !== undefined && date.start - previous.end <= near && !/[.!?]\s|\n\s*\n/.test(folded.slice(previous.end, date.start))
    const month = isClose ? monthOf(previous, today) : undefined
    read.push(month && date.said.kind === 'day_of_month' && date.said.months === 0 && !date.said.isThis ? { ...date, said: inMonth(date.said, month) } : date)
  }
  return read
}

type Named = { year: number; month: number; from: number }

function monthOf({ said }: DateMention, today: string): Named | undefined {
  const isNamed =
    said.kind === 'day' || ((said.kind === 'start_of_month' || said.kind === 'middle_of_month' || said.kind === 'end_of_month') && said.month !== undefined)
  const ahead = isNamed ? resolveDate(said, today, 'future') : undefined
  if (!ahead || ahead.confidence < 0.5) return undefined
  const [year = 0, month = 0, day = 0] = ahead.day.split('-').map(Number)
  // "End of June, the 28th", "early June, the 3rd".
  return { year, month, from: said.kind === 'day' ? day : said.kind === 'end_of_month' ? 20 : 1 }
}

function inMonth({ day, weekday }: Extract<DateMention['said'], { kind: 'day_of_month' }>, { year, month, from }: Named): DateMention['said'] {
  const months = year * 12 + month - 1 + (day < from ? 1 : 0)
  return { kind: 'day', day, month: (months % 12) + 1, year: Math.floor(months / 12), ...(weekday !== undefined && { weekday }) }
}
