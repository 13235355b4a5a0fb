import {
  type AssignmentRules,
  assignDebtors,
  type DunningRules,
  type Experiments,
  followActions,
  followExperiments,
  type PlanDeps,
  planDay,
  reviewActions,
} from '#dunning'
import { fromPlainDate } from '#platform'
import type { Proposals } from '#proposals'

export type DunningDeps = PlanDeps & {
  assignment: AssignmentRules
  experiments: Experiments
  proposals: Pick<Proposals, 'takeUpDunning' | 'refreshMails' | 'sendDispatches'>
}

/** Which debtors are on which workflow by the rules of the settings, as things stand now. */
export const followAssignment = ({ database: { client }, assignment: rules, ...deps }: DunningDeps) => assignDebtors({ ...deps, client, rules })

/**
 * Every minute: what became of open actions; and once a day, from the time of the settings on, whatever kept it: the day is planned and
 * what is due is taken up.
 */
export async function dunningDay(deps: DunningDeps): Promise<void> {
  const { database, clock, rules, timeZone } = deps
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
  const today = fromPlainDate(clock.today(timeZone))
  const planned = await client.dunningAction.findMany({ where: { status: 'planned', plannedOn: { lte: today } }, orderBy: { id: 'asc' }, select: { id: true } })
  for (const { id } of planned) await deps.proposals.takeUpDunning(id)
}

/** Actions that wait lose what was paid, held or moved since; their mails are drawn anew. */
async function reviewOpen({ database: { client }, clock, timeZone, proposals }: DunningDeps, debtorIds?: number[]): Promise<void> {
  const today = clock.today(timeZone)
  const reviewed = await client.$transaction(tx => reviewActions(tx, { today, now: clock.now(), ...(debtorIds && { debtorIds }) }), { timeout: 120_000 })
  await proposals.refreshMails([...new Set(reviewed.map(({ debtorId }) => debtorId))])
}

function isTime({ clock, rules, timeZone }: { clock: PlanDeps['clock']; rules: DunningRules; timeZone: string }): boolean {
  return clock.now().toZonedDateTimeISO(timeZone).toPlainTime().toString() >= rules.planAt
}

const isPlanned = async ({ database: { client }, clock, timeZone }: DunningDeps): Promise<boolean> =>
  (await client.auditEntry.count({ where: { subject: `day:${clock.today(timeZone).toString()}`, event: 'dunning.planned' } })) > 0
