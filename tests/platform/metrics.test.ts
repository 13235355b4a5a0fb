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
