import type { ActionKind } from './action.ts'

export type AutonomyLevel = 'ask' | 'send_after_undo' | 'act'

/** How far Duncan may go with a kind of action by itself. On day one it asks about everything; the right to act is earned from a record. */
export function autonomyLevel(_kind: ActionKind): AutonomyLevel {
  return 'ask'
}
