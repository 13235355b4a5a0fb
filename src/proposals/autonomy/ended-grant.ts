import type { Db } from '#platform'
import type { PersonView } from '../proposal.ts'
import type { Combination } from './combination.ts'
import type { EndReason } from './grant.ts'

/** A grant that ended. `verdict`, `proposalId`: of the bad case that ended it. `mailbox`: its key; null for all mailboxes together. */
export type EndedGrant = {
  combination: Combination
  mailbox: string | null
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
  const { kind, intent, language, mailboxId, grantedById, endedAt, endReason, endedById, endCaseId } = grant
  const bad = endCaseId === null ? null : await db.autonomyCase.findUnique({ where: { id: endCaseId } })
  const by = endedById ?? bad?.staffId
  return {
    combination: { kind, intent, language, mailboxId },
    mailbox: mailboxId === null ? null : ((await db.mailbox.findUnique({ where: { id: mailboxId }, select: { key: true } }))?.key ?? null),
    grantedById,
    at: endedAt,
    why: endReason as EndReason,
    by: by === undefined ? null : await db.staff.findUnique({ where: { id: by }, select: { id: true, name: true } }),
    verdict: bad?.verdict ?? null,
    proposalId: bad?.proposalId ?? null,
  }
}
