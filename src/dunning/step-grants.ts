import { may } from '#people'
import { type Db, recordAudit, type StepGrantModel } from '#platform'
import { newestVersion } from '#settings'
import type { WorkflowStep, Workflows } from './workflows-kind.ts'

/** A step of a workflow of the settings, by its names there. */
export type StepName = { workflow: string; step: string }

/** Why a step asks again. `settings`: they say another thing now; `bad_case`: a person stopped or corrected what it sent alone. */
export type StepGrantEnd = 'settings' | 'revoked' | 'bad_case' | 'restored'

/** The types of steps that may leave alone: what writes to the debtor. A file for collection never does. */
const writes = ['email', 'letter', 'sms']

/** What a step of the settings wants to do without asking. */
export const wantedBehaviour = ({ behaviour, type, audience }: Pick<WorkflowStep, 'behaviour' | 'type' | 'audience'>): WorkflowStep['behaviour'] =>
  writes.includes(type) && audience === 'external' ? behaviour : 'ask'

/**
 * Follows what new settings let steps do alone. That somebody applies them is the grant, where they may grant autonomy (who applies by the
 * command line may); it stands until the settings, a bad case or a person ends it, and only another behaviour in the settings, or a person, gives it again.
 */
export async function followBehaviours(tx: Db, workflows: Workflows): Promise<void> {
  const applied = await newestVersion(tx)
  if (!applied) return
  const { actor, createdAt: at } = applied
  const newest = await newestGrants(tx)
  const wanted = new Map(
    Object.entries(workflows).flatMap(([workflow, { steps }]) =>
      steps.map((each): [string, StepName & { level: string }] => [
        keyOf({ workflow, step: each.name }),
        { workflow, step: each.name, level: wantedBehaviour(each) },
      ]),
    ),
  )
  for (const [key, known] of newest) if (!wanted.has(key)) wanted.set(key, { workflow: known.workflow, step: known.step, level: 'ask' })
  for (const [key, { level, ...name }] of wanted) {
    const known = newest.get(key)
    if ((known?.level ?? 'ask') === level) continue
    if (known) await endStepGrant(tx, known.id, 'settings', { actor, at })
    if (level === 'ask') await tx.stepGrant.create({ data: { ...name, level, actor, grantedAt: at, endedAt: at, endReason: 'settings' } })
    else if (await mayGrant(tx, actor)) await giveStepGrant(tx, { ...name, level }, { actor, at })
  }
}

/** Lets a step do what the settings want it to, by somebody's word; returns the grant's id. */
export async function giveStepGrant(
  tx: Db,
  { workflow, step, level }: StepName & { level: string },
  { actor, at }: { actor: string; at: Date },
): Promise<number> {
  const { id } = await tx.stepGrant.create({ data: { workflow, step, level, actor, grantedAt: at } })
  await recordAudit(tx, { actor, event: 'step.granted', subject: `step:${id}`, detail: { workflow, step, level } })
  return id
}

/** What stands granted to a step; undefined while it asks. */
export async function stepGrantOf(db: Db, { workflow, step }: StepName): Promise<StepGrantModel | undefined> {
  const newest = await db.stepGrant.findFirst({ where: { workflow, step }, orderBy: { id: 'desc' } })
  return newest?.endedAt === null ? newest : undefined
}

/** The newest grant of each step, standing or ended, by `workflow step`. */
export async function newestGrants(db: Db): Promise<Map<string, StepGrantModel>> {
  const rows = await db.stepGrant.findMany({ distinct: ['workflow', 'step'], orderBy: [{ workflow: 'asc' }, { step: 'asc' }, { id: 'desc' }] })
  return new Map(rows.map(row => [keyOf(row), row]))
}

type Ending = { actor: string; at: Date; staffId?: number | undefined; entryId?: number | undefined }

/** Ends a grant, with its audit row: the step asks from now on. False when it had ended. */
export async function endStepGrant(tx: Db, id: number, why: StepGrantEnd, { actor, at, staffId, entryId }: Ending): Promise<boolean> {
  const ended = { endedAt: at, endReason: why, endedById: staffId ?? null, endEntryId: entryId ?? null }
  const { count } = await tx.stepGrant.updateMany({ where: { id, endedAt: null }, data: ended })
  if (count === 1)
    await recordAudit(tx, { actor, event: 'step.ended', subject: `step:${id}`, detail: { why, ...(entryId !== undefined && { entry: entryId }) } })
  return count === 1
}

/** Ends every grant, as after a restore: what was stopped since the backup is not known. Returns their ids. */
export async function endAllStepGrants(tx: Db, at: Date): Promise<number[]> {
  const standing = await tx.stepGrant.findMany({ where: { endedAt: null }, orderBy: { id: 'asc' }, select: { id: true } })
  for (const { id } of standing) await endStepGrant(tx, id, 'restored', { actor: 'cli', at })
  return standing.map(({ id }) => id)
}

const keyOf = ({ workflow, step }: StepName): string => `${workflow} ${step}`

/** Whoever applies settings on the machine itself answers for all of them. */
async function mayGrant(tx: Db, actor: string): Promise<boolean> {
  const [kind, id] = actor.split(':')
  if (kind !== 'staff') return true
  const person = await tx.staff.findUnique({ where: { id: Number(id) } })
  return person !== null && may(person, 'set_autonomy')
}
