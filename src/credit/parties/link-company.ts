import { type Clock, type Db, fromInstant, recordAudit } from '#platform'
import type { Candidate } from './candidate.ts'

/** Which company a debtor is, is written by one transaction after the other: a night must not undo what a person chooses meanwhile. */
export async function lockParty(tx: Db, debtorId: number): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('credit party'), ${debtorId}::int)`
}

/** Keeps a company that was found; returns its id. One that is known stays as it is. */
export async function storeCompany(tx: Db, { bureau, companyId: bureauId, country, name }: Candidate): Promise<number> {
  const { id } = await tx.creditCompany.upsert({
    where: { bureau_bureauId: { bureau, bureauId } },
    create: { bureau, bureauId, country, name },
    update: {},
    select: { id: true },
  })
  return id
}

/** Keeps which company a debtor was at another bureau, whose history stays its own; call it before the debtor is linked to one of this bureau. */
export async function keepFormer(tx: Db, clock: Clock, { debtorId, bureau }: { debtorId: number; bureau: string }): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "CreditFormerLink" ("debtorId", "companyId", "endedAt")
    SELECT l."debtorId", l."companyId", ${fromInstant(clock.now())} FROM "CreditLink" l JOIN "CreditCompany" c ON c.id = l."companyId"
    WHERE l."debtorId" = ${debtorId} AND c.bureau <> ${bureau} ON CONFLICT ("debtorId", "companyId") DO UPDATE SET "endedAt" = excluded."endedAt"`
}

/** `number`: by which the debtor is looked up; the choice holds as long as it stays the same. */
type Choice = { debtorId: number; number: string | null; staff: { id: number }; surface: string }

/** Makes a company that a person chose the debtor's own, with an audit entry that names the bureau and its key. */
export async function linkChosen(tx: Db, clock: Clock, { debtorId, number, staff, surface }: Choice, candidate: Candidate): Promise<void> {
  const by = `staff:${staff.id}`
  const row = { companyId: await storeCompany(tx, candidate), source: 'chosen', number, linkedBy: by, linkedAt: fromInstant(clock.now()) }
  await keepFormer(tx, clock, { debtorId, bureau: candidate.bureau })
  await tx.creditLink.upsert({ where: { debtorId }, create: { debtorId, ...row }, update: row })
  await tx.creditGap.deleteMany({ where: { debtorId } })
  const { bureau, companyId: bureauId } = candidate
  await recordAudit(tx, {
    actor: by,
    event: 'credit.company_chosen',
    subject: `debtor:${debtorId}`,
    detail: { company: row.companyId, bureau, bureauId, surface },
  })
}
