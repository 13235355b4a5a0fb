import { debtorInSight } from '#people'
import { type Db, fromPlainDate, Prisma } from '#platform'
import type { ResultScope } from './channel-results.ts'

/**
 * How the promises went that were for days of the period. `takenBy`: the colleague who entered it, by id; `mail`: the debtor wrote it, and it was
 * approved; `unknown`: neither is on record. `open`: not judged yet. Those that were taken back are none.
 */
export type PromiseResult = { takenBy: { staffId: number } | 'mail' | 'unknown'; kept: number; partlyKept: number; broken: number; open: number }

type Row = { staffId: number | null; isMail: boolean; kept: number; partlyKept: number; broken: number; open: number }

/** Promises of the period by who took them, the most first. */
export async function readPromiseResults(db: Db, { context: { sight, today }, from, debtors }: ResultScope): Promise<PromiseResult[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT e."staffId", e.id IS NULL AND p."actionId" IS NOT NULL AS "isMail",
      ${count('kept')} AS kept, ${count('partly_kept')} AS "partlyKept", ${count('broken')} AS broken, ${count('open')} AS open
    FROM "PromiseToPay" p LEFT JOIN "DebtorEntry" e ON e."debtorId" = p."debtorId" AND e.kind = 'promise' AND e.status = 'done' AND (e.result ->> 'promiseId')::int = p.id
    WHERE p.status <> 'cancelled' AND p."promisedOn" BETWEEN ${fromPlainDate(from)}::date AND ${fromPlainDate(today)}::date
      AND ${debtorInSight(sight, Prisma.sql`p."debtorId"`)} AND ${debtors ? Prisma.sql`p."debtorId" = ANY(${[...debtors]}::int[])` : Prisma.sql`TRUE`}
    GROUP BY 1, 2 ORDER BY count(*) DESC, 1 NULLS LAST, 2`
  return rows.map(({ staffId, isMail, ...counts }) => ({ takenBy: staffId === null ? (isMail ? 'mail' : 'unknown') : { staffId }, ...counts }))
}

const count = (status: string) => Prisma.sql`(count(*) FILTER (WHERE p.status = ${status}))::int`
