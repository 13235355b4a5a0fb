import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { SettingsKind } from '#settings'
import { countryCode } from './administrations-kind.ts'
import { createWorkCalendar, knowsHolidaysOf, type WorkCalendar, weekdays } from './work-calendar.ts'

const isDay = (text: string): boolean => {
  try {
    Temporal.PlainDate.from(/^\d\d-\d\d$/.test(text) ? `2024-${text}` : text, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}
const day = z
  .string()
  .regex(/^(?:\d{4}-)?\d\d-\d\d$/, 'must be a day such as 2026-12-24, or 12-24 for every year')
  .refine(isDay, 'is a day that does not exist')

const calendar = z
  .strictObject({
    country: countryCode.describe('Whose public holidays are days off'),
    region: z.string().min(1).optional().describe('Part of that country with holidays of its own, such as NW for North Rhine-Westphalia'),
    publicHolidays: z.boolean().default(true).describe('Whether nobody works on them'),
    workingDays: z.array(z.enum(weekdays)).min(1).default(weekdays.slice(0, 5)).describe('Days of the week on which people work'),
    closed: z.array(day).default([]).describe('Further days off: 2026-12-24, or 12-24 for every year'),
    open: z.array(day).default([]).describe('Days on which people work although they are holidays or at a weekend'),
    administrations: z.array(z.string()).default([]).describe('Codes of the administrations it is for; without any it is for all of its country'),
  })
  .superRefine(({ country, region }, context) => {
    if (!knowsHolidaysOf(country)) context.addIssue({ code: 'custom', path: ['country'], message: `is no country whose holidays are known: ${country}` })
    else if (region !== undefined && !knowsHolidaysOf(country, region)) {
      context.addIssue({ code: 'custom', path: ['region'], message: `is no region of ${country}: ${region}` })
    }
  })

const schema = z
  .record(z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower case letters, digits and dashes'), calendar)
  .superRefine((calendars, context) => {
    const owners = new Map<string, string>()
    for (const [key, { country, administrations }] of Object.entries(calendars)) {
      const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path: [key, ...path], message })
      const claimed = administrations.length > 0 ? administrations : [`all of ${country}`]
      claimed.forEach((claim, index) => {
        const owner = owners.get(claim)
        if (owner) fault(administrations.length > 0 ? ['administrations', index] : [], `is for ${claim}, as ${owner} is already`)
        owners.set(claim, key)
      })
    }
  })
  .describe('On which days people work, by country or by administration; without one: Monday to Friday but the country’s public holidays')

export type Calendars = z.output<typeof schema>

/** On which days people work. */
export const calendarsKind = {
  name: 'calendars',
  schema,
  references: section =>
    Object.entries(section).flatMap(([key, { administrations }]) =>
      administrations.map((code, index) => ({ path: [key, 'administrations', index], kind: 'administrations', key: code })),
    ),
} satisfies SettingsKind<typeof schema>

// The list of a country's holidays takes a while to work out: once per section, however many ask.
const built = new WeakMap<Calendars, Map<string, WorkCalendar>>()

/** The calendar of an administration: its own, else its country's, else Monday to Friday but the country's public holidays. */
export function calendarOf(calendars: Calendars, { code, country }: { code: string; country: string }): WorkCalendar {
  const known = built.get(calendars) ?? new Map<string, WorkCalendar>()
  built.set(calendars, known)
  const key = `${code} ${country}`
  const all = Object.values(calendars)
  const own = all.find(({ administrations }) => administrations.includes(code))
  const national = all.find(each => each.administrations.length === 0 && each.country === country)
  const rules = own ?? national ?? { country, publicHolidays: true, workingDays: weekdays.slice(0, 5), closed: [], open: [] }
  const made = known.get(key) ?? createWorkCalendar(rules)
  known.set(key, made)
  return made
}
