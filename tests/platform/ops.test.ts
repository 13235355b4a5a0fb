import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { createOps, type Queue } from '#platform'
import { createTestDatabase } from '../support/database.ts'

const alert = { key: 'mailbox:debtors', problem: 'The mailbox cannot be reached.', remedy: 'Check its password.' }

async function someOps(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const posted: unknown[] = []
  const queue: Pick<Queue, 'send'> = { send: async (_tx, _kind, payload) => void posted.push(payload) }
  return { client, posted, ops: createOps(client, queue) }
}

describe('an ops alert', () => {
  test('is raised once while it stands, however many raise it', async t => {
    const { client, posted, ops } = await someOps(t)

    await Promise.all([1, 2, 3, 4, 5].map(() => ops.raise(alert)))

    assert.equal(await client.opsAlert.count(), 1)
    assert.equal(posted.length, 1)
  })

  test('that stands says what is wrong now', async t => {
    const { client, posted, ops } = await someOps(t)
    await ops.raise(alert)

    await ops.raise({ ...alert, problem: 'The mailbox refuses the password.' })

    const { id, problem } = await client.opsAlert.findFirstOrThrow()
    assert.equal(problem, 'The mailbox refuses the password.')
    assert.deepEqual(posted, [{ alertId: id }, { alertId: id }])
  })

  test('is resolved once, and the chat hears of both', async t => {
    const { client, posted, ops } = await someOps(t)
    await ops.raise(alert)

    await Promise.all([1, 2, 3].map(() => ops.resolve(alert.key)))

    const { id, resolvedAt } = await client.opsAlert.findFirstOrThrow()
    assert.ok(resolvedAt)
    assert.deepEqual(posted, [{ alertId: id }, { alertId: id }])
  })

  test('is raised anew when the trouble comes back', async t => {
    const { client, ops } = await someOps(t)

    await ops.raise(alert)
    await ops.resolve(alert.key)
    await ops.raise(alert)

    assert.equal(await client.opsAlert.count({ where: { resolvedAt: null } }), 1)
    assert.equal(await client.opsAlert.count(), 2)
  })

  test('of another key stands beside it', async t => {
    const { client, ops } = await someOps(t)

    await ops.raise(alert)
    await ops.raise({ ...alert, key: 'mailbox:sales' })
    await ops.resolve('import:acme')

    assert.equal(await client.opsAlert.count({ where: { resolvedAt: null } }), 2)
  })
})
