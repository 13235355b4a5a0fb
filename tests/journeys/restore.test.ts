import assert from 'node:assert/strict'
import { once } from 'node:events'
import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { flowJobs, resumeAfterRestore, watchHeldMail } from '#flows'
import { type GivenMailbox, outboxJobs, sendingHolds } from '#mail'
import { createBlobs, createOps, createQueue, finishRestore, loadBackup, openDatabase, sealAudit, silentLog, systemClock, verifyAudit } from '#platform'
import { type App, createApp } from '../../src/app.ts'
import { createTestApp, eventually, freePort, signIn } from '../support/app.ts'
import { emptyDatabase, takeBackup } from '../support/backup.ts'
import { startDovecot, withoutDovecot } from '../support/dovecot.ts'
import { aMail, deliver } from '../support/maildir.ts'
import { startSmtpServer } from '../support/smtp-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const ledger = `debtor_number,debtor_name,country,language,email,contact_name,invoice_number,invoice_date,due_date,amount
2001,Kade Negen BV,NL,en,milan@kade-negen.example,Milan Verhoef,F-2026-0412,2026-09-01,2026-10-01,1250.00
`
const filesIn = (folder: string) => (existsSync(join(folder, 'new')) ? readdirSync(join(folder, 'new')) : [])

/** As `duncan restore` does. */
async function restoreInto({ url, folder }: { url: string; folder: string }, file: string) {
  const summary = await loadBackup({ url, blobs: createBlobs(join(folder, 'blobs')), force: false }, file)
  const restored = openDatabase(url, 4)
  const queue = createQueue(restored, silentLog, [...flowJobs, ...outboxJobs])
  await queue.start()
  const resumed = await resumeAfterRestore({ client: restored.client, queue, clock: systemClock }, summary.createdAt)
  await queue.stop()
  await finishRestore(restored.pool)
  await restored.close()
  return { summary, resumed }
}

test('drill: a backup while mail comes in is restored on another server; Duncan starts there, reads on, and sends nothing that may have left', async t => {
  const mailFolder = temporaryFolder(t)
  const [inbox, outbox] = [join(mailFolder, 'inbox'), join(mailFolder, 'outbox')]
  const mailbox = (path: string): GivenMailbox => ({
    key: 'debtors',
    kind: 'maildir',
    address: 'ar@creditor.example',
    aliases: [],
    paused: false,
    path,
    folders: ['INBOX'],
    pollSeconds: 0.2,
    outbox,
    startAt: '2026-01-01T00:00:00Z',
  })
  const asks = { From: 'Milan Verhoef <milan@kade-negen.example>', To: 'ar@creditor.example', Date: new Date().toUTCString() }
  deliver(inbox, aMail({ ...asks, Subject: 'Copy of invoice F-2026-0412', text: 'Could you please send me a copy of invoice F-2026-0412?' }))
  const there = { url: await emptyDatabase(t), folder: temporaryFolder(t) }
  const { app, folder, config, loadLedger } = await createTestApp(t, { mailboxes: [mailbox(inbox)], settings: { DUNCAN_UNDO_SECONDS: '3600' } })
  await loadLedger(ledger)
  writeFileSync(join(folder, 'invoices', 'F-2026-0412.pdf'), '%PDF-1.4 copy')
  await app.start()
  const anna = await signIn(app, 'anna')
  const card = await eventually('the card of the mail', async () => (await anna.posts('debtors')).find(({ subject }) => subject.startsWith('proposal:')))
  assert.equal((await anna.press(card, 'debtors', 'proposal.approve')).kind, 'done')
  const { client } = app.database
  await eventually('the reply waits out its undo window', () =>
    client.outboundMail.findFirst({ where: { state: 'scheduled' } }).then(mail => mail ?? undefined),
  )

  for (let number = 0; number < 3; number++) deliver(inbox, aMail({ ...asks, Subject: `Invoice ${number}`, text: `When is invoice number ${number} due?` }))
  const file = await takeBackup(folder, app.database, createBlobs(join(folder, 'blobs')))

  const { summary, resumed } = await restoreInto(there, file)
  cpSync(inbox, join(there.folder, 'inbox'), { recursive: true })
  const second = await createApp({
    config: { ...config, DATABASE_URL: there.url, DUNCAN_DATA_DIR: there.folder, DUNCAN_HTTP_PORT: 0, DUNCAN_UNDO_SECONDS: 0 },
    clock: systemClock,
    log: silentLog,
    mailboxes: [mailbox(join(there.folder, 'inbox'))],
  })
  try {
    await second.start()
    const db = second.database.client
    await eventually('every mail is on a card', async () => ((await db.proposal.count()) === 4 ? true : undefined))
    const action = await eventually('the action of the reply knows that nobody knows', () =>
      db.proposedAction.findFirst({ where: { status: 'unknown' } }).then(found => found ?? undefined),
    )
    while ((await sealAudit(db)) > 0);

    assert.equal(resumed.doubtful, 1)
    assert.deepEqual(summary.missing, [])
    assert.equal((await db.outboundMail.findFirstOrThrow({ where: { actionId: action.id } })).state, 'unknown')
    assert.deepEqual(filesIn(outbox), [], 'nothing left, on neither server')
    assert.equal(await db.invoice.count(), await client.invoice.count())
    assert.equal(await db.message.count(), 4)
    assert.ok((await verifyAudit(db)).ok)
    assert.equal(await db.auditEntry.count({ where: { event: 'backup.restored' } }), 1)
  } finally {
    await second.stop()
  }
})

/** A port that refuses until it is opened, then leads to another one. */
async function aGate(t: Pick<TestContext, 'after'>, target: number) {
  let isOpen = false
  const open = new Set<Socket>()
  const listener = createServer(socket => {
    if (!isOpen) {
      socket.destroy()
      return
    }
    const onward = connect(target, '127.0.0.1')
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      open.add(one)
      one.on('error', () => other.destroy()).on('close', () => open.delete(one) && other.destroy())
      one.pipe(other)
    }
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  t.after(async () => {
    for (const socket of open) socket.destroy()
    await new Promise(resolve => listener.close(resolve))
  })
  return { port: (listener.address() as AddressInfo).port, letIn: () => (isOpen = true) }
}

async function approve(app: App) {
  const anna = await signIn(app, 'anna')
  const card = await eventually('the card', async () => (await anna.posts('debtors')).find(({ subject }) => subject.startsWith('proposal:')))
  return { anna, outcome: await anna.press(card, 'debtors', 'proposal.approve') }
}

test('a reply that left after the backup does not leave again, although it is approved again before the mailbox can be read', {
  skip: withoutDovecot(),
}, async t => {
  const [dovecot, smtp] = [await startDovecot(t), await startSmtpServer(t)]
  const user = dovecot.user()
  const gate = await aGate(t, dovecot.port)
  const there = { url: await emptyDatabase(t), folder: temporaryFolder(t) }
  const mailbox = (port: number): GivenMailbox => ({
    key: 'debtors',
    kind: 'imap',
    address: 'ar@creditor.example',
    aliases: [],
    paused: false,
    host: '127.0.0.1',
    port,
    tls: 'none',
    user,
    passwordEnv: 'PASSWORD',
    password: 'secret',
    folders: ['INBOX'],
    pollSeconds: 1,
    startAt: '2026-01-01T00:00:00Z',
    smtp: { host: '127.0.0.1', port: smtp.port, tls: 'none', sentCopy: 'append', selfBcc: false },
  })
  const { app, folder, config, loadLedger } = await createTestApp(t, { mailboxes: [mailbox(dovecot.port)] })
  await loadLedger(ledger)
  writeFileSync(join(folder, 'invoices', 'F-2026-0412.pdf'), '%PDF-1.4 copy')
  await app.start()
  const asks = { From: 'Milan Verhoef <milan@kade-negen.example>', To: 'ar@creditor.example', 'Message-ID': '<q1@kade-negen.example>' }
  await (await dovecot.connect(user)).append('INBOX', aMail({ ...asks, Subject: 'Copy', text: 'Could you please send me a copy of invoice F-2026-0412?' }))
  await eventually('the proposal', async () => (await app.database.client.proposal.findFirst()) ?? undefined)
  const file = await takeBackup(folder, app.database, createBlobs(join(folder, 'blobs')))
  await approve(app)
  await eventually(
    'the copy stands in the Sent folder',
    async () => (await app.database.client.outboundMail.findFirst({ where: { filedAt: { not: null } } })) ?? undefined,
  )

  await restoreInto(there, file)
  const second = await createApp({
    config: { ...config, DATABASE_URL: there.url, DUNCAN_DATA_DIR: there.folder, DUNCAN_HTTP_PORT: await freePort() },
    clock: systemClock,
    log: silentLog,
    mailboxes: [mailbox(gate.port)],
  })
  try {
    await second.start()
    const db = second.database.client
    const { anna, outcome } = await approve(second)
    const later = `SELECT 1 FROM pgboss.job WHERE name = 'mail.send' AND start_after > now() + interval '10 seconds'`
    await eventually('the reply is held', async () => ((await second.database.pool.query(later)).rowCount ? true : undefined))
    const told = await db.opsAlert.findFirst({ where: { resolvedAt: null, key: 'outbound:held' } })
    const card = JSON.stringify(await anna.posts('debtors'))
    gate.letIn()
    const action = await eventually('the reply is stopped', async () => (await db.proposedAction.findFirst({ where: { status: 'undone' } })) ?? undefined)
    const ops = createOps(db, second.queue)
    await eventually('mail may leave again', async () => {
      await watchHeldMail({ client: db, queue: second.queue, ops })
      return (await db.opsAlert.count({ where: { key: 'outbound:held', resolvedAt: null } })) === 0 ? true : undefined
    })

    assert.equal(outcome.kind, 'done')
    assert.match(told?.problem ?? '', /debtors has not been read to its end/)
    assert.match(card, /restored from a backup/)
    assert.deepEqual(action.problem, [{ code: 'answered_by_colleague' }])
    assert.equal((await db.outboundMail.findFirstOrThrow()).state, 'cancelled')
    assert.equal(smtp.accepted.length, 1)
    assert.deepEqual(await sendingHolds(db), [])
  } finally {
    await second.stop()
  }
})
