import { may, type Right, type Role, type Staff, sightOf } from '#people'
import { fromInstant } from '#platform'
import { disputeFigures, entriesAwaiting } from '#proposals'
import { countDebtors, coverageOf, parseQuery, portfolioRisk, totalCoverage } from '#search'
import { aboutLine } from '../disputes/dispute-report.ts'
import { readAsked } from '../worklist/asked.ts'
import { readWorklist } from '../worklist/read-worklist.ts'
import type { CommandDeps } from './registry.ts'
import { knowsBureau, searchingOf } from './risk.ts'
import { openTasks, type TasksAsked, writeTasks } from './task-list.ts'

/** What a tile on somebody's own page can count. */
export const tileNames = [
  'mine',
  'team',
  'second',
  'entries',
  'snoozed',
  'tasks',
  'due',
  'promised',
  'broken',
  'overdue',
  'risk',
  'coverage',
  'disputes',
  'blocked',
  'insurance',
] as const // prettier-ignore
export type TileName = (typeof tileNames)[number]

/** For whom a page is made; `sales` counts the asker's own accounts alone. */
export const viewNames = ['cfo', 'manager', 'collector', 'sales'] as const
export type ViewName = (typeof viewNames)[number]

const presets: Record<ViewName, readonly TileName[]> = {
  cfo: ['overdue', 'risk', 'coverage', 'broken', 'disputes', 'blocked', 'insurance'],
  manager: ['team', 'second', 'entries', 'due', 'overdue', 'risk', 'coverage', 'disputes', 'blocked', 'insurance'],
  collector: ['mine', 'due', 'overdue', 'blocked', 'second', 'promised', 'snoozed', 'broken', 'insurance'],
  sales: ['overdue', 'promised', 'broken', 'disputes', 'blocked'],
}

const viewOfRole: Record<Role, ViewName> = { viewer: 'cfo', collector: 'collector', approver: 'collector', manager: 'manager', admin: 'manager' }

/** A person's view and tiles: as they chose, else as their role has them. Tiles that their rights leave empty are left out. */
export function tilesOf(staff: Staff, { view, tiles }: { view: string | null; tiles: readonly string[] }): { view: ViewName; tiles: TileName[] } {
  const chosen = viewNames.find(name => name === view) ?? (staff.ownAccounts ? 'sales' : (viewOfRole[staff.role as Role] ?? 'cfo'))
  const wanted = tileNames.filter(name => tiles.includes(name))
  return { view: chosen, tiles: (wanted.length > 0 ? wanted : presets[chosen]).filter(name => may(staff, tileRights[name] ?? 'look_up')) }
}

const tileRights: Partial<Record<TileName, Right>> = { second: 'second_vote', entries: 'decide' }

/** The list behind a tile: its number is that list's, and its button opens it. `figure`: what stands in the number's place. */
export type Tile = { name: TileName; count: number; figure?: string; note?: string; action: string; data: Record<string, string> }

/** One tile with its number as of now; undefined for one that there is nothing to count for. */
export async function countTile(deps: CommandDeps, name: TileName, view: ViewName): Promise<Tile | undefined> {
  switch (name) {
    case 'mine':
    case 'team':
      return workTile(deps, name, name)
    case 'second':
      return workTile(deps, name, 'team second')
    case 'snoozed':
      return workTile(deps, name, 'team snoozed')
    case 'entries':
      return { name, count: (await entriesAwaiting(deps.client, deps.staff)).length, action: 'entry.list', data: {} }
    case 'tasks':
      return taskTile(deps, name, { whose: 'mine', due: false })
    case 'due':
      return workTile(deps, name, 'mine dunning')
    case 'risk': {
      const collector = view === 'sales' ? deps.staff.key : undefined
      const data = { whose: collector === undefined ? 'team' : 'mine', page: '0' }
      if (await knowsBureau(deps)) return gravePart(deps, name, { collector, data })
      const { total } = await portfolioRisk(deps.client, await searchingOf(deps), { collector }, { limit: 0 })
      return { name, count: total, action: 'risk.show', data }
    }
    case 'coverage':
      return coverageTile(deps)
    case 'promised':
      return debtorTile(deps, name, 'promised:today', view)
    case 'broken':
      return debtorTile(deps, name, 'broken_promise', view)
    case 'overdue':
      return debtorTile(deps, name, 'overdue', view)
    case 'disputes':
      return disputeTile(deps, view)
    case 'blocked':
      return debtorTile(deps, name, 'hold', view)
    case 'insurance':
      return (await deps.client.insurancePolicy.count()) > 0 ? debtorTile(deps, name, 'insurance:due,past', view) : undefined
    default:
      return name satisfies never
  }
}

