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

/**
 * The person behind an address, or behind ids of contacts that are one person: every contact with an address of theirs, of whatever
 * debtor, under no other name. Throws `contact.unknown`, and `contact.several` for an address that people of different names have.
 */
export async function findPerson(client: DbClient, asked: string[]): Promise<Person> {
  const ids = asked.filter(text => /^\d{1,9}$/.test(text)).map(Number)
  const given = asked.filter(text => text.includes('@')).map(text => text.trim().toLowerCase())
  const first = await client.contact.findMany({ where: { OR: [{ id: { in: ids } }, ...sharing(given)] }, orderBy: { id: 'asc' } })
  const missing = asked.find(text => !text.includes('@') && !first.some(({ id }) => String(id) === text))
  if (missing !== undefined) throw unknown(missing)
  const named = new Set(first.flatMap(({ name }) => (name ? [plain(name)] : [])))
  if (given.length > 0 && named.size > 1) throw several(first.map(({ id }) => id))

  const addresses = new Set([...given, ...first.flatMap(addressesOf)])
  let contacts = first
  // An address leads to contacts, and a contact to its other address. One that a whole office uses leads to colleagues: they are others.
  for (let known = -1; known < addresses.size; ) {
    known = addresses.size
    const found = await client.contact.findMany({
      where: { OR: [{ id: { in: first.map(({ id }) => id) } }, ...sharing(addresses)] },
      orderBy: { id: 'asc' },
    })
    contacts = found.filter(({ name }) => !name || named.has(plain(name)))
    for (const address of contacts.flatMap(addressesOf)) addresses.add(address)
  }
  const names = contacts.flatMap(({ name }) => (name && /\S\s+\S/.test(name.trim()) ? [name.trim()] : []))
  return { contactIds: contacts.map(({ id }) => id), addresses: [...addresses], names: [...new Set(names)] }
}

const sharing = (addresses: Iterable<string>) => [...addresses].flatMap(email => [{ email }, { imported: { path: ['email'], equals: email } }])

const plain = (name: string): string => name.trim().toLowerCase().replaceAll(/\s+/g, ' ')

function addressesOf({ email, imported }: { email: string | null; imported: unknown }): string[] {
  const before = typeof imported === 'object' && imported !== null && 'email' in imported ? imported.email : null
  return [email, before].filter((address): address is string => typeof address === 'string' && address !== '').map(address => address.toLowerCase())
}

const unknown = (asked: string) =>
  new DuncanError('contact.unknown', `There is no contact ${asked}.`, 'Give a mail address, or the id of a contact as an export of contacts shows it.')

const several = (ids: number[]) =>
  new DuncanError(
    'contact.several',
    `People of different names have that address: the contacts ${ids.join(', ')}.`,
    'Give the ids of those who are one person in place of the address.',
  )
