// `npm run bench`: each figure beside its bare counterpart of the same run. `--quick` takes small sizes, to see that everything
// runs; `--only import,triage` picks; `--json` prints JSON. Absolute figures differ between machines, ratios hold better.
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, only: { type: 'string' } },
})
const size = (full: number, quick: number) => (values.quick ? quick : full)

// Loaded one by one: a library that another measurement needs must not take its memory here.
const measurements: Record<string, () => Promise<object>> = {
  'first sync': async () => (await import('./first-sync.ts')).benchFirstSync({ mails: size(10_000, 300) }),
  latency: async () => (await import('./latency.ts')).benchLatency({ mails: size(60, 5) }),
  import: async () => (await import('./import.ts')).benchImport({ rows: size(1_000_000, 5_000) }),
  'look-up': async () =>
    (await import('./look-up.ts')).benchLookUp({ debtors: size(100_000, 2_000), invoices: size(1_000_000, 20_000), rounds: size(500, 50) }),
  statements: async () => (await import('./statements.ts')).benchStatements({ entries: size(50_000, 500), invoices: size(200_000, 2_000) }),
  'clicks on Slack': async () => (await import('./clicks-slack.ts')).benchClicksOnSlack({ clicks: size(2_000, 50), together: 50, runs: size(5, 1) }),
  'clicks on Teams': async () => (await import('./clicks-teams.ts')).benchClicksOnTeams({ clicks: size(2_000, 50), together: 50, runs: size(5, 1) }),
  'credit night': async () => (await import('./credit-night.ts')).benchCreditNight({ companies: size(10_000, 100) }),
  'credit alert': async () => (await import('./credit-alert.ts')).benchCreditAlert({ companies: size(500, 20), alerts: size(50, 4) }),
  bounces: async () => (await import('./bounces.ts')).benchBounces({ rounds: size(50, 2), mails: size(2_000, 50) }),
  'dunning day': async () => (await import('./dunning-day.ts')).benchDunningDay({ debtors: size(100_000, 2_000), invoices: size(1_000_000, 20_000) }),
  results: async () => (await import('./results.ts')).benchResults({ actions: size(100_000, 1_000) }),
  report: async () => (await import('./report.ts')).benchReport({ rows: size(100_000, 6_000) }),
  triage: async () => (await import('./triage.ts')).benchTriage({ mails: size(3_000, 200) }),
}

const chosen = values.only?.split(',') ?? Object.keys(measurements)
const figures: Record<string, object> = {}
for (const name of chosen) {
  const measure = measurements[name]
  if (!measure) throw new RangeError(`there is no measurement "${name}"; there are: ${Object.keys(measurements).join(', ')}`)
  if (!values.json) console.log(`\n${name}`)
  figures[name] = await measure()
  if (!values.json) console.table(figures[name])
}
if (values.json) console.log(JSON.stringify(figures, null, 2))
