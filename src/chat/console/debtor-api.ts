/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 hands a rejected promise to the error handler */
import { Router } from 'express'
import { z } from 'zod'
import { type Staff, sightOf } from '#people'
import type { Clock, DbClient } from '#platform'
import { debtorOverview, find, lookUp, readSearchContext, type SearchHit } from '#search'
import { dunningLines } from '../cards/dunning-lines.ts'
import { faultText } from '../commands/search-problem.ts'
import { cardContext } from '../context.ts'
import { localeOf } from '../format.ts'
import { storable } from '../storable.ts'
import { consoleSurface } from '../surface.ts'
import { debtorPage } from './debtor-page.ts'
import { staffOf } from './guard.ts'
import { rowId } from './row-id.ts'

export type DebtorApiDeps = { client: DbClient; clock: Clock; timeZone: string }

const pageLength = 50
const asked = z.object({ q: z.string().max(500).default('').transform(storable), page: z.coerce.number().int().min(0).max(10_000).default(0) })

/** The pages of debtors: one, and the list that a search finds. What a person may not see is not there. */
export function createDebtorApi({ client, clock, timeZone }: DebtorApiDeps): Router {
  const api = Router()

  api.get('/', async (request, response) => {
    const { q, page } = asked.parse(request.query)
    response.json({ ...frame(staffOf(response)), ...(await list(staffOf(response), q.trim() || '*', page)) })
  })

  api.get('/:id', async (request, response) => {
    const staff = staffOf(response)
    const id = rowId.safeParse(request.params.id)
    const overview = id.success ? await debtorOverview(client, { sight: sightOf(staff), clock }, id.data) : undefined
    if (!overview) {
      response.status(404).json({ ...frame(staff), error: 'gone' })
      return
    }
    const context = cardContext(staff.language, timeZone)
    const posts = await postsOf(overview.proposals.map(proposal => proposal.id))
    response.json({ ...frame(staff), debtor: debtorPage(overview, posts, await dunningLines(client, staff, overview.id, context), context) })
  })

  /** What every page has around its content. */
  function frame({ language }: Staff) {
    const { words } = cardContext(language, timeZone)
    const { search, searchHint, back, noDebtor } = words.debtorCard
    return {
      language,
      locale: localeOf(language),
      words: { search, searchHint, back, noDebtor, theme: words.ui.theme, previous: words.button.previous, next: words.button.next },
    }
  }

  async function list(staff: Staff, query: string, page: number) {
    const { words, format } = cardContext(staff.language, timeZone)
    const context = await readSearchContext(client, { sight: sightOf(staff), clock, timeZone })
    const found = await find(client, query, context, { limit: pageLength, offset: page * pageLength })
    if (found.kind === 'problem') {
      const { start, end } = found.problem
      return { problem: { start, end, text: faultText(found.problem, words.search) } }
    }
    const columns = [words.debtorCard.search, words.debtorCard.overdue, words.debtorCard.balance]
    if (found.total === 0 && found.words !== null) {
      const similar = await lookUp(client, context.sight, found.words, { limit: pageLength })
      const rows = similar.hits.map(({ id, number, name, administration }) => ({ id, name, about: `${number} · ${administration}`, overdue: '', balance: '' }))
      return { columns, rows, range: rows.length > 0 ? words.debtorCard.alsoSimilar : words.search.none, page: 0, last: 0 }
    }
    const first = page * pageLength + 1
    const range = found.hits.length === 0 ? words.search.none : words.search.range(String(first), String(first + found.hits.length - 1), String(found.total))
    const amounts = ({ balances }: SearchHit, of: 'overdue' | 'balance') =>
      balances
        .filter(sum => !sum[of].isZero())
        .map(sum => format.money(sum[of], sum.currency))
        .join(' + ')
    const rows = found.hits.map(hit => ({
      id: hit.id,
      name: hit.name,
      about: [hit.number, hit.administration.name, hit.country, hit.collector && `@${hit.collector}`].filter(Boolean).join(' · '),
      overdue: amounts(hit, 'overdue'),
      balance: amounts(hit, 'balance'),
    }))
    return {
      columns,
      rows,
      range: [range, found.unconverted.length > 0 && words.search.noRate(found.unconverted.join(', '))].filter(Boolean).join(' · '),
      page,
      last: Math.max(0, Math.ceil(found.total / pageLength) - 1),
    }
  }

  /** Where the cards of these proposals stand in the console, as `channel/post`. */
  async function postsOf(proposalIds: number[]): Promise<Map<number, string>> {
    const subjects = proposalIds.map(id => `proposal:${id}`)
    const posts = await client.chatPost.findMany({
      where: { surface: consoleSurface, subject: { in: subjects }, parentId: null, privateTo: null },
      select: { id: true, channel: true, subject: true },
    })
    return new Map(posts.map(({ id, channel, subject }) => [Number(subject.slice('proposal:'.length)), `${channel}/${id}`]))
  }

  return api
}
