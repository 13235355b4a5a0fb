import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import cron from 'node-cron'
import { alertsKind, creditKind, viewNight } from '#credit'
import { openCredit } from '#flows'
import { type Database, fixedClock, type Queue, silentLog, startSchedule } from '#platform'
import { createSettings } from '#settings'
import { creditNight, creditNightSchedule } from '../../src/flows/credit-night.ts'
import { aCompany } from '../credit/bureau-company.ts'
import { createBureauFolder, northernScales } from '../credit/bureaus/bureau-files.ts'
import { createNightWorld } from '../credit/night/night-world.ts'
import { createTestDatabase } from '../support/database.ts'

const noQueue = { send: async () => undefined, sendMany: async () => undefined }
const quietOps = { raise: async () => undefined, resolve: async () => undefined }

/** What a start of Duncan at a moment sends for the nights that it missed: the moments at which they were due. */
async function startedAt(database: Database, now: string): Promise<string[]> {
  const sent: string[] = []
  const queue: Pick<Queue, 'send'> = {
    send: async (_db, kind, payload) => {
      assert.equal(kind.name, 'credit.sync')
      sent.push((payload as { due: string }).due)
    },
  }
  await startSchedule(database, fixedClock(now), silentLog, [creditNightSchedule(queue)]).stop()
  return sent
}

describe('the night at the credit bureaus', () => {
  it('is due at 23:00 in Brussels on both sides of both changes of the clock', async t => {
    const { cron: expression, timeZone } = creditNightSchedule(noQueue)
    const task = cron.createTask(expression, () => undefined, { timezone: timeZone })
    t.after(() => task.destroy())
    const threeFrom = (now: string) => {
      t.mock.timers.enable({ apis: ['Date'], now: new Date(now) })
      const runs = task.getNextRuns(3).map(run => run.toISOString())
      t.mock.timers.reset()
      return runs
    }

    const [spring, autumn] = [threeFrom('2026-03-28T12:00:00Z'), threeFrom('2026-10-24T12:00:00Z')]

    assert.deepEqual(spring, ['2026-03-28T22:00:00.000Z', '2026-03-29T21:00:00.000Z', '2026-03-30T21:00:00.000Z'])
    assert.deepEqual(autumn, ['2026-10-24T21:00:00.000Z', '2026-10-25T22:00:00.000Z', '2026-10-26T22:00:00.000Z'])
  })

  it('is first due on the evening of the first start, made up for once after nights without Duncan, and not again', async t => {
    const database = await createTestDatabase(t)

    const starts = [
      await startedAt(database, '2026-03-27T13:00:00Z'), // 14:00 in Brussels: nothing was missed
      await startedAt(database, '2026-03-27T21:59:00Z'),
      await startedAt(database, '2026-03-28T06:12:00Z'), // the evening of the first day was missed
      await startedAt(database, '2026-03-28T06:20:00Z'),
      await startedAt(database, '2026-03-31T05:00:00Z'), // three nights were, over the change of the clock
    ]

    assert.deepEqual(starts, [[], [], ['2026-03-27T22:00:00.000Z'], [], ['2026-03-30T21:00:00.000Z']])
  })

  it('is run by one of two processes, and tells that it was made up for', async t => {
    const world = await createNightWorld(t, [{ company: aCompany(), number: '10' }])
    const { client, clock, sandbox, database } = world
    const settings = createSettings({ client, kinds: [creditKind, alertsKind] })
    await settings.apply({ sections: { credit: { on: true } }, whole: false, placeOf: () => undefined, faults: [] }, { actor: 'test' })
    const config = {
      DUNCAN_CREDITSAFE_URL: sandbox.url,
      DUNCAN_CREDITSAFE_USERNAME: 'demo',
      DUNCAN_CREDITSAFE_PASSWORD: 'demo',
      DUNCAN_TIME_ZONE: 'Europe/Amsterdam',
    }
    const told: number[] = []
    const postNight = async (runId: number) => void told.push(runId)
    const aProcess = (due: string) => {
      const credit = openCredit({ database, clock, log: silentLog, config, queue: noQueue, settings })
      return creditNight({ client, queue: noQueue, credit, clock, ops: quietOps, log: silentLog, postNight }, { due, urgent: false })
    }

    clock.set('2026-03-02T07:12:00Z')
    await Promise.all([aProcess('2026-03-01T22:00:00Z'), aProcess('2026-03-01T22:00:00Z')])
    clock.set('2026-03-02T22:00:30Z')
    await aProcess('2026-03-02T22:00:00Z')

    const nights = await Promise.all(told.map(runId => viewNight(client, runId)))
    assert.deepEqual(
      nights.map(views => views.map(({ lateAt }) => lateAt?.toISOString())),
      [['2026-03-02T07:12:00.000Z'], [undefined]],
    )
    assert.equal(sandbox.orders.length, 1)
  })

  it('tells of each bureau that needs somebody, and comes again for the one that is away', async t => {
    const { client, clock, sandbox, database } = await createNightWorld(t, [{ company: aCompany(), number: '10' }])
    const { folder, drop } = createBureauFolder(t, clock)
    const settings = createSettings({ client, kinds: [creditKind, alertsKind] })
    const northern = { kind: 'file', path: folder, countries: ['FR'], ...northernScales }
    const sections = { credit: { on: true, bureaus: { creditsafe: { kind: 'creditsafe' }, northern } } }
    await settings.apply({ sections, whole: false, placeOf: () => undefined, faults: [] }, { actor: 'test' })
    const login = { DUNCAN_CREDITSAFE_USERNAME: 'demo', DUNCAN_CREDITSAFE_PASSWORD: 'demo', DUNCAN_TIME_ZONE: 'Europe/Amsterdam' }
    const config = { DUNCAN_CREDITSAFE_URL: sandbox.url, ...login }
    const credit = openCredit({ database, clock, log: silentLog, config, queue: noQueue, settings })
    const open = new Set<string>()
    const ops = { raise: async ({ key }: { key: string }) => void open.add(key), resolve: async (key: string) => void open.delete(key) }
    const told: number[] = []
    const postNight = async (runId: number) => void told.push(runId)
    const night = () => creditNight({ client, queue: noQueue, credit, clock, ops, log: silentLog, postNight }, { urgent: false })

    await assert.rejects(night(), { code: 'credit.away' })
    const away = [...open]
    await drop('scores.csv', 'company_number,country,score\n99990001,FR,7.7\n99990002,FR,12\n', { secondsAgo: 20 * 86_400 })
    await night()
    const late = [...open]
    await drop('scores.csv', 'company_number,country,score\n99990001,FR,7.7\n')
    clock.advance({ hours: 24 })
    await night()

    assert.deepEqual([away, late, [...open]], [['credit:northern'], ['credit:northern:old', 'credit:northern:rows'], []])
    assert.equal(told[0], told[1])
    assert.equal(sandbox.orders.length, 1)
  })
})
