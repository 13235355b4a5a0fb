import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import fc from 'fast-check'
import { type Database, type DbClient, fromInstant } from '#platform'
import { defaultAlertRules } from '../../../src/credit/alerts/alert-rule.ts'
import { raiseAlerts, wouldFind } from '../../../src/credit/alerts/raise-alerts.ts'
import { type NightDeps, runNight } from '../../../src/credit/night/run-night.ts'
import { width } from '../../../src/credit/night/width.ts'
import { createTestDatabase, emptyTestDatabase } from '../../support/database.ts'
import { aCompany } from '../bureau-company.ts'
import { createNightWorld, type WorldDebtor } from './night-world.ts'

const company = (serial: number) =>
  aCompany({ id: `NL-X-9999${1000 + serial}`, registrationNumber: `9999${1000 + serial}`, name: `Voorbeeld ${serial} B.V.`, score: 60 + serial })

const debtors: WorldDebtor[] = [
  ...Array.from({ length: 6 }, (_, serial) => ({ company: company(serial), number: String(10 + serial) })),
  { company: company(6), number: '20', closedOn: '2026-01-10' },
  { number: '21', companyNumber: '99990000' },
]

type World = Awaited<ReturnType<typeof createNightWorld>>

const killed = new Error('killed')

/** The dependencies of a process that dies before its n-th call to the bureau or the database: from then on it does nothing any more. */
function mortal({ deps }: World, steps: number): NightDeps {
  let left = steps
  const step = () => {
    left -= 1
    if (left < 0) throw killed
  }
  const whole = deps(step)
  const client = whole.client.$extends({
    query: {
      $allOperations: async ({ args, query }) => {
        step()
        return query(args)
      },
    },
  })
  const query = async (statement: string) => {
    step()
    return whole.pool.query(statement)
  }
  return { ...whole, client: client as unknown as DbClient, pool: { query } as NightDeps['pool'] }
}

const alerting = (deps: NightDeps): NightDeps => ({
  ...deps,
  concerns: changes => wouldFind({ pool: deps.pool, rules: defaultAlertRules, now: deps.clock.now() }, changes),
  onChanges: (tx, changes) =>
    raiseAlerts(
      tx,
      { clock: deps.clock, queue: { sendMany: async () => undefined }, rules: defaultAlertRules, segmentsOf: async () => [], supplierChannel: 'credit' },
      changes,
    ),
})

/** Two nights with news between them, in which the process dies at the given steps, over and over, before a night is whole. */
async function nights(world: World, kills: number[][]): Promise<{ died: number }> {
  let died = 0
  const night = async (killsOfNight: number[]) => {
    for (const steps of killsOfNight) {
      try {
        await runNight(alerting(mortal(world, steps)), 'night')
        return // over before it died
      } catch (error) {
        assert.equal(error, killed)
        died += 1
      }
    }
    await runNight(alerting(world.deps()), 'night')
  }
  const { sandbox, client, clock } = world
  await night(kills[0] ?? [])
  clock.advance({ hours: 24 })
  const at = '2026-03-02T09:00:00Z'
  sandbox.register.change(company(0).id, { status: 'NonActive', statusDescription: 'Receivership', score: undefined, creditLimit: undefined }, at)
  sandbox.register.change(company(1).id, { score: 33, creditLimit: 4_000 }, at)
  sandbox.register.change(company(2).id, 'gone', at)
  sandbox.register.change(company(3).id, { name: 'Anders B.V.' }, at)
  await client.invoice.updateMany({ where: { number: 'F14' }, data: { status: 'closed', closedOn: fromInstant(clock.now()) } })
  await client.invoice.updateMany({ where: { number: 'F20' }, data: { status: 'open' } })
  await night(kills[1] ?? [])
  return { died }
}

const sorted = (rows: object[]): string[] => rows.map(row => JSON.stringify(row)).toSorted()

/** Everything that a night leaves behind, at both ends, by names that no order of events changes. */
async function stateOf({ client, sandbox }: World) {
  const ofCompany = { select: { bureauId: true } }
  const debtorNumbers = new Map((await client.debtor.findMany()).map(({ id, number }) => [id, number]))
  const [companies, values, changes, alerts, links, gaps, events, runs] = await Promise.all([
    client.creditCompany.findMany({ select: { bureauId: true, monitoring: true, reportOwed: true, listed: true, reportedAt: true, identity: true } }),
    client.creditValue.findMany({ select: { company: ofCompany, criterion: true, value: true, since: true, seenAt: true } }),
    client.creditChange.findMany({ select: { company: ofCompany, criterion: true, before: true, value: true, at: true } }),
    client.creditAlert.findMany({
      select: { company: ofCompany, criterion: true, rule: true, fact: true, urgency: true, before: true, value: true, status: true },
    }),
    client.creditLink.findMany({ select: { debtorId: true, company: ofCompany, source: true } }),
    client.creditGap.findMany({ select: { debtorId: true, reason: true } }),
    client.creditEvent.findMany({ select: { eventId: true, bureauId: true } }),
    client.creditRun.findMany({ select: { counts: true, startedAt: true, finishedAt: true, trigger: true } }),
  ])
  const named = <T extends { debtorId: number }>({ debtorId, ...rest }: T) => ({ debtor: debtorNumbers.get(debtorId), ...rest })
  const portfolio = sandbox.portfolios.map(({ name, companies: entries }) => ({ name, companies: [...entries.keys()].toSorted() }))
  const known = { companies, values, changes, alerts, links: links.map(named), gaps: gaps.map(named), events, runs, portfolio }
  return Object.fromEntries(Object.entries(known).map(([name, rows]) => [name, sorted(rows)]))
}

async function worldOf(t: TestContext, database: Database): Promise<World> {
  await emptyTestDatabase(database)
  return createNightWorld(t, debtors, { database })
}

describe('a night whose process dies', () => {
  it('leaves the same as a night that was not disturbed, wherever and however often it died, and pays for nothing twice that is not listed', async t => {
    const database = await createTestDatabase(t)
    const undisturbed = await worldOf(t, database)
    await nights(undisturbed, [])
    const expected = await stateOf(undisturbed)
    const needed = undisturbed.sandbox.orders.toSorted()
    const kills = fc.array(fc.integer({ min: 0, max: 150 }), { maxLength: 2 })

    await fc.assert(
      fc.asyncProperty(kills, kills, async (first, second) => {
        const world = await worldOf(t, database)

        const { died } = await nights(world, [first, second])

        assert.deepEqual(await stateOf(world), expected)
        const { orders } = world.sandbox
        assert.deepEqual([...new Set(orders)].toSorted(), [...new Set(needed)])
        const paidAgain = orders.length - needed.length
        const outcomes = Map.groupBy(await world.client.creditOrder.findMany(), ({ outcome }) => outcome)
        const unsure = outcomes.get('unsure')?.length ?? 0
        assert.ok(paidAgain <= unsure && unsure <= died * width, `${paidAgain} reports were paid again, ${unsure} are listed, after ${died} kills`)
        assert.equal(outcomes.get('stored')?.length, needed.length)
        assert.equal(outcomes.has('asked'), false)
      }),
      { numRuns: 4 },
    )
  })
})
