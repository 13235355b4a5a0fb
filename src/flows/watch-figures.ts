import { fullSight } from '#people'
import { type Clock, type DbClient, fromInstant, type Metrics } from '#platform'
import { coverageOf, coverageStages, readSearchContext } from '#search'
import { connectionsOf } from './watch-connections.ts'

type FigureDeps = { client: DbClient; clock: Clock; timeZone: string; pool: { totalCount: number; idleCount: number; waitingCount: number } }

/** What `/metrics` tells about the work, read from the database at each scrape; every label has few values, and none is personal. */
export function watchFigures(metrics: Metrics, { client, clock, timeZone, pool }: FigureDeps): void {
  /** Of SQL that gives `label` and `value`. */
  const query = (label: string, sql: string) => async () => {
    const rows = await client.$queryRawUnsafe<{ label: string; value: number | null }[]>(`SELECT * FROM (${sql}) AS figure ORDER BY value DESC LIMIT 100`)
    return rows.map(row => ({ labels: { [label]: row.label }, value: row.value ?? 0 }))
  }
  const byLabel = (name: string, help: string, label: string, sql: string) => metrics.gauges(name, help, [label], query(label, sql))

  metrics.totals<string>(
    'duncan_mails_received_total',
    'Mails stored, by mailbox',
    ['mailbox'],
    query(
      'mailbox',
      `SELECT b.key AS label, m.value FROM "Mailbox" b
       JOIN (SELECT "mailboxId", count(*)::int AS value FROM "Message" GROUP BY 1) m ON m."mailboxId" = b.id`,
    ),
  )
  byLabel(
    'duncan_mailbox_sync_age_seconds',
    'Seconds since a mailbox was last read to its end',
    'mailbox',
    `SELECT key AS label, extract(epoch FROM now() - "lastSyncAt")::float8 AS value FROM "Mailbox" WHERE status NOT IN ('removed', 'paused') AND "lastSyncAt" IS NOT NULL`,
  )
  byLabel(
    'duncan_mailbox_failing',
    '1 while a mailbox cannot be read',
    'mailbox',
    `SELECT key AS label, (status = 'failing')::int AS value FROM "Mailbox" WHERE status <> 'removed'`,
  )
  byLabel('duncan_proposals', 'Proposals by state', 'state', 'SELECT status AS label, count(*)::int AS value FROM "Proposal" GROUP BY 1')
  byLabel(
    'duncan_decision_seconds',
    'Time from a proposal to its decision, of the last day’s decisions',
    'quantile',
    `SELECT unnest(ARRAY['0.5', '0.9', '0.99']) AS label, unnest(took) AS value FROM (
      SELECT percentile_cont(ARRAY[0.5, 0.9, 0.99]) WITHIN GROUP (ORDER BY extract(epoch FROM "decidedAt" - "createdAt")::float8) AS took
      FROM "Proposal" WHERE "decidedAt" > now() - interval '1 day') AS day`,
  )
  byLabel('duncan_outbound_mails', 'Outbound mails by state', 'state', 'SELECT state AS label, count(*)::int AS value FROM "OutboundMail" GROUP BY 1')
  byLabel(
    'duncan_ledger_age_seconds',
    'Seconds since the newest import, by kind of file',
    'type',
    `SELECT type AS label, extract(epoch FROM now() - max("finishedAt"))::float8 AS value FROM "ImportRun" WHERE status = 'done' AND "finishedAt" IS NOT NULL GROUP BY 1`,
  )
  byLabel('duncan_jobs_waiting', 'Jobs that wait or run, by kind', 'kind', `SELECT name AS label, (queued_count + active_count) AS value FROM pgboss.queue`)
  metrics.gauge('duncan_jobs_dead', 'Jobs that failed for good and were not retried', () => client.deadJob.count({ where: { retriedAt: null } }))
  metrics.gauge('duncan_ops_alerts_open', 'Alerts about Duncan itself that stand', () => client.opsAlert.count({ where: { resolvedAt: null } }))
  byLabel(
    'duncan_credit_run_age_seconds',
    'Seconds since a credit bureau was last asked for everything',
    'bureau',
    `SELECT bureau AS label, extract(epoch FROM now() - max("finishedAt"))::float8 AS value FROM "CreditRun" WHERE "finishedAt" IS NOT NULL GROUP BY 1`,
  )
  byLabel(
    'duncan_credit_gaps',
    'Debtors that no credit bureau watches, by the reason',
    'reason',
    'SELECT reason AS label, count(*)::int AS value FROM "CreditGap" GROUP BY 1',
  )
  metrics.gauges(
    'duncan_credit_coverage',
    'Part of what is open that credit bureaus cover, by step: number valid, company identified, monitored, fresh',
    ['administration', 'currency', 'stage'],
    async () => {
      if ((await client.creditRun.count({ take: 1 })) === 0) return []
      const rows = await coverageOf(client, await readSearchContext(client, { sight: fullSight, clock, timeZone }), fromInstant(clock.now()))
      return rows.flatMap(({ code, currency, open, ...covered }) =>
        coverageStages.map(stage => ({ labels: { administration: code, currency, stage }, value: covered[stage].div(open).toNumber() })),
      )
    },
  )
  metrics.gauges('duncan_pool_connections', 'Database connections of this process, by state', ['state'], async () => [
    { labels: { state: 'busy' }, value: pool.totalCount - pool.idleCount },
    { labels: { state: 'idle' }, value: pool.idleCount },
    { labels: { state: 'awaited' }, value: pool.waitingCount },
  ])
  metrics.gauges('duncan_database_connections', 'Connections of the database server', ['state'], async () => {
    const { open, most } = await connectionsOf(client)
    return [
      { labels: { state: 'open' }, value: open },
      { labels: { state: 'allowed' }, value: most },
    ]
  })
  metrics.totals('duncan_llm_tokens_total', 'Tokens of the language model', ['kind'], async () => {
    const { _sum: sum } = await client.llmUsage.aggregate({ _sum: { promptTokens: true, outputTokens: true } })
    return [
      { labels: { kind: 'prompt' }, value: sum.promptTokens ?? 0 },
      { labels: { kind: 'output' }, value: sum.outputTokens ?? 0 },
    ]
  })
  metrics.totals('duncan_llm_cost_total', 'Cost of the language model, in the currency of its prices', [], async () => {
    const { _sum: sum } = await client.llmUsage.aggregate({ _sum: { cost: true } })
    return [{ labels: {}, value: Number(sum.cost ?? 0) }]
  })
}
