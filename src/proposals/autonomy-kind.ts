import { z } from 'zod'
import type { SettingsKind } from '#settings'
import { type ActionKind, actionSchemas } from './action.ts'

const level = z
  .enum(['ask', 'send_after_undo', 'act'])
  .describe('ask: a person decides; send_after_undo: mails leave unless somebody undoes it in time; act: for what sends nothing, done at once')

const actionKinds = Object.keys(actionSchemas) as ActionKind[]
const ceilings = Object.fromEntries(actionKinds.map(kind => [kind, level.optional()])) as Record<ActionKind, z.ZodOptional<typeof level>>
const amount = z.number().min(0).max(1_000_000_000)

const schema = z
  .strictObject({
    on: z.boolean().default(true).describe('Whether anything is decided alone; off: everything asks, and what has not left comes back to people'),
    ...ceilings,
    send_reminder: level
      .optional()
      .describe('The same for steps of dunning workflows that write, which need no record but their behaviour; a step acts at once where both say so'),
    remindersPerDay: z.int().min(0).max(10_000).default(50).describe('How many reminders may leave alone on a day'),
    limit: amount.default(1000).describe('The most that may be at stake in what Duncan decides alone, in the reporting currency'),
    undo: z
      .array(z.strictObject({ from: amount.describe('At stake at least, in the reporting currency'), minutes: z.number().int().min(1).max(60) }))
      .max(5)
      .default([])
      .describe(
        'How long a decision can be undone before its mails leave, by what is at stake, also of what people decide; never shorter than DUNCAN_UNDO_SECONDS',
      ),
  })
  .describe('The most that each kind of action may ever do by itself, where its record allows it; what is not named stays at ask')

/** What Duncan may come to do by itself, per kind of action, and how long it can be undone. Nothing acts before its record passed and a person granted it. */
export const autonomyKind = { name: 'autonomy', schema } satisfies SettingsKind<typeof schema>

export type AutonomyRules = z.output<typeof schema>
export type AutonomyLevel = z.output<typeof level>
