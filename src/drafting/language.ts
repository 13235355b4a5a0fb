/** The languages that templates are written in. */
export const draftLanguages = ['nl', 'fr', 'de', 'pl', 'en'] as const
export type DraftLanguage = (typeof draftLanguages)[number]

const locales: Record<DraftLanguage, string> = { nl: 'nl-NL', fr: 'fr-FR', de: 'de-DE', pl: 'pl-PL', en: 'en-GB' }

/** The first of the given languages that has templates; English when none has. */
export function draftLanguage(...preferred: (string | null | undefined)[]): DraftLanguage {
  return draftLanguages.find(language => language === preferred.find(wish => draftLanguages.some(known => known === wish))) ?? 'en'
}

/** Making a format takes longer than a text takes to be filled: it is done once for each language. */
const daysIn = (parts: Intl.DateTimeFormatOptions) =>
  Object.fromEntries(draftLanguages.map(language => [language, new Intl.DateTimeFormat(locales[language], { ...parts, timeZone: 'UTC' })])) as Record<
    DraftLanguage,
    Intl.DateTimeFormat
  >
const longDays = daysIn({ day: 'numeric', month: 'long', year: 'numeric' })
const shortDays = daysIn({ day: '2-digit', month: '2-digit', year: 'numeric' })

const utcDay = (isoDay: string) => new Date(`${isoDay}T00:00:00Z`)

/** An ISO day written out: "4 December 2026". */
export function writtenDay(language: DraftLanguage, isoDay: string): string {
  const day = longDays[language].format(utcDay(isoDay))
  return language === 'fr' ? day.replace(/^1 /, '1er ') : day // Intl does not know the French first of the month
}

/** An ISO day in digits, as it stands in a table. */
export function shortDay(language: DraftLanguage, isoDay: string): string {
  return shortDays[language].format(utcDay(isoDay))
}

/** A decimal string as money of its currency (ISO 4217), without passing through a float. */
export function writtenMoney(language: DraftLanguage, amount: string, currency: string): string {
  const format = new Intl.NumberFormat(locales[language], { style: 'currency', currency })
  // Plain text: the special spaces that some languages group digits with would be cut or boxed by mail clients.
  return format.format(amount as Intl.StringNumericLiteral).replaceAll(/[\u00a0\u202f]/g, ' ')
}

/** A decimal string of percent: "10.15" is "10.15%" in English and "10,15 %" in German. */
export function writtenPercentage(language: DraftLanguage, percentage: string): string {
  const format = new Intl.NumberFormat(locales[language], { style: 'unit', unit: 'percent', maximumFractionDigits: 4 })
  return format.format(percentage as Intl.StringNumericLiteral).replaceAll(/[\u00a0\u202f]/g, ' ')
}

/** "A, B and C". */
export function writtenList(language: DraftLanguage, items: string[]): string {
  return new Intl.ListFormat(locales[language], { style: 'long', type: 'conjunction' }).format(items)
}
