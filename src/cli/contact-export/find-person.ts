import { type DbClient, DuncanError } from '#platform'

/** Whose data is asked for. */
export type Person = {
  /** Rows of the person as a contact; none of somebody who only wrote. */
  contactIds: number[]
  /** Addresses, lower case: those that stand and those that an import gave. */
  addresses: string[]
  /** Full names; a single word would be found in anything. */
  names: string[]
}

/** The person behind an address or a contact's id: every contact with that address, of whatever debtor. Throws `contact.unknown`. */
export async function findPerson(client: DbClient, asked: string): Promise<Person> {
  const isAddress = asked.includes('@')
  const given = asked.trim().toLowerCase()
  if (!isAddress && !/^\d{1,9}$/.test(given)) throw unknown(asked)
  const first = isAddress ? [] : await client.contact.findMany({ where: { id: Number(given) } })
  if (!isAddress && first.length === 0) throw unknown(asked)

  const addresses = new Set(isAddress ? [given] : first.flatMap(addressesOf))
  let contacts = first
  // An address leads to contacts, and a contact to its other address.
  for (let known = -1; known < addresses.size; ) {
    known = addresses.size
    const sharing = [...addresses].flatMap(email => [{ email }, { imported: { path: ['email'], equals: email } }])
    const ids = first.map(({ id }) => id)
    contacts = await client.contact.findMany({ where: { OR: [{ id: { in: ids } }, ...sharing] }, orderBy: { id: 'asc' } })
    for (const address of contacts.flatMap(addressesOf)) addresses.add(address)
  }
  const names = contacts.flatMap(({ name }) => (name && /\S\s+\S/.test(name.trim()) ? [name.trim()] : []))
  return { contactIds: contacts.map(({ id }) => id), addresses: [...addresses], names: [...new Set(names)] }
}

function addressesOf({ email, imported }: { email: string | null; imported: unknown }): string[] {
  const before = typeof imported === 'object' && imported !== null && 'email' in imported ? imported.email : null
  return [email, before].filter((address): address is string => typeof address === 'string' && address !== '').map(address => address.toLowerCase())
}

const unknown = (asked: string) =>
  new DuncanError('contact.unknown', `There is no contact ${asked}.`, 'Give a mail address, or the id of a contact as an export of contacts shows it.')
