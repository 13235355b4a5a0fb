import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, type TestContext, test } from 'node:test'
import express from 'express'
import pg from 'pg'
import { createMetrics, type Database, healthRoutes } from '#platform'
import { createTestDatabase } from '../support/database.ts'

type Given = { pool: Database['pool']; isRunning?: boolean; metricsToken?: string }

async function serve(t: TestContext, { pool, isRunning = true, metricsToken }: Given) {
  const web = express().use(healthRoutes({ database: { pool }, queue: { isRunning: () => isRunning }, metrics: createMetrics(), metricsToken }))
  const server = web.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('what watches Duncan', () => {
  test('hears that it is ready when the database has this release’s schema and the queue runs', async t => {
    const url = await serve(t, await createTestDatabase(t))

    const [alive, ready] = await Promise.all([fetch(`${url}/healthz`), fetch(`${url}/readyz`)])

    assert.deepEqual([alive.status, ready.status, await ready.json()], [200, 200, { ready: true }])
  })

  test('hears every reason why it is not ready, while the process lives', async t => {
    const { pool } = await createTestDatabase(t)
    await pool.query(`DELETE FROM "_prisma_migrations" WHERE migration_name = (SELECT max(migration_name) FROM "_prisma_migrations")`)
    const url = await serve(t, { pool, isRunning: false })

    const [alive, ready] = await Promise.all([fetch(`${url}/healthz`), fetch(`${url}/readyz`)])

    assert.deepEqual([alive.status, ready.status], [200, 503])
    assert.deepEqual(await ready.json(), {
      ready: false,
      problems: ['the database lacks 1 migrations of this release', 'the job queue does not run: Duncan is starting or stopping'],
    })
  })

  test('hears that a newer release made the database', async t => {
    const { pool } = await createTestDatabase(t)
    await pool.query(`INSERT INTO "_prisma_migrations"(id, checksum, migration_name, finished_at) VALUES ('x', 'x', '99990101000000_newer', now())`)
    const url = await serve(t, { pool })

    const ready = await fetch(`${url}/readyz`)

    assert.deepEqual([ready.status, await ready.json()], [503, { ready: false, problems: ['the database belongs to a newer release'] }])
  })

  test('hears of a database that is away, and nothing of how it is reached', async t => {
    const pool = new pg.Pool({ connectionString: 'postgresql://duncan:geheim@127.0.0.1:1/duncan' })
    t.after(() => pool.end())
    const url = await serve(t, { pool })

    const ready = await fetch(`${url}/readyz`)

    assert.equal(ready.status, 503)
    assert.deepEqual(await ready.json(), { ready: false, problems: ['the database does not answer'] })
  })
})

describe('the metrics', () => {
  const token = 'a-token-of-some-length'
  const pool = new pg.Pool() // never asked

  test('are for this machine when no token is set, and for nobody through a proxy on it', async t => {
    const url = await serve(t, { pool })

    const here = await fetch(`${url}/metrics`)
    const [proxied, forwarded] = await Promise.all(
      [{ 'x-forwarded-for': '203.0.113.9' }, { forwarded: 'for=203.0.113.9' }].map(headers => fetch(`${url}/metrics`, { headers })),
    )

    assert.equal(here.status, 200)
    assert.match(await here.text(), /^nodejs_eventloop_lag_seconds /m)
    assert.deepEqual([proxied?.status, forwarded?.status], [403, 403])
  })

  test('are for whoever has the token when one is set, and for no other', async t => {
    const url = await serve(t, { pool, metricsToken: token })

    const statuses = await Promise.all(
      [`Bearer ${token}`, `Bearer ${token}x`, 'Bearer ', token, undefined].map(
        async authorization => (await fetch(`${url}/metrics`, { headers: authorization === undefined ? {} : { authorization } })).status,
      ),
    )

    assert.deepEqual(statuses, [200, 403, 403, 403, 403])
  })
})
