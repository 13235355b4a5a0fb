import { searchName } from '#ledger'
import { type Clock, type Db, type DbClient, fromInstant } from '#platform'
import type { Bureau, FoundCompany } from './bureaus/bureau.ts'
import type { NumberRules } from './bureaus/number-rules.ts'
import { bureauOf } from './bureaus/served-by.ts'
import { forgetDeclined } from './gaps/declined.ts'
import { asCandidates, type Candidate, candidatesOf } from './parties/candidate.ts'
import { keepFormer, lockParty, storeCompany } from './parties/link-company.ts'
import type { CreditRules } from './rules.ts'
import type { ScopedDebtor } from './scope.ts'

export type IdentifyDeps = { client: DbClient; clock: Clock; bureau: Bureau; rules: CreditRules; numbers: NumberRules }

export const gapReasons = ['no_country', 'no_number', 'bad_number', 'not_covered', 'not_found', 'several', 'gone'] as const
/** Why a debtor's company is not monitored. */
export type GapReason = (typeof gapReasons)[number]

// A number that nobody knew may be registered by then; nightly it would only cost calls.
const againAfterDays = 7

/** The number that a debtor's company is looked up by, or why it cannot be; nobody is asked for it. */
export function lookUpKey(
  { country, ...debtor }: Pick<ScopedDebtor, 'country' | 'companyNumber' | 'companyNumberProblem' | 'vatNumber' | 'vatNumberGiven'>,
  { rules, numbers }: Pick<IdentifyDeps, 'rules' | 'numbers'>,
): { country: string; key: string } | { reason: GapReason; detail?: string } {
  if (!country) return { reason: 'no_country' }
  if (bureauOf(rules, country) === undefined) return { reason: 'not_covered' }
  const key = numbers.keyOf(country, debtor)
  if (key) return { country, key }
  if (debtor.companyNumberProblem) return { reason: 'bad_number', detail: debtor.companyNumberProblem }
  const wrongVat = debtor.vatNumberGiven ? numbers.keyOf(country, { companyNumber: null, vatNumber: debtor.vatNumberGiven }) : undefined
  return wrongVat ? { reason: 'bad_number', detail: `not a valid VAT number of ${country}` } : { reason: 'no_number' }
}

/**
 * Which company a debtor is, by its number: links the two, or keeps why it cannot be told. What a person chose stays while the number
 * does. Asks the bureau only for what nobody asked before. Throws BureauError.
 */
export async function identify({ client, clock, bureau, rules, numbers }: IdentifyDeps, debtor: ScopedDebtor): Promise<'linked' | GapReason> {
  const { linkedMonitoring } = debtor
  const number = (debtor.country && numbers.keyOf(debtor.country, debtor)) || null
  if (linkedMonitoring && debtor.linkedBureau === bureau.name && debtor.linkedNumber === number) return linkedMonitoring === 'gone' ? gap('gone') : 'linked'

  const told = lookUpKey(debtor, { rules, numbers })
  if ('reason' in told) return gap(told.reason, told.detail === undefined ? {} : { detail: told.detail })
  const { country, key } = told

  const isShared = numbers.isShared(country)
  const twin = isShared ? null : await client.creditLink.findFirst({ where: { number: key, source: 'number', company: { bureau: bureau.name, country } } })
  if (twin) return linkTo(async () => twin.companyId)
  const known = await client.creditGap.findUnique({ where: { debtorId: debtor.id } })
  const isYoung = bureau.isPaid && known && clock.now().epochMilliseconds - known.checkedAt.getTime() < againAfterDays * 86_400_000
  if (known?.number === key && isYoung && (known.reason === 'not_found' || known.reason === 'several')) return known.reason

  const found = await bureau.find(numbers.query(country, key))
  const chosen = theOne(found)
  if (chosen) return linkTo(async tx => storeCompany(tx, { ...chosen, bureau: bureau.name }))
  return gap(found.length === 0 ? 'not_found' : 'several', { candidates: asCandidates(bureau, found) })

  /** The company of the number. Where several registers count by the same numbers, the name must agree, too. */
  function theOne(companies: FoundCompany[]): FoundCompany | undefined {
    const same = companies.filter(company => numbers.isSame(company.country, key, company))
    const sure = isShared ? same.filter(({ name }) => searchName(name) === searchName(debtor.name)) : same
    if (sure.length <= 1) return sure[0]
    const seats = sure.filter(({ isHeadOffice }) => isHeadOffice)
    return seats.length === 1 ? seats[0] : undefined
  }

  async function linkTo(company: (tx: Db) => Promise<number>): Promise<'linked'> {
    await settle(async tx => {
      const row = { companyId: await company(tx), source: 'number', number, linkedBy: 'duncan', linkedAt: fromInstant(clock.now()) }
      await keepFormer(tx, clock, { debtorId: debtor.id, bureau: bureau.name })
      await tx.creditLink.upsert({ where: { debtorId: debtor.id }, create: { debtorId: debtor.id, ...row }, update: row })
      await tx.creditGap.deleteMany({ where: { debtorId: debtor.id } })
    })
    return 'linked'
  }

  async function gap(why: GapReason, { detail, candidates = [] }: { detail?: string; candidates?: Candidate[] } = {}): Promise<GapReason> {
    let reason = why
    await settle(async tx => {
      const before = await tx.creditGap.findUnique({ where: { debtorId: debtor.id } })
      // What a person found by the name is not lost because the number finds nothing once more.
      const kept = candidates.length === 0 && before?.number === number ? candidatesOf(before.candidates) : candidates
      if (kept.length > 0) reason = 'several'
      const row = { reason, detail: detail ?? null, candidates: kept, number, checkedAt: fromInstant(clock.now()) }
      await tx.creditGap.upsert({ where: { debtorId: debtor.id }, create: { debtorId: debtor.id, ...row }, update: { ...row, ...forgetDeclined(before, row) } })
      // The company of a number that is no longer the debtor's is not its company.
      await tx.$executeRaw`DELETE FROM "CreditLink" WHERE "debtorId" = ${debtor.id} AND number IS DISTINCT FROM ${number}`
    })
    return reason
  }

  /** Writes what came of it, unless a person chose the company meanwhile. */
  async function settle(write: (tx: Db) => Promise<void>): Promise<void> {
    await client.$transaction(async tx => {
      await lockParty(tx, debtor.id)
      const isChosen = linkedMonitoring === null && (await tx.creditLink.count({ where: { debtorId: debtor.id, source: 'chosen', number } })) > 0
      if (!isChosen) await write(tx)
    })
  }
}
