import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import pg from 'pg'
import { migrate, migrationNames, migrationState } from '#platform'
import { testServer } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** An empty database and a folder with migrations of the test's own. */
async function aRelease(t: TestContext, migrations: Record<string, string>) {
  const server = await testServer()
  const name = `duncan_migrate_${randomUUID().replaceAll('-', '')}`
  const administrator = new pg.Client({ connectionString: server.url('postgres') })
  await administrator.connect()
  await administrator.query(`CREATE DATABASE ${name}`)
  t.after(async () => {
    await administrator.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await administrator.end()
  })
  const folder = temporaryFolder(t)
  const write = (migration: string, sql: string) => {
    mkdirSync(join(folder, migration), { recursive: true })
    writeFileSync(join(folder, migration, 'migration.sql'), sql)
  }
  for (const [migration, sql] of Object.entries(migrations)) write(migration, sql)
  const url = server.url(name)
  const query = async (sql: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows
    } finally {
      await client.end()
    }
  }
  return { url, folder, write, query }
}

const two = { '20260101000000_init': 'CREATE TABLE a (id int);', '20260102000000_more': 'CREATE TABLE b (id int); INSERT INTO b VALUES (1);' }

describe('migrating', () => {
  test('applies what is missing, in order, and nothing twice', async t => {
    const { url, folder, write, query } = await aRelease(t, two)

    const first = await migrate(url, folder)
    write('20260103000000_last', 'INSERT INTO b VALUES (2);')
    const second = await migrate(url, folder)
    const third = await migrate(url, folder)

    assert.deepEqual([first, second, third], [['20260101000000_init', '20260102000000_more'], ['20260103000000_last'], []])
    assert.deepEqual(await query('SELECT id FROM b ORDER BY id'), [{ id: 1 }, { id: 2 }])
  })

  test('by four processes at once is done by one', async t => {
    const { url, folder, query } = await aRelease(t, two)

    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(url, folder)))

    assert.equal(applied.flat().length, 2)
    assert.deepEqual(await query('SELECT id FROM b'), [{ id: 1 }])
  })

  test('stops at the migrations it is told of, for a backup of an older release', async t => {
    const { url, folder } = await aRelease(t, two)

    const older = await migrate(url, folder, ['20260101000000_init'])
    const rest = await migrate(url, folder)

    assert.deepEqual([older, rest], [['20260101000000_init'], ['20260102000000_more']])
  })

  test('says where a database stands, and changes nothing', async t => {
    const { url, folder, write } = await aRelease(t, two)
    const state = async () => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      try {
        return await migrationState(client, folder)
      } finally {
        await client.end()
      }
    }

    const empty = await state()
    await migrate(url, folder)
    write('20260103000000_last', 'CREATE TABLE c (id int);')
    const behind = await state()

    assert.deepEqual(empty, { applied: [], missing: ['20260101000000_init', '20260102000000_more'], unknown: [] })
    assert.deepEqual(behind, { applied: ['20260101000000_init', '20260102000000_more'], missing: ['20260103000000_last'], unknown: [] })
  })

  test('refuses a migration that was edited after it was applied, naming it', async t => {
    const { url, folder, write } = await aRelease(t, two)
    await migrate(url, folder)
    write('20260101000000_init', 'CREATE TABLE a (id bigint);')

    await assert.rejects(migrate(url, folder), { code: 'migration.changed', message: /20260101000000_init/ })
  })

  test('refuses a database that a newer release has migrated', async t => {
    const { url, folder, write } = await aRelease(t, two)
    const newer = temporaryFolder(t)
    for (const [name, sql] of Object.entries({ ...two, '20270101000000_newer': 'SELECT 1;' })) {
      mkdirSync(join(newer, name))
      writeFileSync(join(newer, name, 'migration.sql'), sql)
    }
    await migrate(url, newer)
    write('20260104000000_other', 'CREATE TABLE never (id int);')

    await assert.rejects(migrate(url, folder), { code: 'migration.unknown', message: /20270101000000_newer/ })
  })

  test('applies nothing of a migration that fails, keeps those before it, and goes on once it is repaired', async t => {
    const { url, folder, write, query } = await aRelease(t, { ...two, '20260103000000_broken': 'CREATE TABLE c (id int); SELECT 1/0;' })

    await assert.rejects(migrate(url, folder), { code: 'migration.failed', message: /20260103000000_broken.*division by zero/ })
    assert.deepEqual(await query(`SELECT to_regclass('b') IS NOT NULL AS b, to_regclass('c') IS NULL AS no_c`), [{ b: true, no_c: true }])

    write('20260103000000_broken', 'CREATE TABLE c (id int);')
    assert.deepEqual(await migrate(url, folder), ['20260103000000_broken'])
  })

  test('of this release makes a database that Prisma takes for its own', async t => {
    const { url, query } = await aRelease(t, {})

    const applied = await migrate(url)

    assert.deepEqual(applied, migrationNames())
    const rows = await query('SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND applied_steps_count = 1 ORDER BY 1')
    assert.deepEqual(
      rows.map(row => row.migration_name),
      applied,
    )
  })
})
