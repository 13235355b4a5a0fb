// Public holidays of six countries, written down from their laws and worked out here without any list of others: what our calendars are
// held against. Days are ISO.
//
// NL: what is not worked by custom and most collective agreements. The fifth of May is a day of celebration, but no general day off.
// BE: Royal Decree of 18 April 1974, art. 1. FR: Code du travail, art. L3133-1. DE: the nine days that every Land has.
// PL: law of 18 January 1951 on days free from work; 24 December by the law of 6 December 2024, from 2025.
// GB: England; Banking and Financial Dealings Act 1971, schedule 1, with its days in lieu, and royal proclamations.

const ms = 86_400_000
const utc = (iso: string): number => Date.parse(`${iso}T00:00:00Z`)
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10)
/** A day that many days later. */
export const plus = (day: string, days: number): string => iso(utc(day) + days * ms)
/** 0 is a Sunday. */
export const weekdayOf = (day: string): number => new Date(utc(day)).getUTCDay()

/** Easter Sunday by the Gregorian computus, as Gauss and Butcher give it. */
export function easter(year: number): string {
  const [golden, century, ofCentury] = [year % 19, Math.floor(year / 100), year % 100]
  const epact = (19 * golden + century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) + 15) % 30
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451)
  const sum = epact + weekday - 7 * late + 114
  return `${year}-${String(Math.floor(sum / 31)).padStart(2, '0')}-${String((sum % 31) + 1).padStart(2, '0')}`
}

type Rule = (year: number) => string[]

const fixed = (year: number, days: string[]): string[] => days.map(day => `${year}-${day}`)
const aroundEaster = (year: number, days: number[]): string[] => days.map(day => plus(easter(year), day))
const [goodFriday, easterSunday, easterMonday, ascension, whitSunday, whitMonday, corpusChristi] = [-2, 0, 1, 39, 49, 50, 60] as const

/** 27 April, or the day before where that is a Sunday. */
const kingsDay = (year: number): string => (weekdayOf(`${year}-04-27`) === 0 ? `${year}-04-26` : `${year}-04-27`)

const mondayOnOrAfter = (day: string): string => plus(day, (8 - weekdayOf(day)) % 7)
const lastMonday = (year: number, month: string): string => plus(mondayOnOrAfter(`${year}-${month}-31`), weekdayOf(`${year}-${month}-31`) === 1 ? 0 : -7)

const proclaimed: Record<number, { instead?: [string, string]; extra?: string[] }> = {
  2020: { instead: ['2020-05-04', '2020-05-08'] }, // 75 years after the war in Europe
  2022: { instead: ['2022-05-30', '2022-06-02'], extra: ['2022-06-03', '2022-09-19'] }, // Platinum Jubilee; funeral of Queen Elizabeth II
  2023: { extra: ['2023-05-08'] }, // coronation
}

/** New Year, Christmas and Boxing Day on a weekend are made good on the next working days. */
function inLieu(year: number): string[] {
  const newYear = `${year}-01-01`
  const days = [0, 6].includes(weekdayOf(newYear)) ? [newYear, mondayOnOrAfter(newYear)] : [newYear]
  const [christmas, boxing] = [`${year}-12-25`, `${year}-12-26`]
  const moved = { 6: ['27', '28'], 0: ['27'], 5: ['28'] }[weekdayOf(christmas)] ?? []
  return [...days, christmas, boxing, ...moved.map(day => `${year}-12-${day}`)]
}

export const publicHolidays: Record<string, Rule> = {
  NL: year => [
    ...fixed(year, ['01-01', '12-25', '12-26']),
    kingsDay(year),
    ...aroundEaster(year, [easterSunday, easterMonday, ascension, whitSunday, whitMonday]),
  ],
  BE: year => [...fixed(year, ['01-01', '05-01', '07-21', '08-15', '11-01', '11-11', '12-25']), ...aroundEaster(year, [easterMonday, ascension, whitMonday])],
  FR: year => [
    ...fixed(year, ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25']),
    ...aroundEaster(year, [easterMonday, ascension, whitMonday]),
  ],
  DE: year => [...fixed(year, ['01-01', '05-01', '10-03', '12-25', '12-26']), ...aroundEaster(year, [goodFriday, easterMonday, ascension, whitMonday])],
  PL: year => [
    ...fixed(year, ['01-01', '01-06', '05-01', '05-03', '08-15', '11-01', '11-11', '12-25', '12-26']),
    ...(year >= 2025 ? [`${year}-12-24`] : []),
    ...aroundEaster(year, [easterSunday, easterMonday, whitSunday, corpusChristi]),
  ],
  GB: year => {
    const { instead, extra = [] } = proclaimed[year] ?? {}
    const mondays = [mondayOnOrAfter(`${year}-05-01`), lastMonday(year, '05'), lastMonday(year, '08')]
    return [...inLieu(year), ...aroundEaster(year, [goodFriday, easterMonday]), ...mondays.map(day => (day === instead?.[0] ? instead[1] : day)), ...extra]
  },
}

/** Every day of the years from one to another, first and last included. */
export function* daysOf(from: number, until: number): Generator<string> {
  for (let day = `${from}-01-01`; day <= `${until}-12-31`; day = plus(day, 1)) yield day
}
