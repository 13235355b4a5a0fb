import { type Db, type DbClient, recordAudit } from '#platform'

/** The debtors of segments, by their keys. */
export type MembersOf = (db: Db, segments: readonly string[]) => Promise<ReadonlyMap<string, ReadonlySet<number>>>

/**
 * Says of every debtor which policy covers it: the first one that fits by administration, segment and number. Notes the due dates of items that
 * are seen for the first time, which terms may count from. Returns how many debtors changed.
 */
export async function coverDebtors(client: DbClient, membersOf: MembersOf): Promise<number> {
  const policies = await client.insurancePolicy.findMany({ select: { segments: true } })
  const segments = [...new Set(policies.flatMap(policy => policy.segments))]
  const members = segments.length === 0 ? new Map<string, Set<number>>() : await membersOf(client, segments)
  const inSegments = [...members].flatMap(([key, ids]) => [...ids].map(id => ({ key, id })))
  return client.$transaction(tx => write(tx, inSegments), { timeout: 120_000, maxWait: 10_000 })
}

async function write(tx: Db, inSegments: readonly { key: string; id: number }[]): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('insurance cover'))`
  await tx.$executeRaw`CREATE TEMP TABLE insurance_wanted ON COMMIT DROP AS
    SELECT DISTINCT ON (d.id) d.id, p.id AS policy FROM "Debtor" d JOIN "Administration" a ON a.id = d."administrationId" JOIN "InsurancePolicy" p
      ON (p.administrations = '{}' OR a.code = ANY(p.administrations)) AND (p.debtors = '{}' OR d.number = ANY(p.debtors))
      AND (p.segments = '{}' OR EXISTS (SELECT 1 FROM unnest(${inSegments.map(({ id }) => id)}::int[], ${inSegments.map(({ key }) => key)}::text[]) AS m(id, key)
        WHERE m.id = d.id AND m.key = ANY(p.segments)))
    WHERE NOT d.archived AND d."partyType" = 'debtor' ORDER BY d.id, p.position`
  await tx.$executeRaw`ANALYZE insurance_wanted`
  const left = await tx.$executeRaw`DELETE FROM "InsuredDebtor" c WHERE NOT EXISTS (SELECT 1 FROM insurance_wanted w WHERE w.id = c."debtorId")`
  const covered = await tx.$executeRaw`
    INSERT INTO "InsuredDebtor" AS c ("debtorId", "policyId") SELECT w.id, w.policy FROM insurance_wanted w
    ON CONFLICT ("debtorId") DO UPDATE SET "policyId" = EXCLUDED."policyId" WHERE c."policyId" <> EXCLUDED."policyId"`
  // EXCEPT, as an anti-join by the statistics of a table that is still empty would look through all that it has just written for each row.
  await tx.$executeRaw`
    WITH fresh AS MATERIALIZED (SELECT i.id FROM "Invoice" i JOIN insurance_wanted w ON w.id = i."debtorId" WHERE i.status = 'open' AND i.kind = 'invoice'
      EXCEPT SELECT n."invoiceId" FROM "InsuredItem" n)
    INSERT INTO "InsuredItem" ("invoiceId", "debtorId", "firstDueOn") SELECT i.id, i."debtorId", COALESCE(i."firstDueDate", i."dueDate") FROM fresh JOIN "Invoice" i ON i.id = fresh.id`
  if (left + covered > 0) await recordAudit(tx, { actor: 'duncan', event: 'debtors.insured', subject: 'insurance', detail: { covered, left } })
  return left + covered
}
