import { type DraftLanguage, draftLanguages } from '../language.ts'
import { seenText } from './legible.ts'

/** A calendar day that is written out: `2026-12-04`, or `12-04` where its year is not. */
type WrittenDay = { text: string; day: string }

const locales: Record<DraftLanguage, string> = { nl: 'nl', fr: 'fr', de: 'de', pl: 'pl', en: 'en-GB' }
const plain = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l')

/** Names of months, long and short, alone and after a day, in every language of ours. */
const months = new Map(
  draftLanguages.flatMap(language =>
    Array.from({ length: 12 }, (_, month) => month).flatMap(month =>
      (['long', 'short'] as const).flatMap(style =>
        [{ month: style }, { month: style, day: 'numeric' } as const].flatMap(parts => {
          const written = new Intl.DateTimeFormat(locales[language], { ...parts, timeZone: 'UTC' }).formatToParts(Date.UTC(2026, month, 1))
          const name = written.find(({ type }) => type === 'month')?.value
          return name && /\p{L}{3}/u.test(name) ? [[plain(name).replace(/\.$/, ''), month + 1] as const] : []
        }),
      ),
    ),
  ),
)
const monthName = [...months.keys()].toSorted((a, b) => b.length - a.length).join('|')
const year = String.raw`(?:\s?,?\s?(?<y>(?:19|20)\d{2}))?`
const at = String.raw`(?:op|am|bis|bis\szum|zum|vom|le|du|au|do|dnia|on|by|before|until|per|vor|tot|uiterlijk|since|od|ab|na|van)`
const romans = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii']
/** Days in words and months in Roman figures, for a list of their own: their day is their text. */
const inWords = new RegExp(
  String.raw`(?<![a-z])(?:(?:the\s)?(?:\p{L}{2,12}[\s-])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\p{L}{3,9}teenth|twentieth|thirtieth|eerste|tweede|derde|\p{L}{3,12}(?:tig|tien)|erste[nr]?|zweite[nr]?|dritte[nr]?|\p{L}{3,20}(?:zigste|sigste|ssigste|zehnte)[nr]?|premier|trente|vingt|quinze|dix|pierwsz\p{L}{1,4}|drugi\p{L}{0,3}|trzydziest\p{L}{1,4}|dwudziest\p{L}{1,4}|\p{L}{3,10}nast\p{L}{1,4}))\s(?:of\s)?(?:${monthName})(?![a-z])|(?<!\d)\d{1,2}[\s./-]{1,2}(?:${romans.slice(1).join('|')})[\s./-]{1,2}(?:19|20)\d{2}`,
  'gu',
)
const patterns = [
  /(?<!\d)(?<y>(?:19|20)\d{2})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?!\d)/g,
  /(?<![\d.,/-])(?<d>\d{1,2})\s?[-/.·|]\s?(?<m>\d{1,2})\s?[-/.·|]\s?(?<y>(?:19|20)\d{2}|\d{2})(?![\d/-]|[.,]\d)/g,
  /(?<![\d.,/-])(?<d>\d{1,2})\.(?<m>\d{2})\.(?![\d])/g,
  new RegExp(String.raw`(?<![a-z])${at}\s(?<d>\d{1,2})[./-](?<m>\d{1,2})(?![\d/%-]|[.,]\d|\s?(?:uhr|uur|h(?![a-z])|am|pm|godz))`, 'g'),
  new RegExp(String.raw`(?<![\d.,/])(?<d>\d{1,2})(?:\.|e|er|ere|eme|-?e?go|ste|de|st|nd|rd|th)?\s?(?:of\s)?(?<name>${monthName})(?![a-z])\.?${year}`, 'g'),
  new RegExp(String.raw`(?<![a-z])(?<name>${monthName})\.?\s(?:the\s)?(?<d>\d{1,2})(?:st|nd|rd|th)?(?!\d|[.,:]\d)${year}`, 'g'),
]

/** The calendar days in a text, in figures or with the name of the month in any of five languages. Relative days are none. */
function findDays(text: string): WrittenDay[] {
  const seen = plain(seenText(text)).replaceAll(/\s+/g, ' ')
  const worded = [...seen.matchAll(inWords)].map(([found]) => ({ text: found, day: found }))
  const figured = patterns.flatMap(pattern =>
    [...seen.matchAll(pattern)].flatMap(match => {
      const { y, m, name, d } = match.groups ?? {}
      const number = Number(m)
      // Who writes 11/30 means the thirtieth.
      const isTurned = number > 12 && Number(d) <= 12
      const month = name ? months.get(name) : isTurned ? Number(d) : number
      const [dayOfMonth, whole] = [isTurned ? number : Number(d), y && (y.length === 2 ? `20${y}` : y)]
      if (month === undefined || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31) return []
      const day = `${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
      return [{ text: match[0].trim(), day: whole ? `${whole}-${day}` : day }]
    }),
  )
  return [...figured, ...worded]
}

/** The days in a text, for a list of those that it may name. */
export const daysIn = (text: string): string[] => [...new Set(findDays(text).map(({ day }) => day))]

/** The days in a text that are none of these; one without a year is known in every year. */
export function unknownDays(text: string, known: readonly string[]): string[] {
  const [exact, yearly] = [new Set(known), new Set(known.map(day => day.slice(-5)))]
  const unknown = findDays(text).filter(({ day }) => !(day.length === 5 ? yearly.has(day) : exact.has(day) || exact.has(day.slice(-5))))
  return [...new Map(unknown.map(written => [written.day, written.text])).values()]
}
