import assert from 'node:assert/strict'
import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { flowJobs, resumeAfterRestore } from '#flows'
import { outboxJobs } from '#mail'
import { createBlobs, createQueue, loadBackup, openDatabase, sealAudit, silentLog, systemClock, verifyAudit } from '#platform'
import { type AppMailbox, createApp } from '../../src/app.ts'
import { createTestApp, eventually, signIn } from '../support/app.ts'
import { emptyDatabase, takeBackup } from '../support/backup.ts'
import { aMail, deliver } from '../support/maildir.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const ledger = `debtor_number,debtor_name,country,language,email,contact_name,invoice_number,invoice_date,due_date,amount
2001,Kade Negen BV,NL,en,milan@kade-negen.example,Milan Verhoef,F-2026-0412,2026-09-01,2026-10-01,1250.00
`
const filesIn = (folder: string) => (existsSync(join(folder, 'new')) ? readdirSync(join(folder, 'new')) : [])

test('drill: a backup while mail comes in is restored on another server; Duncan starts there, reads on, and sends nothing that may have left', async t => {
  const mailFolder = temporaryFolder(t)
  const [inbox, outbox] = [join(mailFolder, 'inbox'), join(mailFolder, 'outbox')]
  const mailbox = (path: string): AppMailbox => ({
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

  const summary = await loadBackup({ url: there.url, blobs: createBlobs(join(there.folder, 'blobs')), force: false }, file)
  const restored = openDatabase(there.url, 4)
  const queue = createQueue(restored, silentLog, [...flowJobs, ...outboxJobs])
  await queue.start()
  const resumed = await resumeAfterRestore({ client: restored.client, queue, clock: systemClock }, summary.createdAt)
  await queue.stop()
  await restored.close()
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
