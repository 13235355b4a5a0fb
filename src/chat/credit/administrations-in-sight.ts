import { type Staff, sightOf } from '#people'
import type { DbClient } from '#platform'

/** The administrations that somebody sees as a whole, by name: none for who sees only the accounts of their own. */
export async function administrationsInSight(client: DbClient, staff: Staff): Promise<{ id: number; name: string; country: string }[]> {
  const { administrations, accounts } = sightOf(staff)
  if (accounts !== undefined) return []
  const where = administrations === 'all' ? {} : { code: { in: [...administrations] } }
  return client.administration.findMany({ where, select: { id: true, name: true, country: true }, orderBy: { name: 'asc' } })
}
