import { type Clock, type Db, type DbClient, fromInstant, type Log, Prisma, recordAudit } from '#platform'
import type { CreditRules } from '../rules.ts'
import { wantsMonitoring } from '../scope.ts'
import { placePage } from './place-page.ts'
import type { Behavior, ReadDeps } from './read-debtors.ts'
import { readRules } from './rules-in-force.ts'

/** Why debtors are placed: a night at the bureau, or new figures in the ledger. */
export type PlacementReason = 'night' | 'ledger'

export type PlaceDeps = {
  client: DbClient
  clock: Clock
  log: Log
  /** IANA time zone of days such as a due date. */
  timeZone: string
  /** Which debtors are in scope; nothing is done while credit risk is off. */
  rules: CreditRules
  reporting: ReadDeps['reporting']
  behaviorOf: (db: Db, debtorIds: readonly number[]) => Promise<ReadonlyMap<number, Behavior>>
  /** The debtors of each of these segments, those that lead first. */
  membersOf: (db: Db, segments: readonly string[]) => Promise<ReadonlyMap<string, ReadonlySet<number>>>
}

/** `first` of an installation; `settings`: matrix or scorecard are others than before; `demand`: some debtors, since a person said something of them. */
type PlacementKind = 'first' | 'settings' | 'demand' | PlacementReason

/** `moved`: of debtors that had a place. */
export type Placement = { id: number; kind: PlacementKind; placed: number; moved: number; unplaced: number; currencies: string[] }

const pageSize = 1000

/**
 * Scores every debtor in scope and places it in the matrix. Those that are in scope no more lose their place; one whose amounts cannot be
 * converted keeps the place that it has, and is counted. Undefined while credit risk is off.
 */
export async function placeDebtors(deps: PlaceDeps, reason: PlacementReason): Promise<Placement | undefined> {
  const { client, clock, log, rules } = deps
  if (!rules.on) return undefined
  const inForce = await readRules(client)
  const { matrixVersion, scorecardVersion } = inForce
  const before = await lastPlacement(client)
  const isAsBefore = before?.matrixVersion === matrixVersion && before.scorecardVersion === scorecardVersion
  const kind = !before ? 'first' : isAsBefore ? reason : 'settings'
  const run = await startPlacement(deps, inForce, kind)

  const counts = { placed: 0, moved: 0, unplaced: 0 }
  const currencies = new Set<string>()
  for await (const ids of debtorsInPages(run)) {
    const told = await placePage(run, ids)
    counts.placed += told.placed
    counts.moved += told.moved
    counts.unplaced += told.unplaced
    for (const currency of told.missing) currencies.add(currency)
  }
  const id = run.placementId
  await client.$transaction(async tx => {
    // What this placement did not come by is out of scope.
    await tx.creditPosition.deleteMany({ where: { placedAt: { lt: run.now } } })
    await tx.creditPlacement.update({ where: { id }, data: { ...counts, currencies: [...currencies].toSorted(), finishedAt: fromInstant(clock.now()) } })
    await recordAudit(tx, { actor: 'duncan', event: 'credit.placed', subject: `placement:${id}`, detail: { kind, ...counts } })
  })
  log.info({ placement: id, kind, ...counts }, 'debtors were placed in the matrix')
  return { id, kind, ...counts, currencies: [...currencies].toSorted() }
}

/** Scores and places a debtor anew at once, after a person said something of it; nothing before all were placed for the first time. */
export async function placeDebtor(deps: PlaceDeps, debtorId: number): Promise<void> {
  const { client, clock, rules } = deps
  if (!rules.on || !(await lastPlacement(client))) return
  const run = await startPlacement(deps, await readRules(client), 'demand')
  for await (const ids of debtorsInPages(run, debtorId)) await placePage(run, ids)
  await client.creditPlacement.update({ where: { id: run.placementId }, data: { finishedAt: fromInstant(clock.now()) } })
}

/** The last time that all debtors were placed. */
export const lastPlacement = (client: DbClient) =>
  client.creditPlacement.findFirst({ where: { finishedAt: { not: null }, kind: { not: 'demand' } }, orderBy: { id: 'desc' } })

async function startPlacement(deps: PlaceDeps, inForce: Awaited<ReturnType<typeof readRules>>, kind: PlacementKind) {
  const { client, clock, timeZone } = deps
  const { matrix, matrixVersion, scorecardVersion } = inForce
  const now = fromInstant(clock.now())
  const { id } = await client.creditPlacement.create({ data: { kind, startedAt: now, matrixVersion, scorecardVersion }, select: { id: true } })
  const members = await deps.membersOf(client, Object.keys(matrix.segments))
  return { ...deps, ...inForce, today: clock.today(timeZone), now, placementId: id, kind, members }
}

/** What the pages of a placement have in common. */
export type Placing = Awaited<ReturnType<typeof startPlacement>>

async function* debtorsInPages({ client, rules, today }: Placing, only?: number): AsyncIterable<number[]> {
  for (let after = 0; ; ) {
    const page = await client.$queryRaw<{ id: number }[]>`
      SELECT d.id FROM "Debtor" d WHERE d.id > ${after} AND d."partyType" = 'debtor' AND ${wantsMonitoring(rules, today)}
        AND ${only === undefined ? Prisma.sql`TRUE` : Prisma.sql`d.id = ${only}`} ORDER BY d.id LIMIT ${pageSize}`
    yield page.map(({ id }) => id)
    if (page.length < pageSize) return
    after = page.at(-1)?.id ?? after
  }
}
