import { checkCompanyNumber, checkVatNumber, searchName } from '#ledger'
import { type Clock, type Db, fromInstant } from '#platform'
import type { NumberRules } from '../bureaus/number-rules.ts'
import type { Telling } from './read-bureau-mail.ts'

/** A company that a mail tells of, with the debtors that it is. */
export type MailParty = { companyId: number; name: string; isMonitored: boolean; debtorIds: number[] }

type FindDeps = { clock: Clock; bureau: string; numbers: NumberRules }

/**
 * The company of a mail and its debtors: those that are linked to it, else those with its number, by the rules of its country, as they would
 * be identified at night. They are linked then. Undefined for a company of nobody: nothing is guessed from a name alone.
 */
export async function findParties(tx: Db, deps: FindDeps, bureauId: string, tellings: Telling[]): Promise<MailParty | undefined> {
  const { clock, bureau } = deps
  const known = await tx.creditCompany.findUnique({ where: { bureau_bureauId: { bureau, bureauId } }, include: { links: true } })
  if (known && known.links.length > 0) {
    const { id, name, monitoring, links } = known
    return { companyId: id, name, isMonitored: monitoring === 'monitored', debtorIds: links.map(({ debtorId }) => debtorId) }
  }
  const number = tellings.find(telling => telling.number)?.number
  const company = tellings.find(telling => telling.company)?.company
  const country = bureauId.slice(0, 2)
  const debtors = number ? await debtorsWith(tx, deps, { country, number, company }) : []
  if (debtors.length === 0) return undefined
  const { id, name } = await tx.creditCompany.upsert({
    where: { bureau_bureauId: { bureau, bureauId } },
    create: { bureau, bureauId, country, name: company ?? bureauId },
    update: {},
  })
  const linkedAt = fromInstant(clock.now())
  const links = debtors.map(({ debtorId, key }) => ({ debtorId, companyId: id, source: 'number', number: key, linkedBy: 'duncan', linkedAt }))
  await tx.creditLink.createMany({ data: links, skipDuplicates: true })
  const debtorIds = debtors.map(({ debtorId }) => debtorId)
  await tx.creditGap.deleteMany({ where: { debtorId: { in: debtorIds } } })
  return { companyId: id, name, isMonitored: false, debtorIds }
}

type Told = { country: string; number: string; company: string | undefined }

/** The debtors without a company whose number it is. Where registers share numbers the name must agree, too. */
async function debtorsWith(tx: Db, { numbers }: FindDeps, { country, number, company }: Told): Promise<{ debtorId: number; key: string }[]> {
  const [own, vat] = [checkCompanyNumber(country, number), checkVatNumber(country, number)]
  const registrationNumber = 'number' in own ? own.number : undefined
  const vatNumbers = 'number' in vat ? [vat.number] : []
  const written = [registrationNumber, ...vatNumbers].filter(each => each !== undefined)
  if (written.length === 0) return []
  // A branch's number begins with its seat's, and the other way round.
  const rows = await tx.$queryRaw<{ id: number; name: string; companyNumber: string | null; vatNumber: string | null }[]>`
    SELECT d.id, d.name, d."companyNumber", d."vatNumber" FROM "Debtor" d LEFT JOIN "CreditLink" l ON l."debtorId" = d.id
    WHERE d.country = ${country} AND NOT d.archived AND l."debtorId" IS NULL AND EXISTS (
      SELECT 1 FROM unnest(${written}::text[]) AS told(number), unnest(ARRAY[d."companyNumber", d."vatNumber"]) AS own(number)
      WHERE own.number <> '' AND (starts_with(own.number, told.number) OR starts_with(told.number, own.number)))`
  const found = { registrationNumber, vatNumbers }
  return rows.flatMap(debtor => {
    const key = numbers.keyOf(country, debtor)
    const isSame = key !== undefined && numbers.isSame(country, key, found)
    const isNamed = !numbers.isShared(country) || (company !== undefined && searchName(company) === searchName(debtor.name))
    return isSame && isNamed ? [{ debtorId: debtor.id, key }] : []
  })
}
