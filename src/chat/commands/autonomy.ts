import { cardSchema } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

/** `/duncan autonomy`: what Duncan does without asking, which is nothing but what protects a debtor. */
export async function autonomyAnswer({ context: { words } }: CommandDeps): Promise<ClickOutcome> {
  const { autonomy, asks, protects, ceilings } = words.state
  const elements = [asks, protects, ceilings].map(text => ({ type: 'text' as const, text }))
  return { kind: 'private', card: cardSchema.parse({ title: autonomy, elements, fallback: `${autonomy}: ${asks}` }) }
}
