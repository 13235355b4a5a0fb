import { endStepGrant, giveStepGrant, newestGrants, type StepGrantEnd, type StepName, wantedBehaviour } from '#dunning'
import { may } from '#people'
import { type Db, fromInstant } from '#platform'
import { lowest } from '../autonomy/combination.ts'
import type { GrantOutcome } from '../autonomy/grant.ts'
import type { AutonomyLevel } from '../autonomy-kind.ts'
import type { ProposalsDeps } from '../deps.ts'
import { stepEnded } from '../jobs.ts'
import type { PersonView } from '../proposal.ts'
import { transaction } from '../propose.ts'

/** A step of the settings that wants to leave alone, with what it may now. `title`: of its workflow. */
export type StepRow = StepName & {
  title: string
  stepTitle: string | undefined
  level: AutonomyLevel
  /** Since when it may, and by whose word; null: by who applies settings on the machine itself. */
  since: Date | null
  grantedBy: PersonView | null
  /** How many left alone on this grant, and how many of them a person stopped or called wrong. */
  alone: number
  wrong: number
  /** Why it asks: the ceiling of the settings, or a grant that ended or was never given. */
  asks: 'ceiling' | 'to_grant' | null
  ended: { at: Date; why: StepGrantEnd; by: PersonView | null } | null
}

/** Every step of the settings in force that wants to leave alone, in their order. */
export async function stepOverview(db: Db, { rules }: Pick<ProposalsDeps, 'rules'>): Promise<StepRow[]> {
  const { workflows } = rules()
  const grants = await newestGrants(db)
  const people = await db.staff.findMany({ select: { id: true, name: true }, orderBy: { id: 'asc' } })
  const counts = await db.$queryRaw<{ grantId: number; alone: number; wrong: number }[]>`
    SELECT (e.autonomy ->> 'grantId')::int AS "grantId", (count(*) FILTER (WHERE e.status = 'done'))::int AS alone,
      (count(*) FILTER (WHERE e.status = 'undone' OR e.autonomy ? 'wrongBy'))::int AS wrong
    FROM "DebtorEntry" e WHERE e.kind = 'dunning' AND e.autonomy ->> 'level' <> 'ask' GROUP BY 1`
  const personOf = (staffId: number | null): PersonView | null => people.find(person => person.id === staffId) ?? null
  const ceiling = ceilingOf(rules())
  return Object.entries(workflows).flatMap(([workflow, { title, steps }]) =>
    steps.flatMap((step): StepRow[] => {
      const wanted = wantedBehaviour(step)
      if (wanted === 'ask') return []
      const newest = grants.get(`${workflow} ${step.name}`)
      const standing = newest?.endedAt === null ? newest : undefined
      const level = standing ? lowest([ceiling, wanted, standing.level as AutonomyLevel]) : 'ask'
      const [kind, id] = standing?.actor.split(':') ?? []
      const { alone = 0, wrong = 0 } = counts.find(({ grantId }) => grantId === newest?.id) ?? {}
      return [
        {
          workflow,
          title,
          step: step.name,
          stepTitle: step.title,
          level,
          since: standing?.grantedAt ?? null,
          grantedBy: kind === 'staff' ? personOf(Number(id)) : null,
          alone,
          wrong,
          asks: ceiling === 'ask' ? 'ceiling' : standing ? null : 'to_grant',
          ended: newest?.endedAt ? { at: newest.endedAt, why: newest.endReason as StepGrantEnd, by: personOf(newest.endedById) } : null,
        },
      ]
    }),
  )
}

const ceilingOf = ({ autonomy }: ReturnType<ProposalsDeps['rules']>): AutonomyLevel => (autonomy.on ? (autonomy.send_reminder ?? 'ask') : 'ask')

export type StepGrantRequest = StepName & { staffId: number; give: boolean }

/** Lets a step do what the settings want it to, or takes that back at once, by the word of somebody who may grant autonomy. */
export function decideStepGrant(deps: ProposalsDeps, { staffId, workflow, step, give }: StepGrantRequest): Promise<GrantOutcome> {
  return deps.client.$transaction(async (tx): Promise<GrantOutcome> => {
    const person = await tx.staff.findUnique({ where: { id: staffId } })
    if (!person || !may(person, 'set_autonomy')) return { kind: 'not_allowed' }
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`step ${workflow} ${step}`}))`
    const row = (await stepOverview(tx, deps)).find(each => each.workflow === workflow && each.step === step)
    const by = { actor: `staff:${person.id}`, at: fromInstant(deps.clock.now()) }
    const newest = (await newestGrants(tx)).get(`${workflow} ${step}`)
    if (!give) {
      if (!newest || !(await endStepGrant(tx, newest.id, 'revoked', { ...by, staffId }))) return { kind: 'refused', why: 'gone' }
      await deps.queue.send(tx, stepEnded, { grantId: newest.id })
      return { kind: 'revoked' }
    }
    if (!row || row.since) return { kind: 'refused', why: 'gone' }
    if (row.asks === 'ceiling') return { kind: 'refused', why: 'ceiling' }
    const wanted = deps.rules().workflows[workflow]?.steps.find(({ name }) => name === step)
    const level = wanted ? wantedBehaviour(wanted) : 'ask'
    await giveStepGrant(tx, { workflow, step, level }, by)
    return { kind: 'granted', level }
  }, transaction)
}

/** A step whose grant ended. `by`: who stopped, corrected or revoked it; `entryId`: what they did it to. */
export type EndedStep = StepName & {
  title: string
  stepTitle: string | undefined
  grantedById: number | null
  at: Date
  why: StepGrantEnd
  by: PersonView | null
  entryId: number | null
}

/** What ended a step's grant, and by whose word; undefined while it stands. */
export async function readEndedStep(db: Db, id: number, { rules }: Pick<ProposalsDeps, 'rules'>): Promise<EndedStep | undefined> {
  const grant = await db.stepGrant.findUnique({ where: { id } })
  if (!grant?.endedAt) return undefined
  const { workflow, step, actor, endedAt: at, endReason, endedById, endEntryId: entryId } = grant
  const [kind, staffId] = actor.split(':')
  const by = endedById === null ? null : await db.staff.findUnique({ where: { id: endedById }, select: { id: true, name: true } })
  const known = rules().workflows[workflow]
  const grantedById = kind === 'staff' ? Number(staffId) : null
  const stepTitle = known?.steps.find(({ name }) => name === step)?.title
  return { workflow, step, title: known?.title ?? workflow, stepTitle, grantedById, at, why: endReason as StepGrantEnd, by, entryId }
}
