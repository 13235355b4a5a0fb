import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { z } from 'zod'
import { createQueue, findDeadJob, jobKind, listDeadJobs, openDatabase, retryDeadJob, silentLog } from '#platform'
import { createTestDatabase } from '../support/database.ts'

const greet = jobKind('test.greet', z.object({ name: z.string() }), { retries: 0 })

async function aQueue(t: TestContext) {
  const { client, url } = await createTestDatabase(t)
  const own = openDatabase(url, 4)
  const queue = createQueue(own, silentLog, [greet])
  await queue.start()
  t.after(async () => {
    await queue.stop()
    await own.close()
  })
  return { client, queue, deps: { client, queue, kinds: [greet] } }
}

describe('a dead job', () => {
  test('is listed with its cause, runs again once however many ask, and is done then', async t => {
    const { client, queue, deps } = await aQueue(t)
    const [died, greeted] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()]
    let isRepaired = false
    await queue.onDead(async () => died.resolve())
    await queue.work(greet, async ({ name }) => {
      if (!isRepaired) throw new Error('the ledger is not there')
      greeted.resolve(name)
    })
    await queue.send(client, greet, { name: 'Ann' })
    await died.promise
    isRepaired = true

    const [job] = await listDeadJobs(client)
    assert.ok(job)
    const retried = await Promise.all([1, 2, 3].map(() => retryDeadJob(deps, job, 'staff:3')))

    assert.deepEqual([job.kind, job.payload, job.problem], ['test.greet', { name: 'Ann' }, 'the ledger is not there'])
    assert.deepEqual(retried.filter(Boolean), [true])
    assert.equal(await greeted.promise, 'Ann')
    assert.deepEqual(await listDeadJobs(client), [])
    assert.equal((await listDeadJobs(client, { all: true }))[0]?.retriedBy, 'staff:3')
    assert.equal(await client.auditEntry.count({ where: { event: 'job.retried' } }), 1)
  })

  test('is found by how its id begins, and never guessed', async t => {
    const { client } = await createTestDatabase(t)
    await client.deadJob.createMany({ data: ['abc1', 'abc2', 'b%'].map(id => ({ id, kind: 'test.greet', payload: {}, problem: 'x' })) })

    assert.equal((await findDeadJob(client, 'abc2')).id, 'abc2')
    await assert.rejects(findDeadJob(client, 'abc'), { code: 'jobs.unknown', message: /Several/ })
    await assert.rejects(findDeadJob(client, '%'), { code: 'jobs.unknown' })
  })

  test('of a kind that this release does not know is refused and stays', async t => {
    const { client, deps } = await aQueue(t)
    await client.deadJob.create({ data: { id: 'x', kind: 'other.kind', payload: {}, problem: 'x' } })

    await assert.rejects(retryDeadJob(deps, await findDeadJob(client, 'x'), 'cli'), { code: 'jobs.kind' })
    assert.equal((await listDeadJobs(client)).length, 1)
  })
})
