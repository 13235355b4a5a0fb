import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { pino } from 'pino'
import { z } from 'zod'
import { createQueue, type DeadJob, type JobKind, jobKind, type Log, openDatabase, silentLog } from '#platform'
import { createTestDatabase } from '../support/database.ts'
import { crashing, fatal } from '../support/queue-child.ts'

const greet = jobKind('test.greet', z.object({ name: z.string() }))
const once1 = jobKind('test.once', z.object({ name: z.string() }), { retries: 0 })
const keyed = jobKind('test.keyed', z.object({ name: z.string() }), { keyed: true })
const child = join(import.meta.dirname, '../support/queue-child.ts')

async function aQueue(t: TestContext, kinds: JobKind[], log: Log = silentLog) {
  const database = await createTestDatabase(t)
  const own = openDatabase(database.url, 4)
  const queue = createQueue(own, log, kinds)
  await queue.start()
  let isStopped = false
  const stop = async () => {
    if (isStopped) return
    isStopped = true
    await queue.stop()
    await own.close()
  }
  t.after(stop)
  return { queue, client: database.client, pool: database.pool, url: database.url, stop }
}

/** A list that can be waited on until it has so many items. */
function aList<T>() {
  const items: T[] = []
  let arrival = Promise.withResolvers<void>()
  return {
    items,
    push: (item: T) => {
      items.push(item)
      arrival.resolve()
      arrival = Promise.withResolvers<void>()
    },
    until: async (count: number) => {
      while (items.length < count) await arrival.promise
      return items
    },
  }
}

