import { advisoryLocks, type Db, type DbClient, fromPlainDate, type Log, type Prisma, recordAudit } from '#platform'
import { allDebtorIds, parseQuery, readSegments, type SearchContext, withSegments } from '#search'
import { type Experiment, type ExperimentPlan, type Experiments, experimentSchema } from './experiments-kind.ts'
import { variantFor } from './split.ts'

export type ExperimentDeps = {
  client: DbClient
  log: Log
  experiments: Experiments
  search: (db: Db) => Promise<SearchContext>
}

/**
 * Takes the actions that are about to be taken up into the experiments of their steps, and ends those that a person stopped or took out of the
 * settings. Done again it adds only what is new. Its day is that of the search.
 */
export async function followExperiments({ client, log, experiments, search }: ExperimentDeps): Promise<void> {
  if (Object.keys(experiments).length === 0 && (await client.experiment.count({ where: { stoppedOn: null } })) === 0) return
  const context = await search(client)
  await client.$transaction(async tx => {
    // One at a time: two would take in more debtors than are planned.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${advisoryLocks.experiments})`
    await stopUnwanted(tx, experiments, context)
    for (const [key, experiment] of Object.entries(experiments)) {
      const taken = await takeIn(tx, key, experiment, context)
      if (taken > 0) log.info({ experiment: key, actions: taken }, 'actions became part of an experiment')
    }
  })
}

async function stopUnwanted(tx: Db, experiments: Experiments, { today }: SearchContext): Promise<void> {
  for (const { key, plan } of await tx.experiment.findMany({ where: { stoppedOn: null }, orderBy: { key: 'asc' } })) {
    const wanted = experiments[key]
    if ((wanted && !wanted.stopped) || (await isFulfilled(tx, key, experimentSchema.parse(plan), today.toString()))) continue
    await tx.experiment.update({ where: { key }, data: { stoppedOn: fromPlainDate(today) } })
    await recordAudit(tx, { actor: 'duncan', event: 'experiment.stopped', subject: `experiment:${key}`, detail: { by: wanted ? 'settings' : 'removed' } })
  }
}

/** Whether everybody who was planned has come in, by the ISO day. */
async function isFulfilled(tx: Db, key: string, { until, debtors }: Pick<ExperimentPlan, 'until' | 'debtors'>, today: string): Promise<boolean> {
  return (until !== undefined && today > until) || (debtors !== undefined && (await unitsOf(tx, key)).size >= debtors)
}

async function takeIn(tx: Db, key: string, experiment: Experiment, context: SearchContext): Promise<number> {
  const today = context.today.toString()
  if (experiment.stopped || today < experiment.from || (experiment.until !== undefined && today > experiment.until)) return 0
  const waiting = await actionsOf(tx, experiment, today)
  if (waiting.length === 0) return 0
  const fits = await fitting(tx, experiment, context)
  const units = await unitsOf(tx, key)
  const parts: Prisma.ExperimentActionCreateManyInput[] = []
  for (const { id, debtorId, unit } of waiting) {
    if (!units.has(unit) && (!fits(debtorId) || units.size >= (experiment.debtors ?? Infinity))) continue
    units.add(unit)
    parts.push({ actionId: id, experiment: key, unit, variant: variantFor(key, unit), on: fromPlainDate(context.today) })
  }
  if (parts.length === 0) return 0
  await tx.experiment.upsert({ where: { key }, create: { key, plan: experiment, startedOn: fromPlainDate(context.today) }, update: {} })
  await tx.experimentAction.createMany({ data: parts })
  const detail = { a: parts.filter(({ variant }) => variant === 'a').length, b: parts.filter(({ variant }) => variant === 'b').length }
  await recordAudit(tx, { actor: 'duncan', event: 'experiment.taken_in', subject: `experiment:${key}`, detail })
  return parts.length
}

type Waiting = { id: number; debtorId: number; unit: string }

/** Planned actions of the step that write to their debtor. Debtors of a central file are one unit: their people talk to each other. */
const actionsOf = (tx: Db, { workflow, step, variants }: Experiment, today: string): Promise<Waiting[]> => {
  const isOfTone = variants.a.tone !== undefined || variants.b.tone !== undefined
  const isOfText = variants.a.template !== undefined || variants.b.template !== undefined
  return tx.$queryRaw<Waiting[]>`
    SELECT a.id, a."debtorId", CASE WHEN d."groupId" IS NULL THEN 'debtor:' || d.id ELSE 'group:' || d."groupId" END AS unit
    FROM "DunningAction" a JOIN "WorkflowVersion" v ON v.id = a."versionId" JOIN "Debtor" d ON d.id = a."debtorId"
    WHERE a.status = 'planned' AND a."plannedOn" <= ${today}::date AND v.workflow = ${workflow} AND a."stepName" = ${step} AND a.track = 'outside'
      AND a.type IN ('email', 'letter', 'sms') AND (NOT ${isOfTone} OR d.tone IS NULL)
      AND (NOT ${isOfText} OR v.content -> 'steps' -> a.step ->> 'template' ~ '^reminder_(first|second)')
      AND NOT EXISTS (SELECT FROM "ExperimentAction" x WHERE x."actionId" = a.id)
    ORDER BY a.id`
}

async function unitsOf(tx: Db, experiment: string): Promise<Set<string>> {
  const rows = await tx.experimentAction.findMany({ where: { experiment }, distinct: ['unit'], select: { unit: true }, orderBy: { unit: 'asc' } })
  return new Set(rows.map(({ unit }) => unit))
}

async function fitting(tx: Db, { only }: Experiment, context: SearchContext): Promise<(debtorId: number) => boolean> {
  if (only === undefined) return () => true
  const parsed = parseQuery(only)
  if (parsed.kind === 'problem') return () => false
  const ids = await allDebtorIds(tx, parsed.query, withSegments(context, await readSegments(tx)))
  return debtorId => ids.has(debtorId)
}
