import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { createOps, fixedClock, fromInstant, systemClock } from '#platform'
import { watchClock } from '../../src/flows/watch-clock.ts'
import { watchConnections } from '../../src/flows/watch-connections.ts'
import { forgetDead, watchDeadJobs } from '../../src/flows/watch-dead-jobs.ts'
import { watchDisk } from '../../src/flows/watch-disk.ts'
import { watchOutbound } from '../../src/flows/watch-outbound.ts'
import { createTestDatabase } from '../support/database.ts'

async function aWatch(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const ops = createOps(client, { send: async () => undefined })
  const open = async () => (await client.opsAlert.findMany({ where: { resolvedAt: null }, orderBy: { id: 'asc' } })).map(({ key }) => key)
  return { client, ops, open }
}

const dead = (id: string, kind: string, minute: number) => ({ id, kind, payload: {}, problem: `cause ${id}`, diedAt: new Date(minute * 60_000) })

describe('an alert stands', () => {
  test('while the disk is nearly full, and not for every byte around the least', async t => {
    const { ops, open } = await aWatch(t)
    const standing: string[][] = []

    for (const free of [5_000_000_000, 900_000_000, 1_050_000_000, 1_200_000_000]) {
      await watchDisk({ ops, dataDir: '/', leastFreeMb: 1_000, freeBytes: async () => free })
      standing.push(await open())
    }

    assert.deepEqual(standing, [[], ['disk:data'], ['disk:data'], []])
  })

  test('not at all about a disk that nobody wants watched; a real disk has room', async t => {
    const { ops, open } = await aWatch(t)

    await watchDisk({ ops, dataDir: '/', leastFreeMb: 0, freeBytes: async () => 0 })
    await watchDisk({ ops, dataDir: '/', leastFreeMb: 1 })

    assert.deepEqual(await open(), [])
  })

  test('while the database has nearly no connection left', async t => {
    const { client, ops, open } = await aWatch(t)

    await watchConnections({ client, ops, raiseAt: 0.0001, resolveAt: 0.00005 })
    const full = await open()
    await watchConnections({ client, ops, raiseAt: 1.1, resolveAt: 1.1 })

    assert.deepEqual([full, await open()], [['database:connections'], []])
  })

  test('while the clocks of machine and database differ, whichever is ahead', async t => {
    const { client, ops, open } = await aWatch(t)
    const now = systemClock.now()
    const standing: string[][] = []

    for (const clock of [systemClock, fixedClock(now.add({ minutes: 1 }).toString()), systemClock, fixedClock(now.subtract({ minutes: 1 }).toString())]) {
      await watchClock({ client, clock, ops })
      standing.push(await open())
    }

    assert.deepEqual(standing, [[], ['clock:database'], [], ['clock:database']])
  })

  test('for each kind of job that has dead ones, one however many, until they ran again or a later run made up for them', async t => {
    const { client, ops } = await aWatch(t)
    await client.deadJob.createMany({ data: [dead('a1', 'mail.file', 1), dead('a2', 'mail.file', 2), dead('b1', 'ledger.watch', 3)] })
    const standing: string[][] = []
    const look = async () => {
      await watchDeadJobs({ client, ops })
      const alerts = await client.opsAlert.findMany({ where: { resolvedAt: null }, orderBy: { key: 'asc' } })
      standing.push(alerts.map(({ key, problem }) => `${key}: ${problem}`))
    }

    await look()
    await forgetDead({ client, clock: systemClock }, 'ledger.watch')
    await client.deadJob.update({ where: { id: 'a1' }, data: { retriedAt: new Date() } })
    await look()
    await client.deadJob.update({ where: { id: 'a2' }, data: { retriedAt: new Date() } })
    await look()

    assert.deepEqual(standing, [
      [
        'job:ledger.watch: A job of kind ledger.watch failed for good: cause b1',
        'job:mail.file: 2 jobs of kind mail.file failed for good, the newest: cause a2',
      ],
      ['job:mail.file: A job of kind mail.file failed for good: cause a2'],
      [],
    ])
    assert.equal(await client.opsAlert.count(), 2)
  })

  test('and is told anew only when matters worsen', async t => {
    const { client, ops } = await aWatch(t)
    const problems: string[] = []

    for (const free of [900, 899, 600, 499, 480, 0]) {
      await watchDisk({ ops, dataDir: '/', leastFreeMb: 1_000, freeBytes: async () => free * 1_000_000 })
      problems.push((await client.opsAlert.findFirstOrThrow()).problem.replace(/\D+/g, ''))
    }

    assert.deepEqual(problems, ['1000', '1000', '1000', '500', '500', '2'])
  })

  test('while a mail is unknown, or should have left, for more than an hour', async t => {
    const { client, ops, open } = await aWatch(t)
    const clock = fixedClock('2026-11-20T12:00:00Z')
    const { id: mailboxId } = await client.mailbox.create({ data: { key: 'debtors', address: 'ar@creditor.example', kind: 'imap', startAt: new Date() } })
    const at = fromInstant(clock.now())
    const mail = { mailboxId, to: ['ann@brook.example'], subject: 'x', text: 'x', sendAfter: at }
    const unknown = await client.outboundMail.create({ data: { ...mail, internetMessageId: '<1@x.example>', state: 'unknown', claimedAt: at } })
    await client.outboundMail.create({ data: { ...mail, internetMessageId: '<2@x.example>', state: 'scheduled' } })
    const standing: string[][] = []
    const look = async () => {
      await watchOutbound({ client, clock, ops })
      standing.push(await open())
    }

    clock.advance({ minutes: 59 })
    await look()
    clock.advance({ minutes: 2 })
    await look()
    await client.outboundMail.update({ where: { id: unknown.id }, data: { state: 'sent' } })
    await look()

    assert.deepEqual(standing, [[], ['outbound:unknown', 'outbound:late'], ['outbound:late']])
  })
})
