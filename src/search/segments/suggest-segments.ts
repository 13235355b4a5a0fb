import { debtorRowInSight } from '#people'
import { type Db, Prisma } from '#platform'
import { largestSums, type SearchContext } from '../fields/field.ts'
import { balanceRows } from '../fields/ledger-fields.ts'
import { parseQuery } from '../query/parse-query.ts'
import { printQuery } from '../query/print-query.ts'
import { countDebtors } from '../search-debtors.ts'
import { legalFormKind } from './legal-form-kind.ts'
import { readSegments } from './segments.ts'

/** Why a segment is suggested: what it would gather, in figures of today. */
export type SuggestionReason =
  /** Its debtors owe this percentage of the whole balance. */
  | { kind: 'balance_share'; percent: number }
  /** These countries, or all others. */
  | { kind: 'region'; countries: string[]; inside: boolean }
  | { kind: 'legal_form'; forms: string[] }
  /** They paid late, broke promises, or have old items open. */
  | { kind: 'pays_late' }

export type SuggestedSegment = { key: string; title: string; query: string; priority: number; reason: SuggestionReason; debtors: number; ofAll: number }

type Draft = Omit<SuggestedSegment, 'debtors' | 'ofAll'>

const benelux = ['BE', 'NL', 'LU']
/** The largest debtors that owe this percentage together are large; up to the second they are medium. */
const [largeShare, mediumShare] = [80, 95]

/**
 * Segments that the portfolio suggests by size, region, legal form and behaviour, with the figures behind each. Those that would be
 * empty, or all of the portfolio, or that the settings have, are left out. A person accepts one with `acceptSegment`.
 */
export async function suggestSegments(db: Db, context: SearchContext): Promise<SuggestedSegment[]> {
  const known = await readSegments(db)
  const ofAll = await countDebtors(db, { kind: 'all' }, context)
  const drafts = [latePayers, ...(await sizes(db, context)), ...regions, ...(await legalForms(db, context))]
  const isNew = ({ key, query }: Draft) => known.every(segment => segment.key !== key && printQuery(segment.query) !== query)
  const suggested: SuggestedSegment[] = []
  for (const draft of drafts.filter(isNew)) {
    const parsed = parseQuery(draft.query)
    const debtors = parsed.kind === 'parsed' ? await countDebtors(db, parsed.query, context) : 0
    if (debtors > 0 && debtors < ofAll) suggested.push({ ...draft, debtors, ofAll })
  }
  return suggested
}

const latePayers: Draft = {
  key: 'late_payers',
  title: 'Late payers',
  query: 'overdue (days_late:>30 OR broken_promises:>=2 OR days_overdue:>90)',
  priority: 50,
  reason: { kind: 'pays_late' },
}

const regions: Draft[] = [
  { key: 'benelux', title: 'Benelux', query: 'country:BE,NL,LU', priority: 10, reason: { kind: 'region', countries: benelux, inside: true } },
  {
    key: 'international',
    title: 'International',
    query: '-country:none -country:BE,NL,LU',
    priority: 10,
    reason: { kind: 'region', countries: benelux, inside: false },
  },
]

async function sizes(db: Db, context: SearchContext): Promise<Draft[]> {
  const rows = await db.$queryRaw<{ balance: Prisma.Decimal; percent: number }[]>`
    SELECT owed.balance, (100 * sum(owed.balance) OVER (ORDER BY owed.balance DESC, owed.id) / NULLIF(sum(owed.balance) OVER (), 0))::float8 AS percent
    FROM (SELECT d.id, COALESCE(open.value, 0) AS balance FROM "Debtor" d LEFT JOIN (${largestSums(context, balanceRows)}) AS open ON open.id = d.id JOIN "Administration" administration ON administration.id = d."administrationId"
      WHERE NOT d.archived AND ${debtorRowInSight(context.sight, Prisma.raw('d'), Prisma.sql`administration.code`)}) AS owed
    WHERE owed.balance > 0 ORDER BY owed.balance DESC, owed.id`
  const from = (percent: number) => rows.find(row => row.percent >= percent)?.balance
  const [large, medium] = [from(largeShare), from(mediumShare)].map(balance => balance && roundedDown(balance))
  if (!large || !medium || medium.gte(large)) return []
  const percent = (least: Prisma.Decimal, below?: Prisma.Decimal) => shareOf(rows, least, below)
  return [
    draftOfSize('large', 'Large', `balance:>=${large.toFixed()}`, 30, percent(large)),
    draftOfSize('medium', 'Medium', `balance:>=${medium.toFixed()} balance:<${large.toFixed()}`, 20, percent(medium, large)),
    draftOfSize('small', 'Small', `balance:>0 balance:<${medium.toFixed()}`, 5, percent(new Prisma.Decimal(0), medium)),
  ]
}

const draftOfSize = (key: string, title: string, query: string, priority: number, percent: number): Draft => ({
  key,
  title,
  query,
  priority,
  reason: { kind: 'balance_share', percent },
})

const sumOf = (rows: { balance: Prisma.Decimal }[]): Prisma.Decimal => rows.reduce((total, { balance }) => total.add(balance), new Prisma.Decimal(0))

function shareOf(rows: { balance: Prisma.Decimal }[], least: Prisma.Decimal, below?: Prisma.Decimal): number {
  const inside = rows.filter(({ balance }) => balance.gte(least) && (!below || balance.lt(below)))
  return sumOf(inside).times(100).div(sumOf(rows)).round().toNumber()
}

/** To two leading digits, as a person would set a limit. */
const roundedDown = (amount: Prisma.Decimal): Prisma.Decimal => amount.toSignificantDigits(2, Prisma.Decimal.ROUND_DOWN)

async function legalForms(db: Db, context: SearchContext): Promise<Draft[]> {
  const rows = await db.$queryRaw<{ form: string }[]>`
    SELECT DISTINCT btrim(d."legalForm") AS form FROM "Debtor" d JOIN "Administration" administration ON administration.id = d."administrationId"
    WHERE NOT d.archived AND btrim(d."legalForm") <> '' AND ${debtorRowInSight(context.sight, Prisma.raw('d'), Prisma.sql`administration.code`)} ORDER BY 1`
  const titles = { company: 'Companies', sole_trader: 'Sole traders', private: 'Private persons' } as const
  return (['company', 'sole_trader', 'private'] as const).flatMap((kind): Draft[] => {
    const forms = rows.map(({ form }) => form).filter(form => legalFormKind(form) === kind)
    if (forms.length === 0) return []
    const query = printQuery({ kind: 'field', name: 'legal_form', test: { op: 'is', values: forms } })
    return [{ key: kind, title: titles[kind], query, priority: 1, reason: { kind: 'legal_form', forms } }]
  })
}
