import { proposalCard } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

/** The card of one proposal as it stands now, for the asker. */
export async function proposalAnswer({ proposals, context }: CommandDeps, proposalId: number): Promise<ClickOutcome> {
  const view = await proposals.view(proposalId)
  return view ? { kind: 'private', card: proposalCard(view, context) } : { kind: 'refused', message: context.words.outcome.gone }
}
