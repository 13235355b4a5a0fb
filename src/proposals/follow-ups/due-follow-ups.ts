import { Temporal } from 'temporal-polyfill'
import { moneyKnownUntil } from '#ledger'
import { type Db, fromInstant, type Prisma } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import type { FollowUpKind } from './whether-to-follow.ts'

/** Something to be followed up; one `key` opens one entry. */
export type Due = {
  about: FollowUpKind
  refId: number
  key: string
  debtorId: number
  administration: { id: number; code: string; country: string; timeZone: string; importedAt: Date | null }
}

/** What ended longer ago is not followed up any more: Duncan was not there, or the ledger is not kept. */
const latestDays = 21

const administration = { select: { id: true, code: true, country: true, timeZone: true, importedAt: true } } as const

/** Promises, claims, instalments and ended disputes that nobody was told of yet, in a fixed order. */
export async function dueFollowUps(db: ProposalsDeps['client'], { clock, config }: ProposalsDeps): Promise<Due[]> {
  const judged = { judgedAt: { not: null }, followedAt: null }
  const promises = await db.promiseToPay.findMany({
    where: { status: { in: ['broken', 'partly_kept'] }, ...judged },
    orderBy: { id: 'asc' },
    select: { id: true, debtorId: true, debtor: { select: { administration } } },
  })
  const instalments = await db.instalment.findMany({
    where: { status: 'missed', ...judged, plan: { status: 'at_risk' } },
    orderBy: { id: 'asc' },
    select: { id: true, plan: { select: { debtorId: true, debtor: { select: { administration } } } } },
  })
  return [
    ...promises.map(({ id, debtorId, debtor }) => ({
      about: 'promise' as const,
      refId: id,
      key: keyOf('promise', id),
      debtorId,
      administration: debtor.administration,
    })),
    ...instalments.map(({ id, plan }) => ({
      about: 'instalment' as const,
      refId: id,
      key: keyOf('instalment', id),
      debtorId: plan.debtorId,
      administration: plan.debtor.administration,
    })),
    ...(await dueClaims(db, clock.today(config.DUNCAN_TIME_ZONE))),
    ...(await dueDisputes(db, { resolvedAt: { gte: fromInstant(clock.now().subtract({ hours: 24 * latestDays })) } })),
  ]
}

/** Claimed payments whose days to arrive are over, where bank or ledger are known beyond them. */
async function dueClaims(db: ProposalsDeps['client'], today: Temporal.PlainDate): Promise<Due[]> {
  const oldest = today.subtract({ days: latestDays })
  const rows = await db.$queryRaw<{ about: 'payment_claim' | 'entered_claim'; id: number; debtorId: number; until: string }[]>`
    SELECT c.* FROM (
      SELECT 'payment_claim' AS about, a.id, p."debtorId", a.payload ->> 'holdUntil' AS until FROM "ProposedAction" a JOIN "Proposal" p ON p.id = a."proposalId"
        WHERE a.kind = 'mark_payment_claimed' AND a.status = 'done' AND p."debtorId" IS NOT NULL
      UNION ALL SELECT 'entered_claim', n.id, n."debtorId", n.payload ->> 'until' FROM "DebtorEntry" n WHERE n.kind = 'payment_claim' AND n.status = 'done') c
    WHERE c.until < ${today.toString()} AND c.until >= ${oldest.toString()}
      AND NOT EXISTS (SELECT FROM "DebtorEntry" e WHERE e."formKey" = 'follow_up ' || c.about || ' ' || c.id)
    ORDER BY c.about DESC, c.id`
  const debtors = await db.debtor.findMany({ where: { id: { in: rows.map(({ debtorId }) => debtorId) } }, select: { id: true, administration } })
  const due: Due[] = []
  for (const { about, id, debtorId, until } of rows) {
    const debtor = debtors.find(each => each.id === debtorId)
    if (!debtor || Temporal.PlainDate.compare(await moneyKnownUntil(db, debtor.administration), until) <= 0) continue
    due.push({ about, refId: id, key: keyOf(about, id), debtorId, administration: debtor.administration })
  }
  return due
}

/** Disputes that ended with something to tell, and of whose end no entry was opened. */
export async function dueDisputes(db: Db, which: Prisma.DisputeWhereInput): Promise<Due[]> {
  const ended = await db.dispute.findMany({
    where: { ...which, status: { not: 'open' }, outcome: { not: null } },
    orderBy: { id: 'asc' },
    select: { id: true, debtorId: true, resolvedAt: true, debtor: { select: { administration } } },
  })
  // One that is opened again and ends again is told of again.
  const due = ended.map(({ id, debtorId, resolvedAt, debtor }): Due => {
    const key = `${keyOf('dispute', id)} ${resolvedAt?.getTime() ?? 0}`
    return { about: 'dispute', refId: id, key, debtorId, administration: debtor.administration }
  })
  const known = await db.debtorEntry.findMany({ where: { formKey: { in: due.map(({ key }) => key) } }, select: { formKey: true } })
  return due.filter(({ key }) => known.every(({ formKey }) => formKey !== key))
}

const keyOf = (about: FollowUpKind, id: number): string => `follow_up ${about} ${id}`
