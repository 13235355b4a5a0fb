import {
  type AssignmentRules,
  assignDebtors,
  changesToFollow,
  type DunningRules,
  type Experiments,
  followActions,
  followExperiments,
  noteChange,
  type PlanDeps,
  planDay,
  replanDebtors,
  reviewActions,
} from '#dunning'
import { type DbClient, fromPlainDate, type Ops } from '#platform'
import type { Proposals } from '#proposals'
import { takeUpPlanned } from './take-up-planned.ts'

export type DunningDeps = PlanDeps & {
  assignment: AssignmentRules
  experiments: Experiments
  ops: Ops
  proposals: Pick<Proposals, 'takeUpDunning' | 'refreshMails' | 'sendDispatches'>
}

/** Which debtors are on which workflow by the rules of the settings, as things stand now. */
export const followAssignment = ({ database: { client }, assignment: rules, ...deps }: DunningDeps) => assignDebtors({ ...deps, client, rules })

/**
 * Every minute: what became of open actions; and once a day, from the time of the settings on, whatever kept it: the day is planned and
 * what is due is taken up.
 */
export async function dunningDay(deps: DunningDeps): Promise<void> {
  const { database, clock, rules } = deps
  const { client } = database
  await deps.proposals.sendDispatches()
  while ((await client.$transaction(tx => followActions(tx, clock.now()), { timeout: 60_000 })) > 0);
  if (rules.on && isTime(deps) && !(await isPlanned(deps))) {
    await followAssignment(deps)
    await reviewOpen(deps)
    await planDay(deps)
  }
  if (!rules.on) return
  await followExperiments({ ...deps, client })
  await takeUpPlanned(deps)
}

/**
 * Follows what changed since it was asked last: a payment, a promise, a dispute, another hold, another workflow, an action that ended. Waiting actions
 * of those debtors are reviewed, and the next days of their items worked out anew; nothing is taken up before the plan of a day.
 */
export async function followChanges(deps: DunningDeps): Promise<void> {
  const { database, clock, rules, timeZone } = deps
  for (;;) {
    const { debtorIds, done } = await changesToFollow(database.client)
    if (debtorIds.length === 0) return
    if (rules.on) {
      await reviewOpen(deps, debtorIds)
      const today = clock.today(timeZone)
      const planned = await replanDebtors(deps, debtorIds, (await isPlanned(deps)) ? today.add({ days: 1 }) : today)
      // While another process plans it is asked again a moment later.
      if (!planned) return
    }
    await done()
  }
}

/** What a night told of the risk of debtors may lead them to another branch of their workflow, or out of a step. */
export async function followRisk(client: DbClient, runId: number): Promise<void> {
  const changed = await client.creditLink.findMany({ where: { company: { changes: { some: { runId } } } }, select: { debtorId: true } })
  await noteChange(
    client,
    changed.map(({ debtorId }) => debtorId),
  )
}

/** Actions that wait lose what was paid, held or moved since; their mails are drawn anew, and those to somebody who is away. */
async function reviewOpen({ database: { client }, clock, timeZone, rules, proposals }: DunningDeps, debtorIds?: number[]): Promise<void> {
  const today = clock.today(timeZone)
  const reviewed = await client.$transaction(tx => reviewActions(tx, { today, now: clock.now(), rules, ...(debtorIds && { debtorIds }) }), { timeout: 120_000 })
  const absent = await client.contact.findMany({
    where: { debtorId: { in: debtorIds ?? [] }, absentUntil: { gte: fromPlainDate(today) } },
    select: { debtorId: true },
  })
  await proposals.refreshMails([...new Set([...reviewed, ...absent].map(({ debtorId }) => debtorId))])
}

function isTime({ clock, rules, timeZone }: { clock: PlanDeps['clock']; rules: DunningRules; timeZone: string }): boolean {
  return clock.now().toZonedDateTimeISO(timeZone).toPlainTime().toString() >= rules.planAt
}

const isPlanned = async ({ database: { client }, clock, timeZone }: DunningDeps): Promise<boolean> =>
  (await client.auditEntry.count({ where: { subject: `day:${clock.today(timeZone).toString()}`, event: 'dunning.planned' } })) > 0
