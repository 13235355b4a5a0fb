import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { fixedClock, type ScheduledJob, silentLog, startSchedule, systemClock } from '#platform'
import { createTestDatabase } from '../support/database.ts'

/** A job that notes its ticks, and a wait for them. */
function aJob(cron: string, timeZone = 'Europe/Amsterdam') {
  const ticks: string[] = []
  let arrival = Promise.withResolvers<void>()
  const job: ScheduledJob = {
    name: 'morning-list',
    cron,
    timeZone,
    enqueue: async (_tx, tick) => {
      ticks.push(tick.toISOString())
      arrival.resolve()
      arrival = Promise.withResolvers<void>()
    },
  }
  const until = async (count: number) => {
    while (ticks.length < count) await arrival.promise
  }
  return { job, ticks, until }
}

/** What is caught up at a start, when the last tick was taken at one moment and it is another now. */
async function catchUp(
  t: TestContext,
  { cron, timeZone, lastTick, now }: { cron: string; timeZone?: string; lastTick: string; now: string },
): Promise<string[]> {
  const database = await createTestDatabase(t)
  const { job, ticks } = aJob(cron, timeZone)
  await database.client.scheduleTick.create({ data: { name: job.name, lastTick: new Date(lastTick) } })
  const schedule = startSchedule(database, fixedClock(now), silentLog, [job])
  await schedule.stop() // waits for what is under way
  return ticks
}

describe('the schedule', () => {
  test('gives each tick to one of three processes', async t => {
    const database = await createTestDatabase(t)
    const { job, ticks, until } = aJob('* * * * * *')
    const processes = [1, 2, 3].map(() => startSchedule(database, systemClock, silentLog, [job]))

    await until(3)
    for (const each of processes) await each.stop()

    assert.equal(new Set(ticks).size, ticks.length)
    assert.ok(ticks.every(tick => tick.endsWith('.000Z')))
  })

  test('does nothing at the very first start: nothing was missed', async t => {
    const database = await createTestDatabase(t)
    const { job, ticks } = aJob('0 7 * * *')

    const schedule = startSchedule(database, fixedClock('2026-03-10T12:00:00Z'), silentLog, [job])
    await schedule.stop()

    assert.deepEqual(ticks, [])
    assert.deepEqual(await database.client.scheduleTick.findMany(), [{ name: job.name, lastTick: new Date('2026-03-10T12:00:00Z') }])
  })

  test('catches up one tick for all that were missed while every process was down', async t => {
    const ticks = await catchUp(t, { cron: '0 7 * * *', lastTick: '2026-03-05T06:00:00Z', now: '2026-03-10T12:00:00Z' })

    assert.deepEqual(ticks, ['2026-03-10T06:00:00.000Z'])
  })

  test('catches up nothing when no tick was due', async t => {
    const ticks = await catchUp(t, { cron: '0 7 * * *', lastTick: '2026-03-10T06:00:00Z', now: '2026-03-11T05:59:00Z' })

    assert.deepEqual(ticks, [])
  })

  test('finds the tick of a month ago', async t => {
    const ticks = await catchUp(t, { cron: '0 7 1 * *', lastTick: '2026-02-01T06:00:00Z', now: '2026-03-31T12:00:00Z' })

    assert.deepEqual(ticks, ['2026-03-01T06:00:00.000Z'])
  })

  test('reads its times in the zone of the job, on both sides of the change to summer time', async t => {
    const winter = await catchUp(t, { cron: '0 7 * * *', lastTick: '2026-03-27T12:00:00Z', now: '2026-03-28T12:00:00Z' })
    const summer = await catchUp(t, { cron: '0 7 * * *', lastTick: '2026-03-28T12:00:00Z', now: '2026-03-29T12:00:00Z' })
    const london = await catchUp(t, { cron: '0 7 * * *', timeZone: 'Europe/London', lastTick: '2026-03-28T12:00:00Z', now: '2026-03-29T12:00:00Z' })

    assert.deepEqual([winter, summer, london], [['2026-03-28T06:00:00.000Z'], ['2026-03-29T05:00:00.000Z'], ['2026-03-29T06:00:00.000Z']])
  })

  test('is caught up by one of several processes that start at once', async t => {
    const database = await createTestDatabase(t)
    const { job, ticks } = aJob('0 7 * * *')
    await database.client.scheduleTick.create({ data: { name: job.name, lastTick: new Date('2026-03-05T06:00:00Z') } })

    const processes = Array.from({ length: 6 }, () => startSchedule(database, fixedClock('2026-03-10T12:00:00Z'), silentLog, [job]))
    for (const each of processes) await each.stop()

    assert.equal(ticks.length, 1)
  })

  test('takes a tick again whose work could not be enqueued', async t => {
    const database = await createTestDatabase(t)
    const { job, ticks } = aJob('0 7 * * *')
    await database.client.scheduleTick.create({ data: { name: job.name, lastTick: new Date('2026-03-05T06:00:00Z') } })
    const failing: ScheduledJob = { ...job, enqueue: () => Promise.reject(new Error('the queue is not there')) }

    await startSchedule(database, fixedClock('2026-03-10T12:00:00Z'), silentLog, [failing]).stop()
    await startSchedule(database, fixedClock('2026-03-10T12:00:00Z'), silentLog, [job]).stop()

    assert.equal(ticks.length, 1)
  })
})
