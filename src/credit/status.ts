import { z } from 'zod'
import type { Clock, DbClient } from '#platform'
import type { Quota } from './bureaus/bureau.ts'
import type { LoginState } from './bureaus/open-bureau.ts'
import type { CreditRules } from './rules.ts'
import { isMonitoredAt } from './scope.ts'

type LastRun = { startedAt: Date; finishedAt: Date | undefined; counts: unknown }

export type BureauStatus = {
  name: string
  kind: 'creditsafe' | 'file'
  /** Those that the settings name for it; undefined: all that no other bureau serves. */
  countries: string[] | undefined
  /** `no_login`: nobody gave a user name; `refused`: the bureau does not take these words; `waiting`: it was never asked whole. */
  state: 'no_login' | 'refused' | 'waiting' | 'active'
  activeSince: Date | undefined
  lastRun: LastRun | undefined
  /** Debtors in scope of its countries, and how many of them have a company that is watched. */
  inScope: number
  monitored: number
  /** Paid reports that were asked for in this calendar year. */
  reportsThisYear: number
  /** Reports that were bought and used, by country, as the last run left them. */
  quotas: Quota[]
}

export type CreditStatus = {
  /** Of the bureau that is worst off. */
  state: 'off' | BureauStatus['state']
  activeSince: Date | undefined
  lastRun: LastRun | undefined
  inScope: number
  monitored: number
  reportsThisYear: number
  gaps: { reason: string; count: number }[]
  bureaus: BureauStatus[]
}

type StatusDeps = { client: DbClient; clock: Clock; rules: CreditRules; timeZone: string; login: LoginState }

const quotasSchema = z.array(z.object({ country: z.string(), paid: z.number(), used: z.number() }))

const worstFirst = ['no_login', 'refused', 'waiting', 'active'] as const

/** How credit monitoring stands, at each bureau and in all. */
export async function creditStatus(deps: StatusDeps): Promise<CreditStatus> {
  const { client, rules } = deps
  const bureaus: BureauStatus[] = []
  for (const name of Object.keys(rules.bureaus)) bureaus.push(await bureauStatus(deps, name))
  const gaps = await client.creditGap.groupBy({ by: ['reason'], _count: true, orderBy: { reason: 'asc' } })
  const sum = (of: 'inScope' | 'monitored' | 'reportsThisYear') => bureaus.reduce((total, bureau) => total + bureau[of], 0)
  const active = bureaus.flatMap(({ activeSince }) => activeSince ?? []).toSorted((one, other) => one.getTime() - other.getTime())
  const runs = bureaus.flatMap(({ lastRun }) => lastRun ?? []).toSorted((one, other) => other.startedAt.getTime() - one.startedAt.getTime())
  return {
    state: rules.on ? (worstFirst.find(state => bureaus.some(bureau => bureau.state === state)) ?? 'waiting') : 'off',
    activeSince: active[0],
    lastRun: runs[0],
    inScope: sum('inScope'),
    monitored: sum('monitored'),
    reportsThisYear: sum('reportsThisYear'),
    gaps: gaps.map(({ reason, _count }) => ({ reason, count: _count })),
    bureaus,
  }
}

async function bureauStatus({ client, clock, rules, timeZone, login }: StatusDeps, name: string): Promise<BureauStatus> {
  const today = clock.today(timeZone)
  const startOfYear = new Date(`${today.year}-01-01T00:00:00Z`)
  const [account, last, [coverage], [orders]] = await Promise.all([
    client.creditAccount.findUnique({ where: { bureau: name } }),
    client.creditRun.findFirst({ where: { bureau: name }, orderBy: { id: 'desc' } }),
    client.$queryRaw<{ inScope: number; monitored: number }[]>`
      SELECT count(*)::int AS "inScope", count(*) FILTER (WHERE c.monitoring = 'monitored')::int AS monitored
      FROM "Debtor" d LEFT JOIN "CreditLink" l ON l."debtorId" = d.id LEFT JOIN "CreditCompany" c ON c.id = l."companyId" AND c.bureau = ${name}
      WHERE ${isMonitoredAt(rules, today, name)}`,
    client.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM "CreditOrder" o JOIN "CreditCompany" c ON c.id = o."companyId"
      WHERE c.bureau = ${name} AND o.outcome IN ('stored', 'unsure') AND o."askedAt" >= ${startOfYear}`,
  ])
  const { kind = 'creditsafe', countries } = rules.bureaus[name] ?? {}
  const needsLogin = kind === 'creditsafe' && login !== 'fine'
  return {
    name,
    kind,
    countries,
    state: needsLogin ? (login === 'none' ? 'no_login' : 'refused') : account?.activeSince ? 'active' : 'waiting',
    activeSince: account?.activeSince ?? undefined,
    lastRun: last ? { startedAt: last.startedAt, finishedAt: last.finishedAt ?? undefined, counts: last.counts } : undefined,
    inScope: coverage?.inScope ?? 0,
    monitored: coverage?.monitored ?? 0,
    reportsThisYear: orders?.count ?? 0,
    quotas: quotasSchema.parse(account?.quotas ?? []),
  }
}
