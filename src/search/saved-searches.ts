import { type Clock, type DbClient, fromInstant, recordAudit, type SavedSearchModel } from '#platform'
import { parseQuery } from './query/parse-query.ts'
import type { QueryProblem } from './query/problem.ts'

/** A search kept by name. `owner`: `staff:3`, `cli`. */
export type SavedSearch = Pick<SavedSearchModel, 'id' | 'name' | 'query' | 'owner' | 'shared'>

export type SaveOutcome = { kind: 'saved'; replaced: boolean } | { kind: 'problem'; problem: QueryProblem } | { kind: 'unnamed' }

const longestName = 80
const keyOf = (name: string): string => name.trim().replaceAll(/\s+/g, ' ').toLowerCase()
const columns = { id: true, name: true, query: true, owner: true, shared: true } as const

/** Keeps a search under a name of its owner, in place of the one that had the name. A shared one can be run by everybody, each under their own sight. */
export async function saveSearch(
  { client, clock }: { client: DbClient; clock: Clock },
  { owner, name, query, shared }: { owner: string; name: string; query: string; shared: boolean },
): Promise<SaveOutcome> {
  const key = keyOf(name)
  if (key === '' || key.length > longestName || /\p{Cc}|\p{Cs}/u.test(key)) return { kind: 'unnamed' }
  const parsed = parseQuery(query)
  if (parsed.kind === 'problem') return parsed
  return client.$transaction(async tx => {
    const known = await tx.savedSearch.findUnique({ where: { owner_key: { owner, key } }, select: { id: true } })
    const data = { name: name.trim(), query: query.trim(), shared }
    const { id } = await tx.savedSearch.upsert({
      where: { owner_key: { owner, key } },
      create: { owner, key, ...data },
      update: { ...data, updatedAt: fromInstant(clock.now()) },
      select: { id: true },
    })
    await recordAudit(tx, { actor: owner, event: 'search.saved', subject: `search:${id}`, detail: { shared, replaced: known !== null } })
    return { kind: 'saved', replaced: known !== null }
  })
}

/** The searches that somebody may run: their own, then what others share; by name. */
export async function listSavedSearches(client: DbClient, owner: string): Promise<SavedSearch[]> {
  const rows = await client.savedSearch.findMany({ where: { OR: [{ owner }, { shared: true }] }, orderBy: [{ key: 'asc' }, { id: 'asc' }], select: columns })
  return [...rows.filter(row => row.owner === owner), ...rows.filter(row => row.owner !== owner)]
}

/** The searches that a name means to somebody: their own one, or else each that others share under it. */
export async function savedSearchesNamed(client: DbClient, owner: string, name: string): Promise<SavedSearch[]> {
  const rows = await client.savedSearch.findMany({
    where: { key: keyOf(name), OR: [{ owner }, { shared: true }] },
    orderBy: { id: 'asc' },
    select: columns,
  })
  const own = rows.filter(row => row.owner === owner)
  return own.length > 0 ? own : rows
}

/** Forgets a search of its owner; says whether there was one. */
export async function forgetSearch(client: DbClient, owner: string, name: string): Promise<boolean> {
  return client.$transaction(async tx => {
    const known = await tx.savedSearch.findUnique({ where: { owner_key: { owner, key: keyOf(name) } }, select: { id: true } })
    if (!known) return false
    await tx.savedSearch.delete({ where: { id: known.id } })
    await recordAudit(tx, { actor: owner, event: 'search.forgotten', subject: `search:${known.id}` })
    return true
  })
}
