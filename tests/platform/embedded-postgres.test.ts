import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, type TestContext, test } from 'node:test'
import pg from 'pg'
import { type EmbeddedPostgres, ensureDatabase, startEmbeddedPostgres } from '#platform'
import { temporaryFolder } from '../support/temporary-folder.ts'

const childFile = join(import.meta.dirname, '../support/postgres-child.ts')

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Another Duncan on the same folder; resolves once its server answers. */
async function anotherDuncan(t: TestContext, folder: string): Promise<{ url: string; adopted: boolean; process: ChildProcess; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [childFile, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const stop = async () => {
    child.stdin.write('stop\n')
    await once(child, 'exit')
  }
  return { ...(JSON.parse(line) as { url: string; adopted: boolean }), process: child, stop }
}

function stopAfter(t: TestContext, server: EmbeddedPostgres): EmbeddedPostgres {
  t.after(() => server.stop())
  return server
}

const isRoot = process.getuid?.() === 0

describe('the embedded database', { concurrency: 3 }, () => {
  test('keeps its data over a stop, and its sort order and case know accents', async t => {
    const folder = join(temporaryFolder(t), 'pg')
    const first = await startEmbeddedPostgres(folder)
    await query(first.url('postgres'), `CREATE TABLE kept AS SELECT upper('zażółć') AS word`)
    await first.stop()
    assert.equal(existsSync(join(first.home, 'data/postmaster.pid')), false)

    const again = stopAfter(t, await startEmbeddedPostgres(folder))

    assert.deepEqual(await query(again.url('postgres'), 'SELECT word FROM kept'), [{ word: 'ZAŻÓŁĆ' }])
    assert.equal(again.adopted, false)
  })

  test('is made once when two processes start for the first time at once, and one of them owns it', async t => {
    const folder = join(temporaryFolder(t), 'pg')

    const both = await Promise.all([anotherDuncan(t, folder), anotherDuncan(t, folder)])
    const [guest, owner] = both.toSorted((a, b) => Number(b.adopted) - Number(a.adopted))
    assert.deepEqual([guest?.adopted, owner?.adopted], [true, false])
    assert.equal(guest?.url, owner?.url)

    await guest?.stop()
    assert.deepEqual(await query(owner?.url ?? '', 'SELECT 1 AS one'), [{ one: 1 }])
    await owner?.stop()
    await assert.rejects(query(owner?.url ?? '', 'SELECT 1'))
  })

  test('is taken over from a process that was killed, and stopped by its heir', async t => {
    const folder = join(temporaryFolder(t), 'pg')
    const killed = await anotherDuncan(t, folder)
    await query(killed.url, 'CREATE TABLE kept AS SELECT 1 AS one')
    killed.process.kill('SIGKILL')
    await once(killed.process, 'exit')

    const heir = await startEmbeddedPostgres(folder)
    const rows = await query(heir.url('postgres'), 'SELECT one FROM kept')
    await heir.stop()

    assert.deepEqual([heir.adopted, rows], [true, [{ one: 1 }]])
    await assert.rejects(query(heir.url('postgres'), 'SELECT 1'))
  })

  test('lives elsewhere when the path is too long for a socket, and at the same place the next time', async t => {
    const folder = join(temporaryFolder(t), 'a-long-name-'.repeat(9), 'pg')
    const first = await startEmbeddedPostgres(folder)
    t.after(() => rmSync(first.home, { recursive: true, force: true }))
    await query(first.url('postgres'), 'CREATE TABLE kept AS SELECT 1 AS one')
    await first.stop()

    const again = stopAfter(t, await startEmbeddedPostgres(folder))

    assert.equal(again.home, first.home)
    assert.ok(again.home.length < 90)
    assert.deepEqual(await query(again.url('postgres'), 'SELECT one FROM kept'), [{ one: 1 }])
  })

  test('lives elsewhere when root keeps its folder closed', { skip: !isRoot && 'only root has another user run the server' }, async t => {
    const closed = join(temporaryFolder(t), 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0o700)

    const server = stopAfter(t, await startEmbeddedPostgres(join(closed, 'pg')))
    t.after(() => rmSync(server.home, { recursive: true, force: true }))

    assert.equal(server.home.startsWith(closed), false)
    assert.deepEqual(await query(server.url('postgres'), 'SELECT 1 AS one'), [{ one: 1 }])
  })

  test('says why it does not start', async t => {
    const folder = join(temporaryFolder(t), 'pg')
    const server = await startEmbeddedPostgres(folder)
    await server.stop()
    writeFileSync(join(server.home, 'data/postgresql.conf'), 'shared_buffers = much\n')

    await assert.rejects(startEmbeddedPostgres(folder), (error: Error & { code?: string; remedy?: string }) => {
      assert.equal(error.code, 'postgres.start')
      assert.match(error.message, /FATAL/)
      assert.match(error.remedy ?? '', /server\.log/)
      return true
    })
  })

  test('makes a database once for two that want it at once', async t => {
    const server = stopAfter(t, await startEmbeddedPostgres(join(temporaryFolder(t), 'pg')))

    const urls = await Promise.all([1, 2, 3, 4].map(() => ensureDatabase(server, 'duncan')))

    assert.equal(new Set(urls).size, 1)
    assert.deepEqual(await query(urls[0] ?? '', 'SELECT current_database() AS name'), [{ name: 'duncan' }])
  })
})
