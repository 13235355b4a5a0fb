import { type Db, Prisma } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import type { StoredProposal } from '../store.ts'
import { stakeOf } from '../votes.ts'

/** How long a decision on this can be undone before its mails leave, in seconds: the longer, the more is at stake; the longest where nobody can tell. */
export async function undoSeconds(tx: Db, deps: ProposalsDeps, proposal: StoredProposal): Promise<number> {
  const { undo } = deps.rules().autonomy
  const least = deps.config.DUNCAN_UNDO_SECONDS
  if (undo.length === 0) return least
  const { total } = await stakeOf(tx, deps, proposal)
  const reached = undo.filter(({ from }) => total === null || total.gte(new Prisma.Decimal(from)))
  return Math.max(least, ...reached.map(({ minutes }) => minutes * 60))
}
