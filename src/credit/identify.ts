import { searchName } from '#ledger'
import { type Clock, type Db, type DbClient, fromInstant } from '#platform'
import type { Bureau, FoundCompany } from './bureau.ts'
import type { NumberRules } from './number-rules.ts'
import type { CreditRules } from './rules.ts'
import type { ScopedDebtor } from './scope.ts'

export type IdentifyDeps = { client: DbClient; clock: Clock; bureau: Bureau; rules: CreditRules; numbers: NumberRules }

export type GapReason = 'no_country' | 'no_number' | 'bad_number' | 'not_covered' | 'not_found' | 'several' | 'gone'

// A number that nobody knew may be registered by then; nightly it would only cost calls.
const againAfterDays = 7

/** Which company a debtor is, by its number: links the two, or keeps why it cannot be told. Asks the bureau only for what nobody asked before. Throws BureauError. */
export async function identify({ client, clock, bureau, rules, numbers }: IdentifyDeps, debtor: ScopedDebtor): Promise<'linked' | GapReason> {
  const { country } = debtor
  const key = country ? numbers.keyOf(country, debtor) : undefined
  const { linkedMonitoring } = debtor
  if (linkedMonitoring && debtor.linkedNumber === (key ?? null)) return linkedMonitoring === 'gone' ? gap('gone') : 'linked'

  if (!country) return gap('no_country')
  if (rules.notCovered.includes(country)) return gap('not_covered')
  if (!key) return debtor.companyNumberProblem ? gap('bad_number', { detail: debtor.companyNumberProblem }) : gap('no_number')

  const isShared = numbers.isShared(country)
  const twin = isShared ? null : await client.creditLink.findFirst({ where: { number: key, company: { bureau: bureau.name, country } } })
  if (twin) return linkTo(twin.companyId)
  const known = await client.creditGap.findUnique({ where: { debtorId: debtor.id } })
  const isYoung = known && clock.now().epochMilliseconds - known.checkedAt.getTime() < againAfterDays * 86_400_000
  if (known?.number === key && isYoung && (known.reason === 'not_found' || known.reason === 'several')) return known.reason

  const found = await bureau.find(numbers.query(country, key))
  const chosen = theOne(found, key)
  if (!chosen) return gap(found.length === 0 ? 'not_found' : 'several', { candidates: found })
  return linkTo(await storeCompany(client, bureau.name, chosen))

  /** The company of the number. Where several registers count by the same numbers, the name must agree, too. */
  function theOne(companies: FoundCompany[], number: string): FoundCompany | undefined {
    const same = companies.filter(company => numbers.isSame(company.country, number, company))
    const sure = isShared ? same.filter(({ name }) => searchName(name) === searchName(debtor.name)) : same
    if (sure.length <= 1) return sure[0]
    const seats = sure.filter(({ isHeadOffice }) => isHeadOffice)
    return seats.length === 1 ? seats[0] : undefined
  }

  async function linkTo(companyId: number): Promise<'linked'> {
    const row = { companyId, source: 'number', number: key ?? null, linkedBy: 'duncan', linkedAt: fromInstant(clock.now()) }
    await client.$transaction([
      client.creditLink.upsert({ where: { debtorId: debtor.id }, create: { debtorId: debtor.id, ...row }, update: row }),
      client.creditGap.deleteMany({ where: { debtorId: debtor.id } }),
    ])
    return 'linked'
  }

  async function gap(reason: GapReason, { detail, candidates = [] }: { detail?: string; candidates?: FoundCompany[] } = {}): Promise<GapReason> {
    const row = {
      reason,
      detail: detail ?? null,
      candidates,
      number: key ?? null,
      checkedAt: fromInstant(clock.now()),
    }
    await client.$transaction([
      client.creditGap.upsert({ where: { debtorId: debtor.id }, create: { debtorId: debtor.id, ...row }, update: row }),
      // The company of a number that is no longer the debtor's is not its company.
      client.creditLink.deleteMany({ where: { debtorId: debtor.id, NOT: { number: key ?? null } } }),
    ])
    return reason
  }
}

/** Keeps a found company; returns its id. */
async function storeCompany(db: Db, bureau: string, { companyId: bureauId, country, name }: FoundCompany): Promise<number> {
  const { id } = await db.creditCompany.upsert({
    where: { bureau_bureauId: { bureau, bureauId } },
    create: { bureau, bureauId, country, name },
    update: {},
    select: { id: true },
  })
  return id
}
