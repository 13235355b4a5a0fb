import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aLedger, anItem } from '../search/ledger.ts'
import { createTestApp } from '../support/app.ts'

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)

test('the metrics of a running Duncan tell of its work, and name nobody', async t => {
  const { app, config } = await createTestApp(t, {})
  const { client } = app.database
  await app.start()
  const mailbox = await client.mailbox.create({
    data: { key: 'debtors', address: 'ar@creditor.example', kind: 'imap', startAt: ago(0), status: 'ok', lastSyncAt: ago(500) },
  })
  const mail = { mailboxId: mailbox.id, size: 1, direction: 'in', receivedAt: ago(0), fromAddress: 'ann@brook.example' }
  await client.message.createMany({ data: ['a', 'b', 'c'].map(rawHash => ({ ...mail, rawHash })) })
  const proposal = { mailboxId: mailbox.id, summary: 'x' }
  await client.proposal.createMany({
    data: [
      { ...proposal, messageId: 1 },
      { ...proposal, messageId: 2, status: 'approved', createdAt: ago(600), decidedAt: ago(480) },
    ],
  })
  await client.outboundMail.create({
    data: {
      mailboxId: mailbox.id,
      internetMessageId: '<1@creditor.example>',
      to: ['ann@brook.example'],
      subject: 'x',
      text: 'x',
      state: 'unknown',
      sendAfter: ago(0),
    },
  })
  await client.llmUsage.create({ data: { day: new Date('2026-11-01'), model: 'some', promptTokens: 700, outputTokens: 30, cost: '0.25' } })
  await client.deadJob.create({ data: { id: 'x', kind: 'mail.send', payload: {}, problem: 'x' } })

  const { administrationId, debtors } = await aLedger(client, ['Brook Ltd'])
  const debtorId = debtors[0]?.id ?? 0
  await client.debtor.update({ where: { id: debtorId }, data: { country: 'GB', companyNumber: '00000006' } })
  await anItem(client, { administrationId, debtorId }, 'B1', '2026-02-01', '100.00')
  await client.creditGap.create({ data: { debtorId, reason: 'not_found', checkedAt: ago(60) } })
  await client.creditRun.create({ data: { bureau: 'creditsafe', trigger: 'night', startedAt: ago(90), finishedAt: ago(60), eventsFrom: ago(90) } })

  const body = await (await fetch(`http://127.0.0.1:${config.DUNCAN_HTTP_PORT}/metrics`)).text()

  for (const line of [
    /^duncan_mails_received_total\{mailbox="debtors"\} 3$/m,
    /^duncan_mailbox_sync_age_seconds\{mailbox="debtors"\} 50\d/m,
    /^duncan_mailbox_failing\{mailbox="debtors"\} 0$/m,
    /^duncan_proposals\{state="open"\} 1$/m,
    /^duncan_decision_seconds\{quantile="0.5"\} 120/m,
    /^duncan_outbound_mails\{state="unknown"\} 1$/m,
    /^duncan_jobs_waiting\{kind="mail.send"\} 0$/m,
    /^duncan_jobs_dead 1$/m,
    /^duncan_ops_alerts_open \d+$/m,
    /^duncan_pool_connections\{state="busy"\} \d+$/m,
    /^duncan_database_connections\{state="allowed"\} [1-9]\d+$/m,
    /^duncan_credit_run_age_seconds\{bureau="creditsafe"\} 6\d/m,
    /^duncan_credit_gaps\{reason="not_found"\} 1$/m,
    /^duncan_credit_coverage\{administration="HL",currency="EUR",stage="valid"\} 1$/m,
    /^duncan_credit_coverage\{administration="HL",currency="EUR",stage="monitored"\} 0$/m,
    /^duncan_llm_tokens_total\{kind="prompt"\} 700$/m,
    /^duncan_llm_cost_total 0.25$/m,
    /^nodejs_eventloop_lag_p99_seconds /m,
  ])
    assert.match(body, line)
  assert.doesNotMatch(body, /brook|@/)
})
