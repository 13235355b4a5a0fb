import { insuranceClock } from '#credit'
import { Prisma } from '#platform'
import { weightedRows } from '../risk/risk-weights.ts'
import { type AmountRows, among, amountOf, flagAmong, type SearchContext, type SearchField, sqlDay, type ValueField } from './field.ts'
import { balanceRows } from './ledger-fields.ts'

/** Rows of a debtor's id and what a bureau says of a criterion of its company; `value` reads the row `v` of "CreditValue". */
const told = (criterion: string, value: Prisma.Sql) => ({
  debtorId: Prisma.sql`l."debtorId"`,
  value,
  from: Prisma.sql`"CreditLink" l JOIN "CreditValue" v ON v."companyId" = l."companyId"`,
  where: Prisma.sql`v.criterion = ${criterion}`,
})

const company = Prisma.sql`"CreditLink" l JOIN "CreditCompany" c ON c.id = l."companyId"`
const number = Prisma.sql`(v.value->>'number')::numeric`
const words = Prisma.sql`COALESCE(v.value->>'key', v.value->>'text')`

const numberOf = (name: string, criterion: string, help: string, example: string): ValueField =>
  among({ name, type: 'number', help, example }, () => told(criterion, number))

/** How many there are of something that should not be; its name alone asks for at least one. */
const countOf = (name: string, help: string, example: string): ValueField => ({ ...numberOf(name, name, help, example), bare: true })

const limitRows: AmountRows = (_context, scope) => Prisma.sql`
  SELECT l."debtorId" AS id, v.value->>'currency' AS currency, (v.value->>'amount')::numeric AS amount
  FROM "CreditLink" l JOIN "CreditValue" v ON v."companyId" = l."companyId"
  WHERE v.criterion = 'credit_limit' AND v.value->>'is' = 'money' AND v.value->>'currency' IS NOT NULL AND ${scope(Prisma.sql`l."debtorId"`)}`

/**
 * By debtor `id` what is open and ordered in percent of the limit that a bureau advises, as `value`: in the limit's own currency alone,
 * since one day's rate must not make a limit look used. Of a limit of 0 anything is infinitely much. `scope` as in AmountRows.
 */
export const limitUse = (context: SearchContext, scope: Parameters<AmountRows>[1]): Prisma.Sql => Prisma.sql`
  SELECT sums.id, CASE WHEN COALESCE(sums.owed, 0) <= 0 THEN 0 WHEN sums.advised = 0 THEN 'Infinity' ELSE round(100 * sums.owed / sums.advised, 1) END AS value
  FROM (SELECT x.id, max(x.advised) AS advised, sum(x.owed) AS owed FROM (
    SELECT a.id, a.currency, a.amount AS advised, NULL::numeric AS owed FROM (${limitRows(context, scope)}) AS a
    UNION ALL SELECT b.id, b.currency::text, NULL, b.amount FROM (${balanceRows(context, scope)}) AS b
    UNION ALL SELECT o."debtorId", o.currency::text, NULL, o.amount FROM "Order" o WHERE o.status = 'open' AND ${scope(Prisma.sql`o."debtorId"`)}) AS x
    GROUP BY x.id, x.currency) AS sums WHERE sums.advised IS NOT NULL`

/**
 * By company the score before the first change of the last `days` days, less the score now, as `value`: what fell and recovered is no
 * drop. Only within one scale, and not on an index, where low is good.
 */
const drops = ({ today, timeZone }: SearchContext, days: number): Prisma.Sql => Prisma.sql`
  SELECT v."companyId", (first.before->>'number')::numeric - ${number} AS value
  FROM (SELECT DISTINCT ON (c."companyId") c."companyId", c.before FROM "CreditChange" c
    WHERE c.criterion = 'score' AND c.before IS NOT NULL AND c.at >= (${sqlDay(today)} - ${days}::int)::timestamp AT TIME ZONE ${timeZone}::text
    ORDER BY c."companyId", c.at, c.id) AS first
  JOIN "CreditValue" v ON v."companyId" = first."companyId" AND v.criterion = 'score'
  WHERE COALESCE(first.before->>'max', v.value->>'max', '') = COALESCE(v.value->>'max', '')
    AND ((v.value->>'max')::numeric < (v.value->>'min')::numeric) IS NOT TRUE`

const scoreDrop = (name: string, days: number): ValueField =>
  among({ name, type: 'number', help: `points that the score fell in the last ${days} days`, example: `${name}:>10` }, context => ({
    debtorId: Prisma.sql`l."debtorId"`,
    value: Prisma.sql`fall.value`,
    from: Prisma.sql`(${drops(context, days)}) AS fall JOIN "CreditLink" l ON l."companyId" = fall."companyId"`,
    where: Prisma.sql`TRUE`,
  }))

const gapReasons = ['no_country', 'no_number', 'bad_number', 'not_covered', 'not_found', 'several', 'gone'] as const
const gap = among(
  {
    name: 'not_monitored',
    type: 'choice',
    choices: gapReasons,
    help: 'why its company is not watched; alone: for any reason',
    example: 'not_monitored:bad_number',
  },
  () => ({ debtorId: Prisma.sql`g."debtorId"`, value: Prisma.sql`g.reason`, from: Prisma.sql`"CreditGap" g`, where: Prisma.sql`TRUE` }),
)
/** Only its name alone compares: reasons have no more and no less. */
const notMonitored: ValueField = {
  ...gap,
  bare: true,
  holds: (context, where, test) => gap.holds(context, test.op === '>' ? () => Prisma.sql`TRUE` : where, test),
}

