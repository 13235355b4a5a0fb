import type { Db } from '#platform'
import type { PersonView } from '../proposal.ts'
import type { Combination } from './combination.ts'
import type { EndReason } from './grant.ts'

/**
 * A grant that ended, with all that ended with it: by cases of one proposal, or in one stroke. `key`: the same for each of them.
 * `verdict`, `proposalId`: of the bad case. `mailbox`: its key; null for all mailboxes together.
 */
export type EndedGrant = {
  key: string
  ended: { combination: Combination; mailbox: string | null }[]
  grantedById: number
  at: Date
  why: EndReason
  by: PersonView | null
  verdict: string | null
  proposalId: number | null
}

/** What ended a grant, and by whose word; undefined while it stands. */
export async function readEndedGrant(db: Db, id: number): Promise<EndedGrant | undefined> {
  const grant = await db.autonomyGrant.findUnique({ where: { id } })
  if (!grant?.endedAt) return undefined
  const { grantedById, endedAt, endedById, endCaseId } = grant
  const bad = endCaseId === null ? null : await db.autonomyCase.findUnique({ where: { id: endCaseId } })
  const cases = bad ? await db.autonomyCase.findMany({ where: { proposalId: bad.proposalId }, select: { id: true } }) : []
  const together = bad ? { endCaseId: { in: cases.map(each => each.id) } } : { endReason: grant.endReason, endedAt }
  const all = await db.autonomyGrant.findMany({ where: together, orderBy: { id: 'asc' } })
  const mailboxes = await db.mailbox.findMany({ select: { id: true, key: true } })
  const by = endedById ?? bad?.staffId
  return {
    key: bad ? `proposal:${bad.proposalId}` : `${grant.endReason}:${endedAt.getTime()}`,
    ended: all.map(({ kind, intent, language, mailboxId }) => ({
      combination: { kind, intent, language, mailboxId },
      mailbox: mailboxes.find(mailbox => mailbox.id === mailboxId)?.key ?? null,
    })),
    grantedById,
    at: endedAt,
    why: grant.endReason as EndReason,
    by: by === undefined ? null : await db.staff.findUnique({ where: { id: by }, select: { id: true, name: true } }),
    verdict: bad?.verdict ?? null,
    proposalId: bad?.proposalId ?? null,
  }
}