/** Where a bureau is asked everything that is open is at risk by some weight: the tile counts those that somebody should look at. */
const graveSearch = 'at_risk OR rating:D,E OR insolvency OR judgments OR privileges'

async function gravePart(
  deps: CommandDeps,
  name: TileName,
  { collector, data }: { collector: string | undefined; data: Record<string, string> },
): Promise<Tile> {
  const parsed = parseQuery(graveSearch)
  const query = parsed.kind === 'parsed' ? parsed.query : undefined
  const { total } = await portfolioRisk(deps.client, await searchingOf(deps), { collector, query, byBureau: true }, { limit: 0 })
  return { name, count: total, action: 'risk.show', data: { ...data, query: graveSearch } }
}

/** How much of what is open is monitored, in each currency that no rate joins with others; nothing where no bureau is asked. */
async function coverageTile(deps: CommandDeps): Promise<Tile | undefined> {
  if (!(await knowsBureau(deps))) return undefined
  const rows = totalCoverage(await coverageOf(deps.client, await searchingOf(deps), fromInstant(deps.clock.now())))
  if (rows.length === 0) return undefined
  const { format } = deps.context
  const parts = rows.map(({ monitored, open, currency }) => `${format.percent(monitored.div(open).toNumber())}${rows.length > 1 ? ` ${currency}` : ''}`)
  return { name: 'coverage', count: 0, figure: parts.join(' / '), action: 'credit.status', data: {} }
}

async function workTile(deps: CommandDeps, name: TileName, list: string): Promise<Tile> {
  const asked = readAsked(list)
  const waiting = 'wrong' in asked ? undefined : await readWorklist(deps, deps.staff, asked, { page: 0, length: 1 })
  return { name, count: waiting?.total ?? 0, action: 'actions.show', data: { list, page: '0' } }
}

/** What is contested and open: disputes, the invoices that they contest, and what of them is open. */
async function disputeTile({ client, staff, context }: CommandDeps, view: ViewName): Promise<Tile> {
  const isSales = view === 'sales'
  const figures = await disputeFigures(client, { sight: sightOf(staff), collector: isSales ? staff.key : undefined, from: new Date(0) })
  return {
    name: 'disputes',
    count: figures.open.disputes,
    note: aboutLine(figures, context),
    action: 'dispute.list',
    data: { list: isSales ? 'team own' : 'team', page: '0' },
  }
}

const taskTile = async (deps: CommandDeps, name: TileName, asked: TasksAsked): Promise<Tile> => ({
  name,
  count: (await openTasks(deps, asked)).length,
  action: 'task.list',
  data: { list: writeTasks(asked), page: '0' },
})

/** Debtors by a search that anybody can type; of one's own accounts in the view of sales. */
async function debtorTile(deps: CommandDeps, name: TileName, search: string, view: ViewName): Promise<Tile> {
  const query = view === 'sales' ? `collector:"${deps.staff.key}" ${search}` : search
  const parsed = parseQuery(query)
  const count = parsed.kind === 'parsed' ? await countDebtors(deps.client, parsed.query, await searchingOf(deps)) : 0
  return { name, count, action: 'find.show', data: { query, page: '0' } }
}
