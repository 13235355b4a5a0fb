import { claimMoves, creditKind, type MoveToPropose, matrixKind, movesToPropose, noteProposed, type PlaceDeps, placeDebtors, placementDue } from '#credit'
import { currenciesKind } from '#ledger'
import { fullSight } from '#people'
import type { Clock, DbClient, Log } from '#platform'
import type { Proposals } from '#proposals'
import { behaviorFigures, membersOf, readSearchContext } from '#search'
import type { Settings } from '#settings'

type ReadDeps = { client: DbClient; clock: Clock; log: Log; settings: Pick<Settings, 'read'>; config: { DUNCAN_TIME_ZONE: string } }

/** What debtors are placed by, as the settings stand now: how each pays, and who is in which segment. */
export async function readPlacing({ client, clock, log, settings, config }: ReadDeps): Promise<PlaceDeps> {
  const timeZone = config.DUNCAN_TIME_ZONE
  return {
    client,
    clock,
    log,
    timeZone,
    rules: await settings.read(creditKind),
    reporting: await settings.read(currenciesKind),
    behaviorOf: (db, debtorIds) => behaviorFigures(db, clock.today(timeZone), debtorIds),
    membersOf: async (db, segments) => {
      if (segments.length === 0) return new Map()
      return membersOf(db, await readSearchContext(db, { sight: fullSight, clock, timeZone }), segments)
    },
  }
}

type FlowDeps = {
  placing: () => Promise<PlaceDeps>
  settings: Pick<Settings, 'read'>
  proposals: Pick<Proposals, 'openEntry'>
  posts: { postPlacement: (placementId: number) => Promise<unknown>; postCreditNight: (runId: number) => Promise<unknown> }
}

/**
 * Places the debtors in the decision matrix after a night at the bureau, or where the ledger or the rules are others since: the card of the
 * night then tells who moved, and a workflow that a new cell names is proposed. The first time, and after new rules, one card tells of all.
 */
export async function followPlaces({ placing, settings, proposals, posts }: FlowDeps, runId?: number): Promise<void> {
  const deps = await placing()
  const { client } = deps
  if (runId === undefined && !(await placementDue(deps))) return
  const placement = await placeDebtors(deps, runId === undefined ? 'ledger' : 'night')
  if (!placement) return
  if (placement.kind === 'first' || placement.kind === 'settings') await posts.postPlacement(placement.id)
  if (runId !== undefined && (await claimMoves(client, runId)) > 0) await posts.postCreditNight(runId)
  const { proposalsPerRun } = await settings.read(matrixKind)
  for (const move of await movesToPropose(client, proposalsPerRun)) await proposeWorkflow({ client, proposals }, move)
}

/** Asks whether a debtor is to be on the workflow of its new cell. Where that is no question any more, as when it is on it already, nobody is asked. */
async function proposeWorkflow({ client, proposals }: { client: DbClient; proposals: FlowDeps['proposals'] }, move: MoveToPropose): Promise<void> {
  const outcome = await proposals.openEntry({
    debtorId: move.debtorId,
    content: { kind: 'workflow', workflow: move.workflow, before: null },
    key: `matrix-move:${move.id}`,
    why: {
      code: 'matrix',
      stance: move.stance,
      solvency: move.solvency,
      band: move.band,
      exposure: move.exposure.toFixed(),
      currency: move.currency,
    },
  })
  await noteProposed(client, move.id, outcome.kind === 'entered' ? outcome.entryId : undefined)
}
