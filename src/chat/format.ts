import { Temporal } from 'temporal-polyfill'
import type { Prisma } from '#platform'

const locales: Record<string, string> = { en: 'en-GB', nl: 'nl-NL', fr: 'fr-FR', de: 'de-DE', pl: 'pl-PL' }

/** The locale (BCP 47) in which a language's amounts and dates are written. */
export const localeOf = (language: string): string => locales[language] ?? 'en-GB'

// To make one of these takes as long as to write hundreds of amounts with it, and every card writes some.
const numbers = new Map<string, Intl.NumberFormat>()
const dates = new Map<string, Intl.DateTimeFormat>()

function kept<T>(made: Map<string, T>, key: string, make: () => T): T {
  const format = made.get(key) ?? make()
  made.set(key, format)
  return format
}

const numbersIn = (locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat =>
  kept(numbers, locale + JSON.stringify(options), () => new Intl.NumberFormat(locale, options))
const datesIn = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  kept(dates, locale + JSON.stringify(options), () => new Intl.DateTimeFormat(locale, options))

export type Format = ReturnType<typeof createFormat>

/** Writes amounts, days and moments as people read them in a language, moments in the given time zone (IANA name). */
export function createFormat(language: string, timeZone: string) {
  const locale = localeOf(language)
  const moment = (at: Date, options: Intl.DateTimeFormatOptions) => datesIn(locale, { timeZone, ...options }).format(at)
  const parts = numbersIn(locale, { useGrouping: true }).formatToParts(1_234_567.5)
  return {
    timeZone,
    groupSeparator: parts.find(({ type }) => type === 'group')?.value ?? ',',
    /** An amount with its currency; decimal strings stay exact. */
    money: (amount: Prisma.Decimal | string, currency: string): string => {
      const exact = (typeof amount === 'string' ? amount : amount.toFixed()) as Intl.StringNumericLiteral
      return numbersIn(locale, { style: 'currency', currency }).format(exact)
    },
    /** An amount without its cents, for tables; its currency as a code is left to the eye. */
    shortMoney: (amount: Prisma.Decimal, currency: string): string =>
      numbersIn(locale, { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount.toFixed() as Intl.StringNumericLiteral),
    /** A part of one as a whole percentage. */
    percent: (part: number): string => numbersIn(locale, { style: 'percent', maximumFractionDigits: 0 }).format(part),
    /** A lower bound of a share, never rounded up: 0.9505 is 95%, not 95.1%. */
    bound: (part: number): string => numbersIn(locale, { style: 'percent', maximumFractionDigits: 1 }).format(Math.floor(part * 1000) / 1000),
    number: (value: number): string => numbersIn(locale, { maximumFractionDigits: 1 }).format(value),
    /** A calendar day, given as an ISO day. */
    day: (iso: string): string =>
      datesIn(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }).format(
        Temporal.PlainDate.from(iso).toZonedDateTime('UTC').epochMilliseconds,
      ),
    time: (at: Date): string => moment(at, { hour: '2-digit', minute: '2-digit' }),
    timeWithSeconds: (at: Date): string => moment(at, { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    /** The calendar day of a moment. */
    dayOf: (at: Date): string => moment(at, { day: 'numeric', month: 'short', year: 'numeric' }),
    dateTime: (at: Date): string => moment(at, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }),
    list: (items: string[]): string => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items),
    languageName: (code: string): string => {
      if (code === 'und' || code === '') return ''
      return new Intl.DisplayNames(locale, { type: 'language' }).of(code) ?? code
    },
    size: (bytes: number): string => numbersIn(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }).format(Math.ceil(bytes / 1000)),
  }
}
