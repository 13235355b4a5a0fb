import assert from 'node:assert/strict'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import {
  connectDatabase,
  createBlobs,
  type Database,
  finishRestore,
  loadBackup,
  migrate,
  migrationNames,
  migrationState,
  openDatabase,
  recordAudit,
  sealAudit,
  verifyAudit,
} from '#platform'
import { emptyDatabase, takeBackup } from '../support/backup.ts'
import { createTestDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** An installation with a mailbox, and where its backups go. */
async function anInstallation(t: TestContext) {
  const database = await createTestDatabase(t)
  const folder = temporaryFolder(t)
  const blobs = createBlobs(join(folder, 'blobs'))
  const mailbox = await database.client.mailbox.create({ data: { key: 'debtors', address: 'ar@creditor.example', kind: 'maildir', startAt: new Date(0) } })
  const receive = async (source: string | Buffer, subject = 'Invoice') => {
    const { hash, size } = await blobs.put(Buffer.from(source))
    const row = { mailboxId: mailbox.id, rawHash: hash, size, direction: 'in', subject, receivedAt: new Date(0) }
    return database.client.message.create({ data: row })
  }
  return { database, folder, blobs, receive }
}

/** Another place, where nothing is yet. */
async function aPlace(t: TestContext) {
  const url = await emptyDatabase(t)
  const blobs = createBlobs(join(temporaryFolder(t), 'blobs'))
  const look = async <T>(ask: (database: Database) => Promise<T>): Promise<T> => {
    const database = openDatabase(url, 2)
    try {
      return await ask(database)
    } finally {
      await database.close()
    }
  }
  return { url, blobs, look, deps: { url, blobs, force: false } }
}

const subjects = ({ client }: Database) => client.message.findMany({ orderBy: { id: 'asc' } }).then(rows => rows.map(({ subject }) => subject))

describe('a backup that is restored elsewhere', () => {
  test('has every row as it was, every file, the trail, and new rows get new numbers', async t => {
    const { database, folder, blobs, receive } = await anInstallation(t)
    const strange = 'Tab\tline\nback\\slash \\N "quotes" Łódź 💶'
    const large = randomBytes(3_000_000)
    const message = await receive(large, strange)
    await database.client.message.update({ where: { id: message.id }, data: { findings: { a: [null, 'é'], b: '\\' }, replyTo: ['a@b.example', '{"}'] } })
    await recordAudit(database.client, { actor: 'cli', event: 'test', subject: 'x', content: { name: 'Ann' } })
    await sealAudit(database.client)
    const there = await aPlace(t)

    const summary = await loadBackup(there.deps, await takeBackup(folder, database, blobs))

    assert.deepEqual([summary.blobs, summary.missing, summary.damaged], [1, [], []])
    assert.deepEqual(await there.blobs.read(message.rawHash), large)
    await there.look(async restored => {
      assert.deepEqual(await restored.client.message.findMany(), await database.client.message.findMany())
      assert.deepEqual(await verifyAudit(restored.client), await verifyAudit(database.client))
      const next = await restored.client.mailbox.create({ data: { key: 'other', address: 'o@creditor.example', kind: 'imap', startAt: new Date() } })
      assert.equal(next.id, message.mailboxId + 1)
    })
  })

  test('is of one moment while mail goes on arriving: every mail in it has its file', async t => {
    const { database, folder, blobs, receive } = await anInstallation(t)
    for (let number = 0; number < 20; number++) await receive(randomUUID())
    const over = new AbortController()
    const arriving = (async () => {
      while (!over.signal.aborted) await receive(randomUUID())
    })()

    const file = await takeBackup(folder, database, blobs)
    over.abort()
    await arriving
    const there = await aPlace(t)
    const { missing } = await loadBackup(there.deps, file)

    const messages = await there.look(({ client }) => client.message.findMany())
    assert.ok(messages.length >= 20)
    assert.deepEqual(missing, [])
    for (const { rawHash } of messages) assert.ok(await there.blobs.has(rawHash))
  })

  test('names the files that were missing or damaged, and has all the rest', async t => {
    const { database, folder, blobs, receive } = await anInstallation(t)
    const [lost, damaged, kept] = [await receive('one'), await receive('two'), await receive('three')]
    rmSync(blobs.path(lost.rawHash))
    writeFileSync(blobs.path(damaged.rawHash), 'twx')
    const there = await aPlace(t)

    const summary = await loadBackup(there.deps, await takeBackup(folder, database, blobs))

    assert.deepEqual([summary.missing, summary.damaged], [[lost.rawHash], [damaged.rawHash]])
    assert.equal(String(await there.blobs.read(kept.rawHash)), 'three')
  })

  test('of an older release ends up at this one', async t => {
    const url = await emptyDatabase(t)
    const older = migrationNames().slice(0, 1)
    await migrate(url, undefined, older)
    const old = openDatabase(url, 2)
    await old.pool.query(`INSERT INTO "Administration" (code, name, country, language, currency) VALUES ('A', 'Creditor BV', 'NL', 'nl', 'EUR')`)
    const folder = temporaryFolder(t)
    const file = await takeBackup(folder, old, createBlobs(folder), `SELECT "rawHash" AS hash FROM "Message"`)
    await old.close()
    const there = await aPlace(t)

    await loadBackup(there.deps, file)

    const [state, names] = await there.look(async ({ pool, client }) => [await migrationState(pool), await client.administration.findMany()] as const)
    assert.deepEqual([state.missing, state.unknown], [[], []])
    assert.deepEqual(
      names.map(({ name }) => name),
      ['Creditor BV'],
    )
  })
})

describe('restoring', () => {
  test('refuses a database that holds data, and replaces it when told to, the trail included', async t => {
    const { database, folder, blobs, receive } = await anInstallation(t)
    await receive('one', 'first')
    const file = await takeBackup(folder, database, blobs)
    const there = await aPlace(t)
    await loadBackup(there.deps, file)
    await there.look(({ pool }) => finishRestore(pool))
    await receive('two', 'second')
    const newer = await takeBackup(folder, database, blobs)
    await there.look(({ client }) => recordAudit(client, { actor: 'cli', event: 'test', subject: 'lost' }))

    await assert.rejects(loadBackup(there.deps, newer), { code: 'restore.not_empty' })
    assert.deepEqual(await there.look(subjects), ['first'])
    await loadBackup({ ...there.deps, force: true }, newer)

    assert.deepEqual(await there.look(subjects), ['first', 'second'])
    assert.equal(await there.look(({ client }) => client.auditEntry.count()), 0)
  })

  test('that breaks off leaves a database on which nothing starts, until the same restore is run to its end', async t => {
    const { database, folder, blobs, receive } = await anInstallation(t)
    await receive('one', 'first')
    const file = await takeBackup(folder, database, blobs)
    const there = await aPlace(t)
    const start = () => connectDatabase({ DATABASE_URL: there.url, DUNCAN_DATA_DIR: folder })

    await assert.rejects(loadBackup({ ...there.deps, blobs: { ...there.blobs, put: () => Promise.reject(new Error('disk full')) } }, file), /disk full/)
    await assert.rejects(start(), { code: 'restore.unfinished' })
    await loadBackup(there.deps, file)
    await assert.rejects(start(), { code: 'restore.unfinished' }, 'what was under way is not taken up yet')
    await loadBackup(there.deps, file)
    await there.look(({ pool }) => finishRestore(pool))

    const started = await start()
    assert.deepEqual(await subjects(started), ['first'])
    await started.close()
    await assert.rejects(loadBackup(there.deps, file), { code: 'restore.not_empty' })
  })

  test('refuses while somebody else is connected to the database', async t => {
    const { database, folder, blobs } = await anInstallation(t)
    const file = await takeBackup(folder, database, blobs)
    const there = await aPlace(t)

    await there.look(async ({ pool }) => {
      await pool.query('SELECT 1')
      await assert.rejects(loadBackup({ ...there.deps, force: true }, file), { code: 'restore.in_use', message: /^1 other/ })
    })
  })

  test('touches nothing for a file that was cut off, changed, or is something else', async t => {
    const { database, folder, blobs, receive } = await anInstallation(t)
    const mail = randomBytes(20_000)
    await receive(mail, 'Invoice 2026-0412')
    const whole = readFileSync(await takeBackup(folder, database, blobs))
    const there = await aPlace(t)
    await there.look(({ pool }) => pool.query('CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)'))
    const at = whole.indexOf('Invoice 2026-0412')
    const changed = Buffer.from(whole)
    changed.write('Invoice 2026-0413', at)
    const inBlob = Buffer.from(whole)
    const middle = whole.indexOf(mail.subarray(10_000))
    inBlob[middle] = (inBlob[middle] ?? 0) ^ 1
    const faulty = {
      cut: whole.subarray(0, whole.length - 12_000),
      justCut: whole.subarray(0, whole.length - 3_000),
      changed,
      inBlob,
      other: randomBytes(9_000),
      empty: Buffer.alloc(0),
    }

    for (const [name, content] of Object.entries(faulty)) {
      const file = join(folder, name)
      writeFileSync(file, content)
      await assert.rejects(loadBackup({ ...there.deps, force: true }, file), { code: 'backup.damaged' }, name)
    }

    const { rows } = await there.look(({ pool }) => pool.query('SELECT id FROM kept'))
    assert.deepEqual(rows, [{ id: 1 }])
    assert.equal(await there.blobs.has(createHash('sha256').update('').digest('hex')), false)
  })

  test('refuses the backup of a newer release', async t => {
    const { database, folder, blobs } = await anInstallation(t)
    await database.pool.query(`INSERT INTO "_prisma_migrations"(id, checksum, migration_name, finished_at) VALUES ('x', 'x', '99990101000000_newer', now())`)
    const file = await takeBackup(folder, database, blobs)
    const there = await aPlace(t)

    await assert.rejects(loadBackup(there.deps, file), { code: 'backup.newer', message: /99990101000000_newer/ })
  })
})
