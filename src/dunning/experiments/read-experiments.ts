import { Temporal } from 'temporal-polyfill'
import { debtorInSight, type Sight } from '#people'
import { type Db, Prisma } from '#platform'
import { newestVersion } from '#settings'
import { type Window, windows } from '../results/channel-results.ts'
import { moneyKnown, moneyOf } from '../results/money-of.ts'
import { differenceOfDays, type Followed, meanDaysToPay } from './days-to-pay.ts'
import { type Experiment, experimentSchema, experimentsKind } from './experiments-kind.ts'
import { differenceOfShares, type Interval, wilson } from './intervals.ts'
import { type ExperimentState, stateOf, type Verdict, verdictOf } from './judge.ts'
import type { VariantName } from './split.ts'

/** Units whose window has passed, and how many of them paid everything within it. */
type PaidWithin = { days: Window; of: number; paid: number; interval: Interval }

type VariantResult = {
  name: VariantName
  /** Debtors, or central files, that came in. */
  units: number
  paid: PaidWithin[]
  /** Mean days to pay, at most `upTo` for anybody; null before it is known. */
  meanDays: { days: number; upTo: number } | null
}

/** Figures of an experiment. Differences are b less a: of shares, for the window that decides, and of mean days to pay. */
export type ExperimentResult = {
  key: string
  experiment: Experiment
  startedOn: string | null
  state: ExperimentState
  variants: [VariantResult, VariantResult]
  difference: { share: number; interval: Interval } | null
  daysDifference: { days: number; interval: Interval } | null
  /** `part`: there is more than the asker sees, and figures of a part are judged by nobody. */
  verdict: Verdict | 'part'
}

type Unit = { experiment: string; variant: VariantName; on: string; until: string; paidAfter: number | null; isSeen: boolean }

/**
 * The experiments that have begun or stand in the settings, newest first, with the figures of the debtors in sight. A unit has paid once all that
 * its first action asked for has come, whatever happened in between; what was credited since is left out.
 */
export async function readExperiments(db: Db, { sight, today }: { sight: Sight; today: Temporal.PlainDate }): Promise<ExperimentResult[]> {
  const experiments = experimentsKind.schema.parse((await newestVersion(db))?.content[experimentsKind.name] ?? {})
  const begun = await db.experiment.findMany({ orderBy: [{ startedOn: 'desc' }, { key: 'asc' }] })
  const units = Map.groupBy(await readUnits(db, sight), ({ experiment }) => experiment)
  const waiting = Object.entries(experiments).filter(([key]) => begun.every(each => each.key !== key))
  return [
    ...waiting.map(([key, experiment]) => resultOf(key, experiment, { startedOn: null, stoppedOn: experiment.stopped ? today.toString() : null }, [], today)),
    ...begun.map(({ key, plan, startedOn, stoppedOn }) => {
      const known = experimentSchema.parse(plan)
      const experiment = { ...known, title: experiments[key]?.title ?? known.title }
      return resultOf(key, experiment, { startedOn: isoDay(startedOn), stoppedOn: stoppedOn && isoDay(stoppedOn) }, units.get(key) ?? [], today)
    }),
  ]
}

const isoDay = (day: Date): string => day.toISOString().slice(0, 10)
const plusDays = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()
const daysBetween = (from: string, to: string): number => Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days

type Dates = { startedOn: string | null; stoppedOn: string | null }

