import { type Clock, type DbClient, DuncanError, errorText, type Log } from '#platform'
import { type GapReason, identify } from '../identify.ts'
import { asCandidates, type Candidate } from '../parties/candidate.ts'
import { companyQuery, type TypedCompany } from '../parties/company-query.ts'
import type { CreditRules } from '../rules.ts'
import { scopedDebtor } from '../scope.ts'
import { type Bureau, BureauError, type FoundCompany } from './bureau.ts'
import type { NumberRules } from './number-rules.ts'

/** `off`: switched off in the settings. `away`: the bureau gave no answer; the next night asks by itself. */
type Asked<T> = { kind: 'told'; told: T } | { kind: 'off' } | { kind: 'away' }

/** What people ask of a bureau while they wait. Searches are free; no report is ordered. */
export type AskBureau = {
  findCompanies: (typed: TypedCompany) => Promise<Asked<Candidate[]>>
  /** Looks for the company of one debtor by its number, as a night would. `unknown`: there is no such debtor. */
  identifyDebtor: (debtorId: number) => Promise<Asked<'linked' | GapReason | 'unknown'>>
}

type AskDeps = {
  client: DbClient
  clock: Clock
  log: Log
  rules: () => Promise<CreditRules>
  /** Throws DuncanError when there is no login. */
  bureauFor: (country: string | null, rules: CreditRules) => Bureau
  numbersOf: (rules: CreditRules) => NumberRules
}

export function createAskBureau({ client, clock, log, rules, bureauFor, numbersOf }: AskDeps): AskBureau {
  async function ask<T>(work: (current: CreditRules) => Promise<T>): Promise<Asked<T>> {
    const current = await rules()
    if (!current.on) return { kind: 'off' }
    try {
      return { kind: 'told', told: await work(current) }
    } catch (error) {
      if (!(error instanceof BureauError || error instanceof DuncanError)) throw error
      log.warn({ problem: errorText(error) }, 'a credit bureau could not be asked for a person')
      return { kind: 'away' }
    }
  }

  return {
    findCompanies: typed =>
      ask(async current => {
        const bureau = bureauFor(typed.country, current)
        const found = await bureau.find(companyQuery(numbersOf(current), typed)).catch(nothingOfIt)
        return asCandidates(bureau, found)
      }),
    identifyDebtor: debtorId =>
      ask(async current => {
        const debtor = await scopedDebtor(client, debtorId)
        if (!debtor) return 'unknown'
        return identify({ client, clock, bureau: bureauFor(debtor.country, current), rules: current, numbers: numbersOf(current) }, debtor)
      }),
  }
}

/** What a bureau does not take as a question, such as a name of one letter, finds nothing; every other fault is one. */
function nothingOfIt(error: unknown): FoundCompany[] {
  if (error instanceof BureauError && error.problem === 'rejected') return []
  throw error
}
