import { z } from 'zod'
import type { Db } from '#platform'
import { type Criterion, type CriterionValue, criteria, criterionValueSchema } from '../values/criteria.ts'
import { type NightCounts, totalOf } from './count-night.ts'

export type NightView = {
  administration: { id: number; code: string; name: string }
  counts: NightCounts
  /** Bureaus that could not be asked, by their names in the settings; their debtors count as failed. */
  notAsked: string[]
  /** When a run began that made up for a night in which Duncan did not run. */
  lateAt: Date | undefined
  /** Alerts of that night that stand on no urgent card, by the company's name, with the channel that they are for. */
  alerts: { id: number; channel: string; party: string; company: string; criterion: Criterion; before: CriterionValue | undefined; value: CriterionValue }[]
}

const countsSchema = z.array(
  z.object({
    administrationId: z.int(),
    inScope: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    failed: z.int(),
    overQuota: z.int(),
    gone: z.int(),
    notMonitored: z.int(),
  }),
)

/** What a night brought at all its bureaus, administration by administration; nothing of one that is over at none. `runId`: the first of its runs. */
export async function viewNight(db: Db, runId: number): Promise<NightView[]> {
  const runs = await db.creditRun.findMany({ where: { OR: [{ nightId: runId }, { id: runId, nightId: null }] }, orderBy: { id: 'asc' } })
  const over = runs.flatMap(({ bureau, startedAt, finishedAt }) => (finishedAt ? [{ bureau, startedAt, finishedAt }] : []))
  if (over.length === 0) return []
  const counts = addedUp(runs.flatMap(run => countsSchema.parse(run.counts ?? [])))
  const notAsked = runs.filter(({ finishedAt }) => finishedAt === null).map(({ bureau }) => bureau)
  const late = runs.find(({ trigger }) => trigger === 'late')
  const raised = await db.creditAlert.findMany({
    // A run that broke off the night before has a long time to itself, in which other bureaus told of theirs.
    where: { OR: over.map(({ bureau, startedAt, finishedAt }) => ({ company: { bureau }, raisedAt: { gte: startedAt, lte: finishedAt } })) },
    include: { company: { select: { name: true } } },
    orderBy: [{ company: { name: 'asc' } }, { id: 'asc' }],
  })
  // What was raised beside an urgent alert stands on its card already.
  const urgent = new Set(raised.filter(({ urgency }) => urgency === 'now').map(cardOf))
  const alerts = raised.filter(alert => !urgent.has(cardOf(alert)))
  const administrations = await db.administration.findMany({ where: { id: { in: counts.map(({ administrationId }) => administrationId) } } })
  return counts.flatMap(({ administrationId, ...own }) => {
    const administration = administrations.find(({ id }) => id === administrationId)
    if (!administration) return []
    const { id, code, name } = administration
    return [
      {
        administration: { id, code, name },
        counts: own,
        notAsked,
        lateAt: late?.startedAt,
        alerts: alerts.filter(alert => alert.administrationId === id).map(readAlert),
      },
    ]
  })
}

/** One row for each administration, of the runs of all bureaus. */
const addedUp = (rows: z.output<typeof countsSchema>) =>
  [...Map.groupBy(rows, ({ administrationId }) => administrationId)]
    .map(([administrationId, own]) => ({ administrationId, ...totalOf(own) }))
    .toSorted((one, other) => one.administrationId - other.administrationId)

const cardOf = ({ companyId, administrationId, party, raisedAt }: { companyId: number; administrationId: number; party: string; raisedAt: Date }): string =>
  `${companyId} ${administrationId} ${party} ${raisedAt.getTime()}`

const readAlert = (row: {
  id: number
  channel: string
  party: string
  company: { name: string }
  criterion: string
  before: unknown
  value: unknown
}): NightView['alerts'][number] => ({
  id: row.id,
  channel: row.channel,
  party: row.party,
  company: row.company.name,
  criterion: z.enum(criteria).parse(row.criterion),
  before: row.before === null ? undefined : criterionValueSchema.parse(row.before),
  value: criterionValueSchema.parse(row.value),
})
