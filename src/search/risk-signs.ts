import { type RiskSign, riskSigns } from '#people'
import type { Db } from '#platform'
import type { SearchContext } from './fields/field.ts'
import { parseQuery } from './query/parse-query.ts'
import type { Query } from './query/query.ts'
import { whyItFits } from './why-it-fits.ts'

/** What each sign is, as a search that anybody can type. */
const searches: Record<RiskSign, string> = {
  long_overdue: 'days_overdue:>90',
  pays_late: 'days_late:>30',
  broken_promise: 'broken_promise',
  dispute: 'dispute',
}

/** The signs of risk that the ledger knows of a debtor; none for a debtor out of sight. */
export async function riskSignsOf(db: Db, context: SearchContext, debtorId: number): Promise<RiskSign[]> {
  const reasons = await whyItFits(db, riskSigns.map(queryOf), context, debtorId)
  return riskSigns.filter((_sign, index) => reasons?.[index])
}

function queryOf(sign: RiskSign): Query {
  const parsed = parseQuery(searches[sign])
  if (parsed.kind === 'problem') throw new Error(`the search of the risk ${sign} cannot be read`)
  return parsed.query
}
