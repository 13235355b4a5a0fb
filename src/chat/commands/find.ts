import { may, type Staff, sightOf } from '#people'
import { find, forgetSearch, listSavedSearches, lookUp, parseQuery, readSearchContext, type SearchHit, savedSearchesNamed, saveSearch } from '#search'
import { type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { ClickOutcome } from '../click.ts'
import { pageButtons, pickDebtor, pickPageLength } from './pick-debtor.ts'
import type { CommandDeps } from './registry.ts'
import { searchProblem } from './search-problem.ts'

const ownerOf = (staff: Staff): string => `staff:${staff.id}`

/**
 * `/duncan find <query>`: a search; with `save as <name>` or `share as <name>` behind it, it is kept too. `saved` lists what is
 * kept, `saved <name>` runs it, `forget <name>` drops it.
 */
export async function findCommand(deps: CommandDeps, text: string, staff: Staff): Promise<ClickOutcome> {
  const { words } = deps.context
  if (text === '') return { kind: 'refused', message: words.command.missingQuery('/duncan find') }
  const [, verb = '', name = ''] = /^(saved|forget)(?:\s+(.+))?$/i.exec(text) ?? []
  if (verb.toLowerCase() === 'saved') return name === '' ? savedAnswer(deps, staff) : runSaved(deps, staff, name)
  if (verb.toLowerCase() === 'forget' && name !== '') {
    const isGone = await forgetSearch(deps.client, ownerOf(staff), name)
    return isGone ? { kind: 'done', message: words.search.forgot(name) } : { kind: 'refused', message: words.search.unknownSaved(name) }
  }
  const [, query, how, kept] = /^(.*?)\s+(save|share) as\s+(.+)$/i.exec(text) ?? []
  if (query === undefined || kept === undefined || isInsideQuotes(query, text)) return findAnswer(deps, { query: text, page: 0 })
  const outcome = await saveSearch(deps, { owner: ownerOf(staff), name: unquoted(kept), query, shared: how?.toLowerCase() === 'share' })
  if (outcome.kind === 'unnamed') return { kind: 'refused', message: words.search.unnamed }
  if (outcome.kind === 'problem') return searchProblem(query, outcome.problem, words)
  const told = outcome.replaced ? words.search.replaced(unquoted(kept)) : words.search.saved(unquoted(kept))
  return findAnswer(deps, { query, page: 0 }, told)
}

/** Whether what looks like the end of a search is within its quotation marks: note:"please save as pdf". */
const isInsideQuotes = (before: string, text: string): boolean => parseQuery(before).kind === 'problem' && parseQuery(text).kind === 'parsed'

const unquoted = (name: string): string => name.trim().replaceAll(/^["“”]|["“”]$/g, '')

/** A page of the debtors that a search fits; where words alone find nothing, those that they may have meant. */
export async function findAnswer(deps: CommandDeps, { query, page }: { query: string; page: number }, told?: string): Promise<ClickOutcome> {
  const { client, clock, staff, context } = deps
  const { words } = context
  const searching = await readSearchContext(client, { sight: sightOf(staff), clock, timeZone: context.format.timeZone })
  const current = Math.max(0, page)
  const found = await find(client, query, searching, { limit: pickPageLength, offset: current * pickPageLength })
  if (found.kind === 'problem') return searchProblem(query, found.problem, words)
  if (found.total === 0 && found.words !== null) {
    const similar = await lookUp(client, searching.sight, found.words, { limit: pickPageLength })
    const picking = { query: found.words, page: 0, action: 'debtor.show' as const }
    return { kind: 'private', card: pickDebtor(picking, similar, words.command.pickTitle(oneLine(query, 60)), context) }
  }
  const paging = pageButtons('find.show', { query }, { page: current, last: Math.ceil(found.total / pickPageLength) - 1 }, words.button)
  const isOffered = found.total > 0 && may(staff, 'decide_risk') && (await deps.credit?.rules())?.on
  const monitor = { action: 'monitor.all', label: words.parties.monitorAll(found.total), data: { query, count: String(found.total) } }
  const first = current * pickPageLength + 1
  const range = found.total === 0 ? words.search.none : words.search.range(String(first), String(first + found.hits.length - 1), String(found.total))
  const note =
    found.unconverted.length > 0 ? [{ type: 'text' as const, text: words.search.noRate(found.unconverted.join(', ')), weight: 'subtle' as const }] : []
  const card = cardSchema.parse({
    title: oneLine(query, 120),
    subtitle: [told, range].filter(Boolean).join(' '),
    elements: [...found.hits.map(hit => hitLine(hit, deps)), ...note],
    buttons: [...paging, ...(isOffered ? [monitor] : [])],
    fallback: [query, range, ...found.hits.map(({ number, name }) => `${number} ${name}`)].join('\n'),
  })
  return { kind: 'private', card }
}

function hitLine({ id, number, name, administration, country, balances }: SearchHit, { context: { words, format } }: CommandDeps): CardElement {
  const overdue = balances.filter(sum => sum.overdue.gt(0)).map(sum => format.money(sum.overdue, sum.currency))
  const owed = overdue.length > 0 ? `${overdue.join(' + ')} ${words.debtorCard.overdue.toLowerCase()}` : ''
  const note = [number, administration.name, country, owed].filter(Boolean).join(' · ')
  return {
    type: 'pick',
    text: oneLine(name, 80),
    note,
    button: { action: 'debtor.show', label: oneLine(name, 60), style: 'default', data: { debtor: String(id) } },
  }
}

async function savedAnswer({ client, context: { words } }: CommandDeps, staff: Staff): Promise<ClickOutcome> {
  const saved = await listSavedSearches(client, ownerOf(staff))
  const sharers = await client.staff.findMany({ select: { id: true, name: true } })
  const sharer = (owner: string) => sharers.find(({ id }) => owner === `staff:${id}`)?.name ?? owner
  const elements = saved.map(({ name, query, owner }) => ({
    type: 'pick' as const,
    text: oneLine(name, 80),
    note: [oneLine(query, 160), owner !== ownerOf(staff) && words.search.sharedBy(sharer(owner))].filter(Boolean).join(' · '),
    button: { action: 'find.show', label: oneLine(name, 60), data: { query, page: '0' } },
  }))
  const title = words.search.savedTitle
  const none = { type: 'text' as const, text: words.search.savedNone, weight: 'subtle' as const }
  const card = cardSchema.parse({
    title,
    elements: elements.length > 0 ? elements : [none],
    fallback: [title, ...saved.map(({ name, query }) => `${name}: ${query}`)].join('\n'),
  })
  return { kind: 'private', card }
}

async function runSaved(deps: CommandDeps, staff: Staff, typed: string): Promise<ClickOutcome> {
  const [only, ...others] = await savedSearchesNamed(deps.client, ownerOf(staff), unquoted(typed))
  if (!only) return { kind: 'refused', message: deps.context.words.search.unknownSaved(unquoted(typed)) }
  // Several colleagues share a search of that name: which one is not guessed.
  return others.length > 0 ? savedAnswer(deps, staff) : findAnswer(deps, { query: only.query, page: 0 })
}
