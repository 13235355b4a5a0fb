import { createHash } from 'node:crypto'
import type { ProposalView } from '#proposals'

/** A short mark of what a card showed: a click on an older one is answered with the new card instead of deciding on something unseen. */
export function proposalVersion(view: ProposalView): string {
  const shown = [view.status, view.debtor?.id ?? null, view.actions.map(({ id, kind, payload, status }) => [id, kind, payload, status])]
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 12)
}
