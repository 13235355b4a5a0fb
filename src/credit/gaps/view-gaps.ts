import type { Temporal } from 'temporal-polyfill'
import { type AgedBalance, agingByDebtor, checkCompanyNumber, checkVatNumber, type NumberFault } from '#ledger'
import { debtorRowInSight, type Sight } from '#people'
import { type Db, Prisma } from '#platform'
import type { GapReason } from '../identify.ts'
import type { CreditRules } from '../rules.ts'
import { wantsMonitoring } from '../scope.ts'

/** A debtor that is to be monitored and is not. */
export type GapLine = {
  debtorId: number
  number: string
  name: string
  administration: string
  reason: GapReason
  /** Of a number that is not valid, what is wrong with it. */
  fault: NumberFault | undefined
  /** How many companies it may be. */
  candidates: number
  balances: AgedBalance[]
}

export type GapList = { inScope: number; total: number; reasons: { reason: GapReason; count: number }[]; lines: GapLine[] }

export type GapsDeps = { db: Db; rules: CreditRules; today: Temporal.PlainDate; sight: Sight }
type GapsAsked = { administrationId?: number | undefined; reason?: GapReason | undefined; limit: number; offset?: number }

/** SQL: debtors `d` of administrations `a` that are to be monitored, with what each owes in its administration's own currency, its gap `g` where it has one. */
const inScope = ({ rules, today, sight }: Omit<GapsDeps, 'db'>, administrationId: number | undefined): Prisma.Sql => Prisma.sql`
  "Debtor" d JOIN "Administration" a ON a.id = d."administrationId" LEFT JOIN "CreditGap" g ON g."debtorId" = d.id
  WHERE ${wantsMonitoring(rules, today)} AND ${debtorRowInSight(sight, Prisma.raw('d'), Prisma.sql`a.code`)}
    AND ${administrationId === undefined ? Prisma.sql`TRUE` : Prisma.sql`a.id = ${administrationId}`}`

// What is owed in other currencies weighs nothing here: without a rate it cannot be compared.
const mostOwed = Prisma.sql`(SELECT COALESCE(sum(i."openAmount"), 0) FROM "Invoice" i
  WHERE i."debtorId" = d.id AND i.status = 'open' AND i.currency = a.currency) DESC, d.number, d.id`

/** The debtors in sight that should be monitored and are not, by reason; of each administration those that owe most come first. */
export async function viewGaps({ db, ...scope }: GapsDeps, { administrationId, reason, limit, offset = 0 }: GapsAsked): Promise<GapList> {
  const from = inScope(scope, administrationId)
  const counts = await db.$queryRaw<{ reason: GapReason | null; count: number }[]>`
    SELECT g.reason, count(*)::int AS count FROM ${from} GROUP BY 1 ORDER BY 2 DESC, 1`
  const reasons = counts.flatMap(({ reason: why, count }) => (why === null ? [] : [{ reason: why, count }]))
  const rows = await db.$queryRaw<(Omit<GapLine, 'fault' | 'balances'> & NumberAsGiven)[]>`
    SELECT d.id AS "debtorId", d.number, d.name, a.name AS administration, g.reason, d.country, d."companyNumberGiven", d."companyNumberProblem",
      d.imported ->> 'vatNumber' AS "vatNumberGiven", jsonb_array_length(g.candidates) AS candidates
    FROM ${from} AND g.reason IS NOT NULL AND ${reason === undefined ? Prisma.sql`TRUE` : Prisma.sql`g.reason = ${reason}`}
    ORDER BY a.code, ${mostOwed} LIMIT ${limit} OFFSET ${offset}`
  const balances = await agingByDebtor(db, scope.today, { debtorIds: rows.map(({ debtorId }) => debtorId) })
  return {
    inScope: counts.reduce((sum, { count }) => sum + count, 0),
    total: reasons.filter(each => reason === undefined || each.reason === reason).reduce((sum, { count }) => sum + count, 0),
    reasons,
    lines: rows.map(({ debtorId, number, name, administration, reason: why, candidates, ...given }) => ({
      debtorId,
      number,
      name,
      administration,
      reason: why,
      fault: why === 'bad_number' ? faultOf(given) : undefined,
      candidates,
      balances: balances.get(debtorId) ?? [],
    })),
  }
}

type NumberAsGiven = { country: string | null; companyNumberGiven: string | null; companyNumberProblem: string | null; vatNumberGiven: string | null }

function faultOf({ country, companyNumberGiven, companyNumberProblem, vatNumberGiven }: NumberAsGiven): NumberFault | undefined {
  const checked = companyNumberProblem ? checkCompanyNumber(country, companyNumberGiven ?? '') : checkVatNumber(country, vatNumberGiven ?? '')
  return 'fault' in checked ? checked.fault : undefined
}

/**
 * The debtors of an administration whose company a person has to look at: none or several were found, and nobody said that none of them
 * is it. Those that owe most come first.
 */
export async function reviewsWaiting({ db, ...scope }: Omit<GapsDeps, 'sight'>, administrationId: number): Promise<number[]> {
  const sight: Sight = { administrations: 'all', mailboxes: 'all' }
  const rows = await db.$queryRaw<{ id: number }[]>`
    SELECT d.id FROM ${inScope({ ...scope, sight }, administrationId)} AND g.reason IN ('not_found', 'several') AND g.declined IS NULL ORDER BY ${mostOwed}`
  return rows.map(({ id }) => id)
}
