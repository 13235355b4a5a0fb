import { checkCompanyNumber, checkVatNumber, createDebtor, type PartyType } from '#ledger'
import { type Clock, type Db, type DbClient, recordAudit } from '#platform'
import type { NumberRules } from '../bureaus/number-rules.ts'
import type { Candidate } from './candidate.ts'
import { linkChosen, lockParty } from './link-company.ts'

export type NewParty = {
  company: Candidate
  administrationId: number
  partyType: PartyType
  /** Empty: the next free one. */
  number: string
  name: string
  staff: { id: number }
  surface: string
}

export type AddOutcome =
  | { kind: 'added'; debtorId: number; number: string }
  /** The company is a debtor of that administration already; nothing was added. */
  | { kind: 'exists'; debtorId: number; number: string }
  | { kind: 'number_taken' }

export type PartyLink = Pick<NewParty, 'company' | 'staff' | 'surface'> & { debtorId: number }

type PartyDeps = { client: DbClient; clock: Clock; numbers: NumberRules }

/** Adds a debtor, prospect or supplier from a company that somebody found, linked to it from the start; a second one in one administration is refused. */
export async function addParty({ client, clock, numbers }: PartyDeps, party: NewParty): Promise<AddOutcome> {
  const { company, administrationId, partyType, number, name, staff, surface } = party
  const { country, address = null } = company
  const checked = checkCompanyNumber(country, company.registrationNumber ?? '')
  const vat = company.vatNumbers.map(each => checkVatNumber(country, each)).find(each => 'number' in each)
  const companyNumber = 'number' in checked ? checked.number : null
  const vatNumber = vat && 'number' in vat ? vat.number : null
  return client.$transaction(async (tx): Promise<AddOutcome> => {
    // Two people who add one company at the same time add it once.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('new parties'), ${administrationId}::int)`
    const standing = await partyOf(tx, administrationId, company, companyNumber)
    if (standing) return { kind: 'exists', debtorId: standing.id, number: standing.number }
    const identity = { country, companyNumber, companyNumberCourt: 'court' in checked ? (checked.court ?? null) : null, vatNumber, address }
    const created = await createDebtor(tx, { administrationId, partyType, number, name, ...identity })
    if (created.kind !== 'created') return created
    const { debtorId } = created
    const { bureau, companyId: bureauId } = company
    await recordAudit(tx, {
      actor: `staff:${staff.id}`,
      event: 'debtor.created',
      subject: `debtor:${debtorId}`,
      detail: { administration: administrationId, partyType, source: bureau, bureauId, surface },
    })
    await linkChosen(tx, clock, { debtorId, number: numbers.keyOf(country, { companyNumber, vatNumber }) ?? null, staff, surface }, company)
    return { kind: 'added', debtorId, number: created.number }
  })
}

/** Links a debtor that is there already to a company that somebody found; false when there is no such debtor. */
export async function linkParty({ client, clock, numbers }: PartyDeps, { debtorId, company, staff, surface }: PartyLink): Promise<boolean> {
  return client.$transaction(async tx => {
    await lockParty(tx, debtorId)
    const debtor = await tx.debtor.findUnique({ where: { id: debtorId } })
    if (!debtor) return false
    const number = (debtor.country && numbers.keyOf(debtor.country, debtor)) || null
    await linkChosen(tx, clock, { debtorId, number, staff, surface }, company)
    return true
  })
}

/** The debtor of an administration that is this company, by its link or its number. A number that courts count anew is none without its court. */
async function partyOf(tx: Db, administrationId: number, { bureau, companyId: bureauId, country }: Candidate, companyNumber: string | null) {
  const linked = await tx.creditLink.findMany({ where: { company: { bureau, bureauId } }, select: { debtorId: true } })
  const ids = linked.map(({ debtorId }) => debtorId)
  return tx.debtor.findFirst({
    where: { administrationId, OR: [{ id: { in: ids } }, ...(companyNumber ? [{ country, companyNumber }] : [])] },
    select: { id: true, number: true },
    orderBy: { id: 'asc' },
  })
}
