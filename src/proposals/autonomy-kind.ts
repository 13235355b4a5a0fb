import { z } from 'zod'
import type { SettingsKind } from '#settings'
import { type ActionKind, actionSchemas } from './action.ts'

const actionKinds = Object.keys(actionSchemas) as ActionKind[]

const schema = z
  .partialRecord(
    z.enum(actionKinds),
    z.enum(['ask', 'send_after_undo', 'act']).describe('ask: a person decides; send_after_undo: done unless undone in time; act: done at once'),
  )
  .describe('The most that each kind of action may ever do by itself; what is not named stays at ask. Kept only so far: every action is still asked about')

/** Ceilings of what Duncan may come to do by itself, per kind of action. Only kept so far: nothing acts above `ask`. */
export const autonomyKind = { name: 'autonomy', schema } satisfies SettingsKind<typeof schema>
