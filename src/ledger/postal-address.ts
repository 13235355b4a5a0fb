import type { ContactModel } from '#platform'

/** What an export says of a postal address. `text`: what stands before postcode and city, or all of it; one or more lines. */
export type AddressParts = {
  text: string | null
  /** With its number, unless that stands apart. */
  street: string | null
  houseNumber: string | null
  postcode: string | null
  city: string | null
}

const mostLines = 6

/** Where the number of a house stands before its street. */
const numberFirst = ['FR', 'GB', 'IE', 'LU', 'MC', 'US', 'CA', 'AU', 'NZ']
/** Where post offices want towns in capitals (France: NF Z 10-011; Netherlands, Belgium and the United Kingdom ask for it). */
const townsInCapitals = ['FR', 'NL', 'BE', 'GB', 'MC']

/** An address as it stands on envelopes of its country (ISO 3166-1), a line each; null where nothing is known of it. */
export function postalAddress(parts: AddressParts, country: string): string | null {
  const [street, houseNumber, postcode, city] = [parts.street, parts.houseNumber, parts.postcode, parts.city].map(part => plain(part ?? ''))
  const before = linesOf(parts.text ?? '')
  const road = (numberFirst.includes(country) ? [houseNumber, street] : [street, houseNumber]).filter(Boolean).join(' ')
  const said = folded(before.join(' '))
  // One column often repeats what stands in the others.
  const after = [road, ...townLines(postcode ?? '', city ?? '', country)].filter(line => line !== '' && !said.includes(folded(line)))
  const lines = [...before, ...after]
  return lines.length === 0 ? null : [...lines.slice(0, mostLines - 1), ...lines.slice(mostLines - 1).slice(-1)].join('\n')
}

/** The lines of an address that may be written on one, between commas. */
export const linesOf = (address: string): string[] => {
  const text = address.replaceAll(/\r\n?/g, '\n').trim()
  return text
    .split(text.includes('\n') ? '\n' : ',')
    .map(plain)
    .filter(Boolean)
}

/** Postcode and town in the order of the country. */
function townLines(postcode: string, city: string, country: string): string[] {
  const code = writtenPostcode(postcode.toUpperCase(), country)
  const town = townsInCapitals.includes(country) ? city.toUpperCase() : city
  switch (country) {
    case 'GB':
    case 'IE':
      return [town, code]
    case 'US':
    case 'CA':
    case 'AU':
    case 'NZ':
      return [`${town} ${code}`.trim()]
    case 'NL':
      return [`${code}  ${town}`.trim()] // two spaces, as the Dutch post asks for
    default:
      return [`${code} ${town}`.trim()]
  }
}

/** As its country writes it: with the zeros back that a spreadsheet took from its front. */
function writtenPostcode(code: string, country: string): string {
  switch (country) {
    case 'NL':
      return code.replace(/^(\d{4})\s*([A-Z]{2})$/, '$1 $2')
    case 'PL':
      return /^\d{4,5}$/.test(code) ? code.padStart(5, '0').replace(/^(\d{2})/, '$1-') : code
    case 'DE':
    case 'FR':
      return /^\d{4}$/.test(code) ? `0${code}` : code
    case 'GB':
      return code.replace(/^([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})$/, '$1 $2')
    default:
      return code
  }
}

const plain = (line: string): string => line.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
const folded = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

type Addressed = Pick<ContactModel, 'id' | 'address' | 'verified' | 'imported'>

/**
 * The contact that letters go to: who has an address that a person approved, the newest first, else the first one of the import; undefined where
 * nobody verified has one.
 */
export function postalContact<Contact extends Addressed>(contacts: readonly Contact[]): Contact | undefined {
  const reached = contacts.filter(({ address, verified }) => verified && Boolean(address?.trim())).toSorted((one, other) => one.id - other.id)
  return reached.findLast(contact => !isImported(contact)) ?? reached[0]
}

const isImported = ({ address, imported }: Addressed): boolean => (imported as { address?: string | null } | null)?.address === address
