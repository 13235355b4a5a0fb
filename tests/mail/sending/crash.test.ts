import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '#platform'
import { scheduleMail } from '../../../src/mail/outbox.ts'
import { resolveUnknown } from '../../../src/mail/reconcile-sent.ts'
import { createTestDatabase } from '../../support/database.ts'
import { forgetHeartbeats } from '../../support/killed-process.ts'
import type { Death } from '../../support/sending-child.ts'
import { type SendingProcess, startSending } from '../../support/sending-process.ts'
import { type SmtpBehaviour, startSmtpServer } from '../../support/smtp-server.ts'
import { aDraft } from './outbox-fixture.ts'

const childFile = join(import.meta.dirname, '../../support/sending-child.ts')

type Hooks = Pick<TestContext, 'after'>
type Installation = Awaited<ReturnType<typeof anInstallation>>

/** An installation whose mail is due, on a database, a folder and a mail server of its own. */
async function anInstallation(t: Hooks, sentCopy: SendingProcess['sentCopy'] = 'append', onText: SmtpBehaviour['onText'] = () => undefined) {
  const database = await createTestDatabase(t)
  const folder = mkdtempSync(join(tmpdir(), 'duncan-crash-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const sentFolder = join(folder, 'mailbox/.Sent/cur')
  mkdirSync(sentFolder, { recursive: true })
  const server = await startSmtpServer(t, {
    onText,
    onAccepted: ({ source }) => void (sentCopy === 'server' && writeFileSync(join(sentFolder, 'by-server:2,S'), source)),
  })
  const settings: SendingProcess = { databaseUrl: database.url, smtpPort: server.port, folder, sentCopy }
  const mailbox = await database.client.mailbox.create({ data: { key: 'debtors', address: 'debtors@acme.example', kind: 'maildir', startAt: new Date(0) } })
  const first = await startSending(settings, systemClock) // makes the queues
  await first.queue.stop()
  const draft = aDraft({ mailboxId: mailbox.id, sendAfter: systemClock.now().subtract({ hours: 2 }) })
  const { id } = await database.client.$transaction(tx => scheduleMail(tx, first.queue, draft))
  await first.stop()
  return { database, sentFolder, server, settings, id }
}

/** One process that sends for all these installations; it kills itself when it has come to the step of each. */
const aMortal = (deaths: Death[]): ChildProcess =>
  spawn(process.execPath, [childFile, JSON.stringify(deaths)], { stdio: ['ignore', 'inherit', 'inherit'], timeout: 240_000 })

async function untilKilled(child: ChildProcess): Promise<void> {
  const [, signal] = await once(child, 'exit')
  assert.equal(signal, 'SIGKILL', 'it came to every step')
}

/** Duncan starts on an installation, until every job has come to rest. */
async function comeToRest(t: Hooks, { database, sentFolder, server, settings, id }: Installation) {
  const duncan = await startSending(settings, systemClock)
  t.after(duncan.stop)
  const isAtRest = async () => {
    const [{ open } = { open: 1n }] = await database.client.$queryRaw<{ open: bigint }[]>`
      SELECT count(*) AS open FROM pgboss.job
      WHERE name IN ('mail.send', 'mail.file', 'mail.reconcile') AND state NOT IN ('completed', 'failed', 'cancelled') AND start_after < now() + interval '1 minute'`
    return open === 0n
  }
  await until(isAtRest)
  const mail = await database.client.outboundMail.findUniqueOrThrow({ where: { id } })
  const entries = await database.client.auditEntry.findMany({ where: { subject: `mail:${id}` }, orderBy: { id: 'asc' } })
  const settled = await database.client.$queryRaw<unknown[]>`SELECT 1 FROM pgboss.job WHERE name = 'mail.settled'`
  return {
    deps: duncan.deps,
    mail,
    isAtRest,
    accepted: server.accepted,
    audit: entries.map(({ event }) => event),
    copies: () => readdirSync(sentFolder).length,
    settled: settled.length,
    threadMails: await database.client.message.count({ where: { direction: 'out' } }),
    row: () => database.client.outboundMail.findUniqueOrThrow({ where: { id } }),
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 180_000
  while (!(await condition())) {
    if (performance.now() > deadline) assert.fail('jobs were still open after three minutes')
    await sleep(100)
  }
}

describe('a process killed while a mail leaves', { concurrency: true }, () => {
  const sentOnce = ['mail.scheduled', 'mail.sending', 'mail.sent', 'mail.filed']
  const afterwards = ['recorded', 'filing', 'appended', 'filed'] as const
  const steps = ['before_claim', ...afterwards, 'claimed', 'accepted', 'filed by the server'] as const
  const cleanUp: (() => unknown)[] = []
  const hooks: Hooks = { after: hook => void cleanUp.push(hook as () => unknown) }
  const dead = new Map<(typeof steps)[number], Installation>()

  before(async () => {
    for (const step of steps) dead.set(step, await anInstallation(hooks, step === 'filed by the server' ? 'server' : 'append'))
    const deaths = [...dead].map(([step, { settings }]) => ({ settings, at: step === 'filed by the server' ? ('accepted' as const) : step }))
    await untilKilled(aMortal(deaths))
    for (const { database } of dead.values()) await forgetHeartbeats(database.client)
  })
  after(async () => {
    for (const hook of cleanUp) await hook()
  })
  const diedAt = (t: Hooks, step: (typeof steps)[number]) => {
    const installation = dead.get(step)
    assert.ok(installation)
    return comeToRest(t, installation)
  }

  test('before the claim: the mail is sent by the next one', async t => {
    const { mail, accepted, audit, copies, settled } = await diedAt(t, 'before_claim')

    assert.deepEqual([mail.state, accepted.length, copies(), settled], ['sent', 1, 1, 1])
    assert.deepEqual(audit, sentOnce)
  })

  for (const step of afterwards) {
    test(`after the mail was recorded as sent, at "${step}": one mail, one copy, one entry per step`, async t => {
      const { mail, accepted, audit, copies, settled, threadMails } = await diedAt(t, step)

      assert.deepEqual([mail.state, accepted.length, copies(), settled, threadMails], ['sent', 1, 1, 1, 1])
      assert.deepEqual(audit, sentOnce)
    })
  }

  test('after the claim: the mail stands unknown, is not sent, and goes once when a person says so', async t => {
    const { mail, accepted, audit, settled, deps, isAtRest, row } = await diedAt(t, 'claimed')
    assert.deepEqual([mail.state, accepted.length, settled], ['unknown', 0, 1])
    assert.deepEqual(audit, ['mail.scheduled', 'mail.sending', 'mail.unknown'])

    assert.equal(await resolveUnknown(deps.client, deps, mail.id, 'resend', 7), true)
    await until(async () => (await isAtRest()) && (await row()).filedAt !== null)

    assert.equal((await row()).state, 'sent')
    assert.deepEqual([accepted.length, accepted[0]?.source.includes(mail.internetMessageId)], [1, true])
  })

  test('while the text leaves: the mail stands unknown', async t => {
    let child: ChildProcess | undefined
    const installation = await anInstallation(t, 'append', () => void child?.kill('SIGKILL'))
    child = aMortal([{ settings: installation.settings }])
    await untilKilled(child)
    await forgetHeartbeats(installation.database.client)

    const { mail, accepted, audit } = await comeToRest(t, installation)

    assert.equal(mail.state, 'unknown')
    assert.ok(accepted.length <= 1)
    assert.deepEqual(audit, ['mail.scheduled', 'mail.sending', 'mail.unknown'])
  })

  test('after the server accepted it: the mail stands unknown and is not sent again', async t => {
    const { mail, accepted, audit, settled } = await diedAt(t, 'accepted')

    assert.deepEqual([mail.state, accepted.length, settled], ['unknown', 1, 1])
    assert.deepEqual(audit, ['mail.scheduled', 'mail.sending', 'mail.unknown'])
  })

  test('after the server accepted it and filed it in the Sent folder: the mail is found there and counts as sent', async t => {
    const { mail, accepted, audit, copies, settled, threadMails } = await diedAt(t, 'filed by the server')

    assert.deepEqual([mail.state, accepted.length, copies(), settled, threadMails], ['sent', 1, 1, 2, 1])
    assert.deepEqual(audit, ['mail.scheduled', 'mail.sending', 'mail.unknown', 'mail.found'])
  })
})
