import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { fixedClock, fromInstant, fromPlainDate, openDatabase, toInstant, toPlainDate } from '#platform'
import { createTestDatabase } from '../support/database.ts'

describe('the database', () => {
  test('keeps a moment whatever time zone the server is set to', async t => {
    const { pool, url } = await createTestDatabase(t)
    await pool.query(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone TO %L', current_database(), 'America/New_York'); END $$`)
    const database = openDatabase(url)
    t.after(database.close)
    const lastTick = Temporal.Instant.from('2026-03-29T00:59:59.123Z')

    await database.client.scheduleTick.create({ data: { name: 'x', lastTick: fromInstant(lastTick) } })

    const { rows } = await database.pool.query(`SELECT ("lastTick" AT TIME ZONE 'UTC')::text AS utc FROM "ScheduleTick"`)
    assert.deepEqual(rows, [{ utc: '2026-03-29 00:59:59.123' }])
    assert.equal(toInstant((await database.client.scheduleTick.findFirstOrThrow()).lastTick).toString(), lastTick.toString())
  })

  test('gets and gives calendar days without moving them', () => {
    for (const day of ['2026-01-01', '2026-03-29', '2026-10-25', '2028-02-29']) {
      assert.equal(toPlainDate(fromPlainDate(Temporal.PlainDate.from(day))).toString(), day)
    }
  })

  test('survives that the server closes its idle connections', async t => {
    const { client, pool } = await createTestDatabase(t)
    await Promise.all([client.opsAlert.count(), client.opsAlert.count()])

    await pool.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()')
    const counts: number[] = []
    for (let tries = 0; counts.length === 0 && tries < 20; tries++)
      await client.opsAlert.count().then(
        count => counts.push(count),
        () => undefined,
      )

    assert.deepEqual(counts, [0])
  })
})

describe('a clock', () => {
  test('knows the day of a time zone, which near midnight is not the day of UTC', () => {
    const clock = fixedClock('2026-03-31T22:30:00Z')

    assert.equal(clock.today('Europe/Amsterdam').toString(), '2026-04-01')
    assert.equal(clock.today('Europe/London').toString(), '2026-03-31')
    clock.advance({ hours: 24 })
    assert.equal(clock.today('Europe/London').toString(), '2026-04-01')
  })
})
