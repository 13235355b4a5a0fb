import type { MessageToRead, ReadingContext } from '../reading.ts'
import { daysBetween } from './days.ts'
import { type AmountMention, findAmounts } from './find-amounts.ts'
import { findBlocked } from './find-blocked.ts'
import { type DateMention, findDates } from './find-dates.ts'
import { findInvoiceNumbers, indexNumbers, type NumberIndex, type NumberMention } from './find-invoice-numbers.ts'
import { findPlainNumbers } from './find-plain-numbers.ts'
import { foldText } from './fold-text.ts'
import { withoutPassingDays } from './passing-days.ts'
import { type Clause, isAhead, isInvoiceDate, readClauses } from './read-clauses.ts'
import { resolveDate } from './resolve-date.ts'
import { withMonthsOf } from './same-month.ts'
import { isWithin, type Span } from './split-clauses.ts'

/** A reply with everything that facts are built from marked in it; offsets are UTF-16 units into `text`. */
export type MarkedText = {
  text: string
  folded: string
  language: string
  /** The mail's day (ISO). */
  date: string
  country: string | undefined
  sentences: Span[]
  clauses: Clause[]
  /** Days that may be a payment's: without the dates of invoices. */
  dates: DateMention[]
  allDates: DateMention[]
  amounts: AmountMention[]
  /** Numbers that are amounts only where the words speak of paying. */
  plainNumbers: AmountMention[]
  invoices: NumberMention[]
  numbers: NumberIndex
}

/** What a person writes is shorter by far; the rest of a larger text is not read for facts. */
const maxLength = 40_000

/** Marks the sender's own words. */
export function markText(message: Pick<MessageToRead, 'replyText' | 'date'>, context: ReadingContext, language: string): MarkedText {
  const text = message.replyText.slice(0, maxLength)
  const folded = foldText(text)
  const numbers = indexNumbers(context)
  const blocked = findBlocked(text, folded)
  const amounts = findAmounts(folded).filter(amount => !overlapsAny(amount, blocked))
  const withCurrency = amounts.filter(({ currency }) => currency !== undefined)
  const allDates = withMonthsOf(
    folded,
    findDates(folded, language).filter(date => !overlapsAny(date, [...withCurrency, ...blocked])),
    message.date,
  )
  const dates = withoutPassingDays(text, folded, allDates)
  const plain = findPlainNumbers(folded, language).filter(number => !overlapsAny(number, [...amounts, ...allDates, ...blocked]))
  const days = allDates.filter(({ said }) => said.kind === 'day')
  const { sentences, clauses } = readClauses(text, folded, language, {
    dates,
    amounts: [...amounts.filter(amount => !overlapsAny(amount, days)), ...plain.filter(({ value }) => Number(value) >= clearlyMoney)],
  })
  const said = dates.filter(date => date.said.kind !== 'day' || !isInvoiceDate(folded, date, language) || liesAhead(folded, date, message.date))
  // A bare day number must not swallow "de 12345"; dates that name a month or have separators outrank invoice numbers.
  const taken = [...withCurrency, ...days, ...blocked]
  const invoices = findInvoiceNumbers(text, folded, numbers, taken)
  // "We pay on the 10th and the 25th, yours goes with 25".
  const isDayAgain = ({ value }: AmountMention) => allDates.some(({ said: day }) => day.kind === 'day_of_month' && String(day.day) === value)
  return {
    text,
    folded,
    language,
    date: message.date,
    country: context.country,
    sentences,
    clauses,
    numbers,
    invoices,
    allDates,
    dates: said.filter(date => !overlapsAny(date, invoices)),
    amounts: amounts.filter(amount => !overlapsAny(amount, [...invoices, ...days])),
    // "412 and 413 will be paid" may name invoices by their ends.
    plainNumbers: plain.filter(number => !numbers.byTail.has(number.value) && !overlapsAny(number, invoices) && !isDayAgain(number)),
  }
}

/** Smaller plain numbers beside a day count something else as often. */
const clearlyMoney = 100

/** A day within some six weeks, where the invoice's own would have to be of last year. */
function liesAhead(folded: string, date: DateMention, today: string): boolean {
  const ahead = resolveDate(date.said, today, 'future')
  return ahead !== undefined && daysBetween(today, ahead.day) <= soon && isAhead(folded, date)
}
const soon = 45

const overlapsAny = (span: Span, others: Span[]): boolean => others.some(other => span.start < other.end && other.start < span.end)

/** The amounts within a span: those written as money, or else the plain numbers there. */
export function amountsWithin(marked: MarkedText, span: Span): AmountMention[] {
  const written = marked.amounts.filter(amount => isWithin(amount, span))
  return written.length > 0 ? written : marked.plainNumbers.filter(plain => isWithin(plain, span))
}

/** How sure it is that a number is money at all: a currency says so, cents nearly, a plain number only by its words. */
export const sureOf = (marked: MarkedText, amount: MarkedText['amounts'][number]): number =>
  amount.currency ? 0.9 : marked.plainNumbers.includes(amount) ? 0.6 : 0.7
