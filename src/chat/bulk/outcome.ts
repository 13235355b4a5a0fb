import { z } from 'zod'
import type { Problem } from '#proposals'
import type { BulkLine } from './read-lines.ts'

/** What became of one proposal that was to be approved with others. `stopped`: nobody came to it, since Duncan was interrupted. */
const outcomes = ['approved', 'above_limit', 'changed', 'already', 'not_allowed', 'gone', 'invalid', 'stopped'] as const
export const outcomeSchema = z.enum(outcomes)
export type Outcome = z.infer<typeof outcomeSchema>

/** `outcome` null: it is still being worked on. `problems`: why it could not be approved. `by`: who decided it. */
export type ReceiptLine = BulkLine & { outcome: Outcome | null; problems: readonly Problem[]; by: string | null }

export type Counts = { done: number; failed: number; working: number }

/** How a line stands now: approved counts as long as its action has not failed and nobody took it back. */
export function standingOf({ outcome, status, action }: Pick<ReceiptLine, 'outcome' | 'status' | 'action'>): keyof Counts {
  if (outcome === null) return 'working'
  const isUndone = status !== 'approved' || action?.status === 'undone'
  return outcome === 'approved' && !isUndone && action?.status !== 'failed' && action?.status !== 'unknown' ? 'done' : 'failed'
}

/** How many of the lines stand how; together they are all of them. */
export function countLines(lines: readonly Pick<ReceiptLine, 'outcome' | 'status' | 'action'>[]): Counts {
  const counts = { done: 0, failed: 0, working: 0 }
  for (const line of lines) counts[standingOf(line)] += 1
  return counts
}
