import type { Db } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import type { Problem } from '../problem.ts'
import type { StoredProposal } from '../store.ts'
import { levelFor } from './grant.ts'

/**
 * Why what Duncan decided alone must not leave on its word any more, undefined while it may. Asked at the last moment:
 * whatever came or ended since it was decided counts, also where its call back was not done yet.
 */
export async function whyNotAlone(db: Db, deps: Pick<ProposalsDeps, 'rules'>, proposal: StoredProposal): Promise<Problem | undefined> {
  if (await hasUnreadMail(db, proposal)) return { code: 'new_mail' }
  if (!(await isStillGranted(db, deps, proposal))) return { code: 'grant_ended' }
  return undefined
}

/** Whether another mail of the conversation, or of the debtor, came later than the one that Duncan answers, or was not read yet. */
async function hasUnreadMail(db: Db, { threadId, debtorId, messageId }: StoredProposal): Promise<boolean> {
  const same = [...(threadId === null ? [] : [{ threadId }]), ...(debtorId === null ? [] : [{ debtorId }])]
  if (same.length === 0) return false
  const unread = [{ id: { gt: messageId } }, { id: { lt: messageId }, status: 'received' }]
  return (await db.message.count({ where: { direction: 'in', history: false, AND: [{ OR: same }, { OR: unread }] } })) > 0
}

async function isStillGranted(db: Db, deps: Pick<ProposalsDeps, 'rules'>, { autonomy }: StoredProposal): Promise<boolean> {
  const granted = autonomy?.facts.actions.filter(({ grantId }) => grantId !== null) ?? []
  const ids = [...new Set(granted.flatMap(({ grantId }) => grantId ?? []))]
  const standing = await db.autonomyGrant.count({ where: { id: { in: ids }, endedAt: null } })
  return ids.length > 0 && standing === ids.length && granted.every(action => levelFor(deps, action) !== 'ask')
}
