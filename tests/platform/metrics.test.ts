import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from '#platform'

test('the figures of the process and of Duncan are scraped together', async () => {
  const metrics = createMetrics()
  metrics.counter('duncan_mails_total', 'Mails received', ['mailbox']).inc({ mailbox: 'debtors' }, 3)
  metrics.histogram('duncan_job_seconds', 'Time of a job', ['kind']).observe({ kind: 'mail.send' }, 0.3)
  let open = 4
  metrics.gauge('duncan_open_proposals', 'Proposals that wait for a decision', async () => open)
  open = 5

  const { body, contentType } = await metrics.render()

  assert.match(contentType, /^text\/plain/)
  assert.match(body, /^duncan_mails_total\{mailbox="debtors"\} 3$/m)
  assert.match(body, /^duncan_job_seconds_bucket\{le="0.5",kind="mail.send"\} 1$/m)
  assert.match(body, /^duncan_open_proposals 5$/m)
  assert.match(body, /^process_resident_memory_bytes \d+$/m)
})

test('two registries in one process share nothing', async () => {
  const [one, other] = [createMetrics(), createMetrics()]
  one.counter('duncan_mails_total', 'Mails received').inc()

  other.counter('duncan_mails_total', 'Mails received')

  assert.match((await other.render()).body, /^duncan_mails_total 0$/m)
})

test('values by label are those of the moment, and counts of the database never add up twice', async () => {
  const metrics = createMetrics()
  let open = [
    { labels: { state: 'open' }, value: 3 },
    { labels: { state: 'snoozed' }, value: 1 },
  ]
  metrics.gauges('duncan_proposals', 'Proposals by state', ['state'], async () => open)
  metrics.totals('duncan_tokens_total', 'Tokens', ['kind'], async () => [{ labels: { kind: 'prompt' }, value: 70 }])

  await metrics.render()
  open = [{ labels: { state: 'open' }, value: 2 }]
  const { body } = await metrics.render()

  assert.match(body, /^duncan_proposals\{state="open"\} 2$/m)
  assert.doesNotMatch(body, /snoozed/)
  assert.match(body, /^duncan_tokens_total\{kind="prompt"\} 70$/m)
})
