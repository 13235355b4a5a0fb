import { findDebtors } from '#search'
import type { ClickOutcome } from '../click.ts'
import { pickDebtor } from './pick-debtor.ts'
import type { CommandDeps } from './registry.ts'

/** Every debtor that fits, to choose from. */
export async function findCommand({ client, context }: CommandDeps, query: string): Promise<ClickOutcome> {
  const { words } = context
  if (query === '') return { kind: 'refused', message: words.command.missingQuery('/duncan find') }
  const found = await findDebtors(client, query)
  return { kind: 'private', card: pickDebtor(query, found, 'debtor.show', words.command.findTitle(found.length), context) }
}
