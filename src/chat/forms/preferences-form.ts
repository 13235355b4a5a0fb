import { z } from 'zod'
import type { Preference, Staff } from '#people'
import { type Card, type CardField, cardSchema } from '../card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { languages } from '../words/index.ts'

const languageNames = { en: 'English', nl: 'Nederlands', fr: 'Français', de: 'Deutsch', pl: 'Polski' }

const timeField = (id: string, label: string, value: string | null): CardField => ({
  type: 'text',
  id,
  label,
  value: value ?? '',
  multiline: false,
  required: false,
})

/** Asks for what a person may choose for themselves. */
export function preferencesForm(staff: Staff, { quietFrom, quietUntil, digestAt, decisionsByMail }: Preference, { words }: CardContext): Card {
  const { home: say } = words
  const options = languages.map(value => ({ value, label: languageNames[value] }))
  const fields: CardField[] = [
    { type: 'choice', id: 'language', label: say.language, value: staff.language, options },
    timeField('quietFrom', say.quietFrom, quietFrom),
    timeField('quietUntil', say.quietUntil, quietUntil),
    timeField('digestAt', say.digestAt, digestAt),
    { type: 'toggle', id: 'decisionsByMail', label: words.byMail.preference, value: decisionsByMail },
  ]
  return cardSchema.parse({
    title: say.preferences,
    subtitle: say.preferencesText,
    elements: fields.map(field => ({ type: 'field', field })),
    buttons: [{ action: 'home.save', label: say.save, style: 'primary' }],
    fallback: say.preferences,
  })
}

const time = z.union([z.literal('').transform(() => null), z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)])
const tick = z
  .enum(['true', 'false'])
  .default('false')
  .transform(value => value === 'true')
const preferenceSchema = z.object({ language: z.enum(languages), quietFrom: time, quietUntil: time, digestAt: time, decisionsByMail: tick })

/** The choices of a filled-in form; the label of the field that is wrong. */
export function readPreferences(values: Record<string, string>, { words }: CardContext): { chosen: Preference } | { wrong: string } {
  const trimmed = Object.fromEntries(Object.entries(values).map(([id, value]) => [id, value.trim()]))
  const read = preferenceSchema.safeParse(trimmed)
  if (!read.success) return { wrong: words.home[String(read.error.issues[0]?.path[0]) as 'quietFrom'] ?? words.home.preferences }
  // Quiet hours have two ends or none.
  const { quietFrom, quietUntil } = read.data
  return (quietFrom === null) === (quietUntil === null) ? { chosen: read.data } : { wrong: quietFrom === null ? words.home.quietFrom : words.home.quietUntil }
}
