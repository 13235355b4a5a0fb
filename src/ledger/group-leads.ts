import { type Db, Prisma, recordAudit } from '#platform'

/**
 * Gives each group that has none (any more) a debtor that leads: whose contacts are written to for all of it, in its language and tone. One that
 * can be written to, by mail rather than by letter; of several the one that is called like the group, else the one with the most open. Who leads
 * stays, whatever is paid since. `rates`: of the reporting currency, by which amounts are compared; what has none counts as it is. Returns
 * the groups for which one was chosen.
 */
export async function chooseGroupLeads(db: Db, rates: ReadonlyMap<string, Prisma.Decimal> = new Map()): Promise<number[]> {
  const chosen = await db.$queryRaw<{ id: number; leadId: number }[]>`
    WITH member AS (
      SELECT d.id, d."groupId", d.name, COALESCE(max(CASE WHEN c.email IS NOT NULL AND c."emailStatus" <> 'bounced' THEN 2 WHEN c.address IS NOT NULL THEN 1 END), 0) AS reach
      FROM "Debtor" d LEFT JOIN "Contact" c ON c."debtorId" = d.id AND c.verified
      WHERE d."groupId" IS NOT NULL AND NOT d.archived AND d."partyType" = 'debtor' GROUP BY d.id
    ), bare AS (
      SELECT g.id, g.name FROM "DebtorGroup" g WHERE NOT EXISTS (SELECT FROM member m WHERE m.id = g."leadId" AND m."groupId" = g.id
        AND (m.reach > 0 OR NOT EXISTS (SELECT FROM member o WHERE o."groupId" = g.id AND o.reach > 0)))
    )
    SELECT DISTINCT ON (b.id) b.id, m.id AS "leadId" FROM bare b JOIN member m ON m."groupId" = b.id
    LEFT JOIN LATERAL (SELECT sum(i."openAmount" * COALESCE(r.rate, 1)) AS amount FROM "Invoice" i
      LEFT JOIN unnest(${[...rates.keys()]}::text[], ${[...rates.values()]}::numeric[]) AS r(currency, rate) ON r.currency = i.currency
      WHERE i."debtorId" = m.id AND i.status = 'open') open ON TRUE
    ORDER BY b.id, m.reach DESC, lower(m.name) = lower(b.name) DESC, open.amount DESC NULLS LAST, m.id`
  for (const { id, leadId } of chosen) await leadGroup(db, { groupId: id, debtorId: leadId })
  return chosen.map(({ id }) => id)
}

/** Has a debtor of a group lead it from now on; false when it does not stand in the group, or leads it already. `staffId`: who said so; Duncan when left out. */
export async function leadGroup(db: Db, { groupId, debtorId, staffId }: { groupId: number; debtorId: number; staffId?: number }): Promise<boolean> {
  const isOther = { OR: [{ leadId: null }, { leadId: { not: debtorId } }] }
  const { count } = await db.debtorGroup.updateMany({ where: { id: groupId, debtors: { some: { id: debtorId } }, ...isOther }, data: { leadId: debtorId } })
  if (count === 0) return false
  const actor = staffId === undefined ? 'duncan' : `staff:${staffId}`
  await recordAudit(db, { actor, event: 'group.led', subject: `group:${groupId}`, detail: { debtor: debtorId } })
  return true
}