function resultOf(key: string, experiment: Experiment, { startedOn, stoppedOn }: Dates, all: readonly Unit[], today: Temporal.PlainDate): ExperimentResult {
  const progress = {
    units: all.length,
    lastOn: all.reduce((last, { on }) => (on > last ? on : last), ''),
    knownUntil: all.reduce((first, { until }) => (until < first ? until : first), today.toString()),
    stoppedOn,
  }
  const state = stateOf(experiment, progress, today.toString(), plusDays)
  const seen = all.filter(({ isSeen }) => isSeen)
  const followed = (name: VariantName) => seen.filter(({ variant }) => variant === name).map(followedOf)
  const [a, b] = [followed('a'), followed('b')]
  const variants: [VariantResult, VariantResult] = [variantResult('a', a), variantResult('b', b)]
  const [before, after] = variants.map(({ paid }) => paid.find(({ days }) => days === experiment.within))
  const interval = before && after ? differenceOfShares({ count: before.paid, of: before.of }, { count: after.paid, of: after.of }) : null
  const isKnown = before !== undefined && after !== undefined && before.of > 0 && after.of > 0
  return {
    key,
    experiment,
    startedOn,
    state,
    variants,
    difference: isKnown && interval ? { share: after.paid / after.of - before.paid / before.of, interval } : null,
    daysDifference: differenceOfDays(a, b) ?? null,
    verdict: seen.length < all.length ? 'part' : verdictOf(state, interval ?? { low: -1, high: 1 }),
  }
}

function followedOf({ on, until, paidAfter }: Unit): Followed {
  const watched = Math.max(0, daysBetween(on, until))
  return paidAfter === null ? { days: watched, paid: false, watched } : { days: paidAfter, paid: true, watched: Math.max(watched, paidAfter) }
}

function variantResult(name: VariantName, followed: readonly Followed[]): VariantResult {
  const paid = windows.map(days => {
    // Only whole windows count: those who paid early would else be counted before those who may still pay.
    const whole = followed.filter(({ watched }) => watched >= days)
    const count = whole.filter(each => each.paid && each.days <= days).length
    return { days, of: whole.length, paid: count, interval: wilson(count, whole.length) }
  })
  const mean = meanDaysToPay(followed)
  return { name, units: followed.length, paid, meanDays: mean ? { days: mean.mean, upTo: mean.upTo } : null }
}

/** Every unit with its first action: up to which day its payments are known, and after how many days everything was paid (null: not yet). */
const readUnits = (db: Db, sight: Sight): Promise<Unit[]> => db.$queryRaw<Unit[]>`
  WITH first AS MATERIALIZED (SELECT DISTINCT ON (x.experiment, x.unit) x.experiment, x.unit, x.variant, x.on, x."actionId" FROM "ExperimentAction" x ORDER BY x.experiment, x.unit, x.on, x."actionId"),
  ${moneyKnown},
  asked AS MATERIALIZED (
    SELECT f.experiment, f.unit, f.on, i."invoiceId" AS invoice, i.amount FROM first f JOIN "DunningActionItem" i ON i."actionId" = f."actionId"
    JOIN "Invoice" v ON v.id = i."invoiceId" WHERE COALESCE(v."closedReason", '') <> 'credited'),
  ${moneyOf(Prisma.sql`asked`)},
  settled AS (
    SELECT s.experiment, s.unit, s.invoice, min(s.day) FILTER (WHERE s.sum >= s.amount) AS day FROM (
      SELECT k.experiment, k.unit, k.invoice, k.amount, m.day, sum(m.amount) OVER (PARTITION BY k.experiment, k.unit, k.invoice ORDER BY m.day) AS sum
      FROM asked k LEFT JOIN money m ON m.invoice = k.invoice AND m.day > k.on) AS s GROUP BY 1, 2, 3),
  paid AS (SELECT experiment, unit, CASE WHEN count(*) = count(day) THEN max(day) END AS day FROM settled GROUP BY 1, 2)
  SELECT f.experiment, f.variant, f.on::text AS on, COALESCE(k.until, f.on)::text AS until, (p.day - f.on)::int AS "paidAfter",
    ${debtorInSight(sight, Prisma.sql`act."debtorId"`)} AS "isSeen"
  FROM first f JOIN "DunningAction" act ON act.id = f."actionId" JOIN "Debtor" d ON d.id = act."debtorId" JOIN known k ON k.id = d."administrationId"
  LEFT JOIN paid p ON p.experiment = f.experiment AND p.unit = f.unit
  ORDER BY f.experiment, f.unit`
