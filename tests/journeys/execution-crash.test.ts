import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { UnknownVerdict } from '#mail'
import { systemClock } from '#platform'
import { anOffice, aPromise } from '../proposals/support.ts'
import { testServer } from '../support/database.ts'
import { type ExecutionProcess, type ExecutionStep, startExecution } from '../support/execution-process.ts'
import { startSmtpServer } from '../support/smtp-server.ts'

const childFile = join(import.meta.dirname, '../support/execution-child.ts')

/** A promise with its hold and reply, approved by a process that dies at a step; then Duncan starts again, and all comes to rest. */
async function approveAndCrash(t: TestContext, diesAt: ExecutionStep | 'never', verdict?: UnknownVerdict) {
  const office = await anOffice(t)
  const { db, folder } = office
  await db.administration.updateMany({ data: { importedAt: new Date() } })
  const proposalId = await aPromise(office)
  const server = await startSmtpServer(t)
  const [{ name } = { name: '' }] = await db.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`
  const databaseUrl = (await testServer()).url(name)
  const settings: ExecutionProcess = { databaseUrl, smtpPort: server.port, folder, staffId: office.jan.id, proposalId }

  if (diesAt !== 'never') {
    const child = spawn(process.execPath, [childFile, JSON.stringify(settings), diesAt], { stdio: ['ignore', 'inherit', 'inherit'] })
    const [, signal] = await once(child, 'exit')
    assert.equal(signal, 'SIGKILL')
  }
  const { stop, proposals } = await startExecution(settings, systemClock)
  t.after(stop)
  await untilAtRest(db)
  if (verdict) {
    const { id } = await db.proposedAction.findFirstOrThrow({ where: { kind: 'send_reply' } })
    await proposals.settleUnknown(id, office.jan.id, verdict, 'console')
    await untilAtRest(db)
  }

  const entries = await db.auditEntry.findMany({ orderBy: { id: 'asc' } })
  const actions = await db.proposedAction.findMany({ where: { proposalId }, orderBy: { position: 'asc' } })
  return {
    accepted: server.accepted.length,
    messageIds: new Set(server.accepted.map(({ source }) => /^message-id:.*$/im.exec(source.toString())?.[0])).size,
    copies: globSync('mailbox/.Sent/cur/*', { cwd: folder }).length,
    promises: await db.promiseToPay.count(),
    holds: await office.standingHolds(),
    decisions: await db.decision.count(),
    mail: (await db.outboundMail.findMany()).map(({ state }) => state),
    actions: actions.map(({ kind, status }) => `${kind} ${status}`),
    // A transaction that was cut off uses up a mail's number; there is one mail, as `mail` shows.
    audit: entries.map(({ subject, event }) => `${subject.replace(/^mail:.*/, 'mail')} ${event}`).toSorted(),
  }
}

async function untilAtRest(db: Awaited<ReturnType<typeof anOffice>>['db']): Promise<void> {
  const deadline = performance.now() + 180_000
  for (;;) {
    const [{ open } = { open: 1n }] = await db.$queryRaw<{ open: bigint }[]>`
      SELECT count(*) AS open FROM pgboss.job
      WHERE (name LIKE 'mail.%' OR name = 'action.execute') AND state NOT IN ('completed', 'failed', 'cancelled') AND start_after < now() + interval '1 minute'`
    if (open === 0n) return
    if (performance.now() > deadline) assert.fail('jobs were still open after three minutes')
    await sleep(100)
  }
}

const carriedOut = {
  accepted: 1,
  messageIds: 1,
  copies: 1,
  promises: 1,
  holds: ['promise 2026-001'],
  decisions: 1,
  mail: ['sent'],
  actions: ['register_promise done', 'send_reply done'],
}

describe('an approved proposal whose process is killed', { concurrency: 5 }, () => {
  let smooth: Promise<string[]> | undefined
  /** The audit trail of a run without a crash. */
  const smoothAudit = (t: TestContext) =>
    (smooth ??= approveAndCrash(t, 'never').then(({ audit, ...rest }) => {
      assert.deepEqual(rest, carriedOut)
      assert.equal(new Set(audit).size, audit.length)
      return audit
    }))

  for (const diesAt of [
    'in_decision',
    'decided',
    'in_execution',
    'executed',
    'before_claim',
    'recorded',
    'filing',
    'appended',
    'filed',
    'in_settlement',
    'settled',
  ] as const) {
    test(`at "${diesAt}" is carried out once by the next one, with one mail and one audit entry per step`, async t => {
      const expected = await smoothAudit(t)

      const { audit, ...rest } = await approveAndCrash(t, diesAt)

      assert.deepEqual(rest, carriedOut)
      assert.deepEqual(audit, expected)
    })
  }

  for (const [diesAt, accepted] of [
    ['claimed', 0],
    ['accepted', 1],
  ] as const) {
    test(`at "${diesAt}" leaves the reply unknown, and everything else done once`, async t => {
      const { audit, ...rest } = await approveAndCrash(t, diesAt)

      assert.deepEqual(rest, {
        ...carriedOut,
        accepted,
        messageIds: accepted,
        copies: 0,
        mail: ['unknown'],
        actions: ['register_promise done', 'send_reply unknown'],
      })
      assert.equal(new Set(audit).size, audit.length)
    })
  }

  for (const [diesAt, verdict, accepted] of [
    ['claimed', 'resend', 1],
    ['accepted', 'resend', 2],
    ['accepted', 'sent', 1],
  ] as const) {
    test(`at "${diesAt}", when a person then says "${verdict}", ends with everything done, under one Message-ID`, async t => {
      const { audit, ...rest } = await approveAndCrash(t, diesAt, verdict)

      assert.deepEqual(rest, { ...carriedOut, accepted, decisions: 2 })
      assert.ok(audit.includes(verdict === 'sent' ? 'mail mail.declared_sent' : 'mail mail.sent_again'))
    })
  }
})