/** What credit bureaus say of a debtor's company. Nothing fits where none has been asked. */
export const creditFields: readonly SearchField[] = [
  among({ name: 'rating', type: 'code', help: 'a letter from A to E, or one of the bureau’s own', example: 'rating:D,E' }, () => ({
    debtorId: Prisma.sql`l."debtorId"`,
    value: Prisma.sql`said.letter`,
    from: Prisma.sql`(SELECT v."companyId", v.value->>'text' AS letter FROM "CreditValue" v WHERE v.criterion IN ('international_rating', 'rating')
      UNION SELECT c.id, c."ratingClass" FROM "CreditCompany" c) AS said JOIN "CreditLink" l ON l."companyId" = said."companyId"`,
    where: Prisma.sql`said.letter IS NOT NULL`,
  })),
  numberOf('score', 'score', 'on the bureau’s own scale', 'score:<40'),
  among({ name: 'normalised_score', type: 'number', help: 'of any bureau on 0 to 100, 100 is best', example: 'normalised_score:<30' }, () => ({
    debtorId: Prisma.sql`l."debtorId"`,
    value: Prisma.sql`c."normalisedScore"`,
    from: company,
    where: Prisma.sql`TRUE`,
  })),
  scoreDrop('score_drop', 90),
  scoreDrop('score_drop_30d', 30),
  scoreDrop('score_drop_7d', 7),
  amountOf(
    { name: 'exposure_at_risk', help: 'all that is open by its weight of risk; alone: more than 0', example: 'exposure_at_risk:>5k', bare: true },
    weightedRows,
  ),
  amountOf({ name: 'credit_limit', help: 'advised by the bureau', example: 'credit_limit:<10k' }, limitRows, null),
  among(
    { name: 'limit_used', type: 'number', help: 'open items and orders in percent of that limit, in its own currency', example: 'limit_used:>80' },
    context => ({
      debtorId: Prisma.sql`u.id`,
      value: Prisma.sql`u.value`,
      from: Prisma.sql`(${limitUse(context, id => (context.only === undefined ? Prisma.sql`TRUE` : Prisma.sql`${id} = ${context.only}`))}) AS u`,
      where: Prisma.sql`TRUE`,
    }),
  ),
  numberOf('dbt', 'days_beyond_terms', 'days that it pays others late, as the bureau knows', 'dbt:>20'),
  countOf('judgments', 'registered judgments; alone: at least one', 'judgments:>1'),
  countOf('privileges', 'registered tax and social debts; alone: at least one', 'privileges:>1'),
  flagAmong('insolvency', 'the bureau reports an insolvency', () => {
    const rows = told('insolvency', words)
    return { ...rows, where: Prisma.sql`${rows.where} AND v.value->>'is' <> 'none'` }
  }),
  among({ name: 'company_status', type: 'code', help: 'the bureau’s word for it', example: 'company_status:NonActive' }, () => told('status', words)),
  flagAmong('monitored', 'its company is watched at a bureau', () => ({
    debtorId: Prisma.sql`l."debtorId"`,
    from: company,
    where: Prisma.sql`c.monitoring = 'monitored'`,
  })),
  notMonitored,
  among(
    {
      name: 'insurance',
      type: 'choice',
      choices: ['insured', 'due', 'past', 'reported'],
      help: 'due or past: by the policy something must be reported or handed over soon, or had to be',
      example: 'insurance:due,past',
    },
    context => ({
      debtorId: Prisma.sql`i."debtorId"`,
      value: Prisma.sql`i.state`,
      from: Prisma.sql`(SELECT c."debtorId", 'insured' AS state FROM "InsuredDebtor" c UNION ALL
        SELECT k."debtorId", s.state FROM (${insuranceClock(context.today, id => (context.only === undefined ? Prisma.sql`TRUE` : Prisma.sql`${id} = ${context.only}`))}) AS k
        CROSS JOIN LATERAL (VALUES (k.report), (k."handOver"), (CASE WHEN k."isReported" THEN 'reported' END)) AS s(state) WHERE s.state IN ('due', 'past', 'reported')) AS i`,
      where: Prisma.sql`TRUE`,
    }),
  ),
  among({ name: 'stance', type: 'code', help: 'how the decision matrix would deal with it', example: 'stance:reduce,stop' }, () => ({
    debtorId: Prisma.sql`p."debtorId"`,
    value: Prisma.sql`p.stance`,
    from: Prisma.sql`"CreditPosition" p`,
    where: Prisma.sql`TRUE`,
  })),
  among({ name: 'scorecard', type: 'number', help: 'its newest result on your own scorecard, 0 to 100', example: 'scorecard:<40' }, () => ({
    debtorId: Prisma.sql`s."debtorId"`,
    value: Prisma.sql`s.score`,
    from: Prisma.sql`(SELECT DISTINCT ON (r."debtorId") r."debtorId", r.score FROM "CreditScore" r ORDER BY r."debtorId", r.at DESC, r.id DESC) AS s`,
    where: Prisma.sql`TRUE`,
  })),
  among({ name: 'tag', type: 'code', help: 'what people know of it beside all figures', example: 'tag:sector_crisis' }, () => ({
    debtorId: Prisma.sql`t."debtorId"`,
    value: Prisma.sql`t.tag`,
    from: Prisma.sql`"CreditTag" t`,
    where: Prisma.sql`TRUE`,
  })),
]
