import { checkCompanyNumber, checkVatNumber } from '../company-number.ts'
import { postalAddress } from '../postal-address.ts'
import { searchName } from '../search-name.ts'
import type { RowReader } from './compile-rows.ts'
import { type LimitsReader, limitsReader } from './read-limits.ts'
import type { Administration } from './row-currency.ts'
import type { RowSinks, Stager } from './stage-rows.ts'
import { copyLine, copyText, emptyCopy } from './staging.ts'
import { detached, type SourceRow } from './table-source.ts'

/** Facts that the import owns until Duncan changes them: their key in `imported`, and the field. */
const ownedFields = [
  ['name', 'debtor_name'],
  ['country', 'country'],
  ['language', 'language'],
  ['companyNumber', 'company_number'],
  ['vatNumber', 'vat_number'],
  ['legalForm', 'legal_form'],
  ['paymentReference', 'payment_reference'],
  ['collector', 'collector'],
  ['group', 'group'],
] as const
const addressFields = ['address', 'street', 'house_number', 'postcode', 'city']
const contactFields = ['email', 'contact_name', 'phone', ...addressFields]
const rememberedDebtors = 100_000

/**
 * Stages debtors with their contacts. In a flat file a debtor stands beside each of its invoices: it is parsed and staged when
 * its columns differ from when it was last seen, and the newest line counts. There `payment_reference` is the invoice's.
 */
export function debtorStager(reader: RowReader, sinks: RowSinks, isFlat: boolean): Stager {
  const owned = ownedFields.filter(([key]) => !(isFlat && key === 'paymentReference'))
  const limits = limitsReader(reader)
  const names = ['debtor_number', ...owned.map(([, field]) => field), ...contactFields, ...limits.fields]
  const read = reader.fields(names)
  const checksum = reader.checksum(names)
  const lineOf = debtorLine(reader, sinks, names, limits)
  const staged = new Map<string, number>() // the texts themselves would keep the pieces of the file alive that they were cut from
  const values: (string | null)[] = []

  return (row, administration) => {
    const number = reader.text(row, 'debtor_number')
    const key = `${administration.id} ${number}`
    const sum = isFlat ? checksum(row) : 0
    const known = isFlat ? staged.get(key) : undefined
    if (known !== undefined && known === sum) return nothing
    if (!read(row, values, sinks.problem, sinks.warning)) return undefined
    const text = lineOf(row, administration, values)
    return () => {
      if (known !== undefined) {
        sinks.warning({ line: row.line, column: 'debtor_number', problem: 'this debtor stands with other facts on an earlier line; this line counts' })
      }
      if (staged.size >= rememberedDebtors) staged.clear()
      if (isFlat) staged.set(detached(key), sum)
      sinks.write('debtor', text)
    }
  }
}

type DebtorLine = (row: SourceRow, administration: Administration, values: (string | null)[]) => string

const nothing = (): void => undefined

function debtorLine(reader: RowReader, sinks: RowSinks, names: string[], limits: LimitsReader): DebtorLine {
  const given = ownedFields.filter(([, field]) => reader.has(field) && names.includes(field))
  const hasContact = contactFields.some(reader.has)
  return (row, administration, values) => {
    const { line } = row
    const value = (name: string) => values[names.indexOf(name)] ?? null
    const country = value('country')
    const companyNumber = value('company_number')
    const vatNumber = value('vat_number')
    const company = companyNumber === null ? undefined : checkCompanyNumber(country, companyNumber)
    const vat = vatNumber === null ? undefined : checkVatNumber(country, vatNumber)
    if (company && 'problem' in company) sinks.warning({ line, column: 'company_number', problem: company.problem })
    if (vat && 'problem' in vat) sinks.warning({ line, column: 'vat_number', problem: vat.problem })
    const limit = limits.read(row, value, values[names.length] ?? null, administration, sinks.warning)
    const imported = { ...Object.fromEntries(given.map(([key, field]) => [key, value(field)])), ...limit.imported }
    const name = value('debtor_name') ?? ''
    return copyLine([
      line,
      administration.id,
      copyText(value('debtor_number')),
      copyText(name),
      copyText(searchName(name)),
      copyText(country),
      copyText(value('language')),
      copyText(company && 'number' in company ? company.number : null),
      copyText((company && 'number' in company && company.court) || null),
      copyText(companyNumber),
      copyText(company && 'problem' in company ? company.problem : null),
      copyText(vat && 'number' in vat ? vat.number : null),
      copyText(value('legal_form')),
      copyText(value('payment_reference')),
      copyText(value('collector')),
      copyText(value('group')),
      copyText(JSON.stringify(imported)),
      copyText(hasContact ? JSON.stringify(contactsOf(reader, value, country ?? administration.country)) : null),
      limit.internal ?? emptyCopy,
      limit.insured ?? emptyCopy,
      copyText(limit.currency),
      copyText(value('insurer')),
    ])
  }
}

/**
 * One contact per mail address; only the first is the named person's for sure, and has the address for post. What the file has no column for is
 * not stated.
 */
function contactsOf(reader: RowReader, value: (name: string) => string | null, country: string): object[] {
  const emails = value('email')?.split('\n') ?? [null]
  const [text = null, street = null, houseNumber = null, postcode = null, city = null] = addressFields.map(value)
  const isAddressed = addressFields.some(reader.has)
  return emails.map((email, position) => {
    const isFirst = position === 0
    const [name, phone] = isFirst ? [value('contact_name'), value('phone')] : [null, null]
    const address = isFirst && isAddressed ? postalAddress({ text, street, houseNumber, postcode, city }, country) : null
    const imported = {
      ...(reader.has('email') && { email }),
      ...(isFirst && reader.has('contact_name') && { name }),
      ...(isFirst && reader.has('phone') && { phone }),
      ...(isFirst && isAddressed && { address }),
    }
    return { position, email, name, phone, address, imported }
  })
}
