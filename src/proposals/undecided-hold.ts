import { endHold, placeHold } from '#dunning'
import type { Db } from '#platform'
import type { PlannedAction } from './action.ts'
import type { Touched } from './proposal.ts'

/** What dunning must leave alone until the proposal is decided. */
export function touchedBy(actions: PlannedAction[], namedInvoiceIds: number[], needsPerson: boolean): Touched {
  const isWhole = actions.some(({ kind, payload }) => kind === 'place_hold' && payload.invoiceIds.length === 0)
  if (needsPerson || isWhole) return 'all'
  const ids = [...namedInvoiceIds, ...actions.flatMap(({ payload }) => ('invoiceIds' in payload ? payload.invoiceIds : []))]
  if (ids.length > 0) return [...new Set(ids)]
  const asksSomething = actions.some(({ kind }) => kind === 'send_reply' || kind === 'send_invoice_copies' || kind === 'create_task')
  return asksSomething ? 'all' : []
}

/** Holds dunning on what an undecided proposal touches; nothing when it has no debtor or touches nothing. */
export async function holdWhileUndecided(tx: Db, proposalId: number, debtorId: number | null, touched: Touched): Promise<void> {
  if (debtorId === null || (touched !== 'all' && touched.length === 0)) return
  await placeHold(tx, { debtorId, invoiceIds: touched === 'all' ? [] : touched, reason: 'open_proposal', proposalId })
}

/**
 * Ends the hold of a proposal that nothing more will come of. It outlives the decision until the last action has run, so that no
 * reminder slips in between the click and the hold that, say, a promise places.
 */
export async function endUndecidedHold(tx: Db, proposalId: number, at: Date): Promise<void> {
  const waiting = await tx.proposedAction.count({ where: { proposalId, status: { in: ['pending', 'claimed'] } } })
  if (waiting === 0) await endHold(tx, { undecidedProposalId: proposalId }, at)
}
