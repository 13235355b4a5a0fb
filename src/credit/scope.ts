import type { Temporal } from 'temporal-polyfill'
import { type Db, Prisma } from '#platform'
import { servedBy } from './bureaus/served-by.ts'
import type { CreditRules } from './rules.ts'

/** A debtor as far as finding its company goes. */
export type ScopedDebtor = {
  id: number
  number: string
  name: string
  country: string | null
  companyNumber: string | null
  companyNumberCourt: string | null
  companyNumberProblem: string | null
  vatNumber: string | null
  /** As the import gave it: of one that is not valid nothing else is kept. */
  vatNumberGiven: string | null
  /** Of the company that it is linked to, when there is one. */
  linkedNumber: string | null
  linkedMonitoring: string | null
  linkedBureau: string | null
}

const pageSize = 1000

/** An SQL condition on a debtor `d`: it is to be monitored. A person's own word goes before the scope of the settings. */
export const wantsMonitoring = (rules: CreditRules, today: Temporal.PlainDate): Prisma.Sql =>
  Prisma.sql`COALESCE((SELECT w.wanted FROM "CreditWish" w WHERE w."debtorId" = d.id), ${isInScope(rules, today)})`

/** An SQL condition on a debtor `d`: it is to be monitored, and that is a bureau's part, by its name in the settings. */
export const isMonitoredAt = (rules: CreditRules, today: Temporal.PlainDate, bureau: string): Prisma.Sql =>
  Prisma.sql`(${wantsMonitoring(rules, today)} AND ${servedBy(rules, bureau)})`

/** An SQL condition on a debtor `d`: the scope of the settings takes it in, whatever a person said. */
export function isInScope({ scope, receivablesDays, parties }: CreditRules, today: Temporal.PlainDate): Prisma.Sql {
  const byScope = {
    all: Prisma.sql`TRUE`,
    outstanding: Prisma.sql`EXISTS (SELECT 1 FROM "Invoice" i WHERE i."debtorId" = d.id AND i.status = 'open')`,
    recent: Prisma.sql`EXISTS (SELECT 1 FROM "Invoice" i WHERE i."debtorId" = d.id AND (i.status = 'open'
      OR i."closedOn" >= ${today.subtract({ days: receivablesDays }).toString()}::date))`,
  }[scope]
  // Suppliers and prospects owe nothing: what is open says nothing of them.
  return Prisma.sql`(d."partyType" = ANY(${parties}::text[]) AND (d."partyType" <> 'debtor' OR ${byScope}))`
}

/** The debtors that a bureau is to monitor, in the order of their ids. */
export async function* debtorsInScope(db: Db, rules: CreditRules, today: Temporal.PlainDate, bureau: string): AsyncIterable<ScopedDebtor> {
  for (let after = 0; ; ) {
    const page = await scopedDebtors(db, Prisma.sql`d.id > ${after} AND ${isMonitoredAt(rules, today, bureau)} ORDER BY d.id LIMIT ${pageSize}`)
    yield* page
    if (page.length < pageSize) return
    after = page.at(-1)?.id ?? after
  }
}

/** One debtor as far as finding its company goes, in scope or not. */
export const scopedDebtor = async (db: Db, id: number): Promise<ScopedDebtor | undefined> => (await scopedDebtors(db, Prisma.sql`d.id = ${id}`))[0]

/** Debtors as far as finding their companies goes; `where`: an SQL condition on a debtor `d`. */
export const scopedDebtors = (db: Db, where: Prisma.Sql): Promise<ScopedDebtor[]> => db.$queryRaw`
  SELECT d.id, d.number, d.name, d.country, d."companyNumber", d."companyNumberCourt", d."companyNumberProblem", d."vatNumber",
    d.imported ->> 'vatNumber' AS "vatNumberGiven", l.number AS "linkedNumber", c.monitoring AS "linkedMonitoring", c.bureau AS "linkedBureau"
  FROM "Debtor" d LEFT JOIN "CreditLink" l ON l."debtorId" = d.id LEFT JOIN "CreditCompany" c ON c.id = l."companyId"
  WHERE ${where}`