describe('the queue', { concurrency: true }, () => {
  test('runs a job if and only if its transaction commits', async t => {
    const { queue, client } = await aQueue(t, [greet])
    const greeted = aList<string>()
    await queue.work(greet, async ({ name }) => greeted.push(name))

    const failing = client.$transaction(async tx => {
      await queue.send(tx, greet, { name: 'nobody' })
      throw new Error('the change failed')
    })
    await assert.rejects(failing, /the change failed/)
    await client.$transaction(tx => queue.send(tx, greet, { name: 'Ann' }))

    assert.deepEqual(await greeted.until(1), ['Ann'])
  })

  test('refuses a payload that is not of its kind before it is stored', async t => {
    const { queue, client } = await aQueue(t, [greet])

    await assert.rejects(queue.send(client, greet, { name: 7 } as never), z.ZodError)
  })

  test('tries a failed job again, and logs each failure once', async t => {
    const lines = aList<{ msg: string; kind?: string; tries?: number }>()
    const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(JSON.parse(line)) })
    const { queue, client } = await aQueue(t, [greet], log)
    const tries = aList<string>()
    await queue.work(greet, async ({ name }) => {
      tries.push(name)
      if (tries.items.length < 2) throw new Error('not yet')
    })

    await queue.send(client, greet, { name: 'Ann' })
    await tries.until(2)

    assert.deepEqual(
      lines.items.map(({ msg, kind, tries: count }) => ({ msg, kind, count })),
      [{ msg: 'a job failed', kind: 'test.greet', count: 1 }],
    )
  })

  test('hands a job that failed for good to onDead, with its cause and nobody’s address', async t => {
    const { queue, client } = await aQueue(t, [once1])
    const dead = aList<DeadJob>()
    await queue.onDead(async job => dead.push(job))
    await queue.work(once1, async () => {
      throw new Error('A statement failed:\n\nthe ledger of ann@brook.example is not there')
    })

    await queue.send(client, once1, { name: 'Ann' })

    const [job] = await dead.until(1)
    assert.deepEqual([job?.kind, job?.payload, job?.problem], ['test.once', { name: 'Ann' }, 'the ledger of <address> is not there'])
  })

  test('keeps one job of a key waiting', async t => {
    const { queue, client } = await aQueue(t, [keyed])
    for (const name of ['first', 'second', 'third']) await queue.send(client, keyed, { name }, { key: 'a' })
    await queue.send(client, keyed, { name: 'other' }, { key: 'b' })

    const names = aList<string>()
    await queue.work(keyed, async ({ name }) => names.push(name))
    await names.until(2)

    assert.deepEqual(names.items.toSorted(), ['first', 'other'])
  })

  test('refuses a key where none belongs, and none where one does', async t => {
    const { queue, client } = await aQueue(t, [greet, keyed])

    await assert.rejects(queue.send(client, greet, { name: 'Ann' }, { key: 'a' }), { code: 'queue.key' })
    await assert.rejects(queue.send(client, keyed, { name: 'Ann' }), { code: 'queue.key' })
  })

  test('runs a job not before its time', async t => {
    const { queue, client } = await aQueue(t, [greet])
    const ranAt = aList<number>()
    await queue.work(greet, async () => ranAt.push(Date.now()))
    const due = new Date(Date.now() + 2_000)

    await queue.send(client, greet, { name: 'later' }, { startAfter: due })

    const [at = 0] = await ranAt.until(1)
    assert.ok(at >= due.getTime())
  })

  test('does not let a job that hangs hold up the others', async t => {
    const { queue, client } = await aQueue(t, [greet])
    const greeted = aList<string>()
    const { promise: hanging, resolve: release } = Promise.withResolvers<void>()
    await queue.work(greet, async ({ name }) => (name === 'slow' ? hanging : greeted.push(name)), { concurrency: 4 })

    for (const name of ['slow', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) await queue.send(client, greet, { name })

    assert.equal((await greeted.until(8)).length, 8)
    release()
  })

  test('tells its observer how each try ended', async t => {
    const database = await createTestDatabase(t)
    const seen = aList<string>()
    const queue = createQueue(database, silentLog, [once1], (kind, outcome, seconds) => seen.push(`${kind} ${outcome} ${seconds >= 0}`))
    await queue.start()
    t.after(() => queue.stop())
    await queue.work(once1, async ({ name }) => {
      if (name === 'bad') throw new Error('bad')
    })

    for (const name of ['good', 'bad']) await queue.send(database.client, once1, { name })

    assert.deepEqual((await seen.until(2)).toSorted(), ['test.once done true', 'test.once failed true'])
  })

  test('finishes the job in hand when it stops', async t => {
    const { queue, client, pool, stop } = await aQueue(t, [greet])
    const started = aList<string>()
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>()
    await queue.work(greet, async ({ name }) => {
      started.push(name)
      await finished
    })
    await queue.send(client, greet, { name: 'Ann' })
    await started.until(1)

    const stopping = stop()
    finish()
    await stopping

    const { rows } = await pool.query(`SELECT state FROM pgboss.job WHERE name = 'test.greet'`)
    assert.deepEqual(rows, [{ state: 'completed' }])
  })

  test('leaves nothing behind that keeps a process alive', async t => {
    const { url } = await createTestDatabase(t)
    const stopping = spawn(process.execPath, [child, url, 'stop'], { stdio: ['ignore', 'inherit', 'inherit'] })

    const [code] = await once(stopping, 'exit', { signal: AbortSignal.timeout(30_000) })

    assert.equal(code, 0)
  })

  test('runs the job of a killed process in another one', async t => {
    const { queue, client, url } = await aQueue(t, [crashing, fatal])
    await queue.send(client, crashing, { number: 1 })
    await once(spawn(process.execPath, [child, url, 'die'], { stdio: ['ignore', 'inherit', 'inherit'] }), 'exit')
    const run = aList<number>()
    await queue.work(crashing, async ({ number }) => run.push(number))

    assert.deepEqual(await run.until(1), [1])
  })

  test('says of a job that killed its process for good that it did', async t => {
    const { queue, client, url } = await aQueue(t, [crashing, fatal])
    const dead = aList<DeadJob>()
    await queue.onDead(async job => dead.push(job))
    await queue.send(client, fatal, { number: 1 })

    await once(spawn(process.execPath, [child, url, 'die'], { stdio: ['ignore', 'inherit', 'inherit'] }), 'exit')

    const [job] = await dead.until(1)
    assert.deepEqual([job?.kind, job?.payload, job?.problem], ['test.fatal', { number: 1 }, 'its process stopped while it ran'])
  })

  test('survives that the database cuts its connections, and says so once', async t => {
    const lines = aList<{ msg: string }>()
    const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(JSON.parse(line)) })
    const { queue, client, pool } = await aQueue(t, [greet], log)
    const greeted = aList<string>()
    await queue.work(greet, async ({ name }) => greeted.push(name))

    await pool.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()')
    await pool.query('SELECT 1')
    for (let tries = 0; ; tries++) {
      const sent = await queue.send(client, greet, { name: 'Ann' }).then(
        () => true,
        () => false,
      )
      if (sent) break
      assert.ok(tries < 20)
    }

    assert.deepEqual(await greeted.until(1), ['Ann'])
    assert.equal(lines.items.length, new Set(lines.items.map(line => JSON.stringify({ ...line, time: 0 }))).size)
  })
})
