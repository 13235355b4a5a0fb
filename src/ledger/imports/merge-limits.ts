import { bulk, type Merge } from './merge.ts'

const changed = 'pg_temp.staged_limit'

const gives = ({ reader }: Merge): boolean => reader.has('credit_limit') || reader.has('insured_limit')

/** Notes which imported limits are others than last time, before the debtors' own rows are brought up to date. */
export async function findChangedLimits(merge: Merge): Promise<void> {
  if (!gives(merge)) return
  // A limit that was never imported and is not in this file either is no change.
  await bulk(
    merge.tx,
    `CREATE TEMP TABLE staged_limit ON COMMIT DROP AS
    SELECT s.adm, s.number, k.kind, k.amount, s.limit_currency AS currency, k.insurer
    FROM ${merge.table('debtor')} s LEFT JOIN "Debtor" d ON d."administrationId" = s.adm AND d.number = s.number
      CROSS JOIN LATERAL (VALUES ('internal', 'creditLimit', s.credit_limit, NULL), ('insured', 'insuredLimit', s.insured_limit, s.insurer)) AS k(kind, key, amount, insurer)
    WHERE s.imported ? k.key AND s.imported ->> k.key IS DISTINCT FROM d.imported ->> k.key`,
  )
}

/** Puts the imported limits that changed in the place of those that stand, whoever set these; each stays as a row of the history. */
export async function mergeLimits(merge: Merge): Promise<void> {
  if (!gives(merge)) return
  const { tx, now } = merge
  const ofDebtor = `FROM ${changed} s JOIN "Debtor" d ON d."administrationId" = s.adm AND d.number = s.number`
  await bulk(tx, `UPDATE "DebtorLimit" l SET "endedAt" = '${now}' ${ofDebtor} WHERE l."debtorId" = d.id AND l.kind = s.kind AND l."endedAt" IS NULL`)
  await bulk(
    tx,
    `INSERT INTO "DebtorLimit" ("debtorId", kind, amount, currency, source, insurer, "setAt")
    SELECT d.id, s.kind, s.amount, s.currency, 'import', s.insurer, '${now}' ${ofDebtor} WHERE s.amount IS NOT NULL`,
  )
}
