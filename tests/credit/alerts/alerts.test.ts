import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { describe, it } from 'node:test'
import type { Queue } from '#platform'
import { type AlertRule, alertRuleSchema, defaultAlertRules } from '../../../src/credit/alerts/alert-rule.ts'
import { alertRaised, raiseAlerts, wouldFind } from '../../../src/credit/alerts/raise-alerts.ts'
import { runNight } from '../../../src/credit/night/run-night.ts'
import { aCompany } from '../bureau-company.ts'
import { createNightWorld, type WorldDebtor } from '../night/night-world.ts'

async function watched(t: TestContext, debtors: WorldDebtor[], rules: Record<string, AlertRule> = defaultAlertRules, segments: Record<string, string[]> = {}) {
  const world = await createNightWorld(t, debtors)
  const sent: number[] = []
  const queue: Pick<Queue, 'sendMany'> = {
    sendMany: async (_db, _kind, payloads) => void sent.push(...payloads.map(payload => alertRaised.payload.parse(payload).alertId)),
  }
  const segmentsOf = async (_db: unknown, debtorId: number) => {
    const { number } = await world.client.debtor.findUniqueOrThrow({ where: { id: debtorId } })
    return segments[number] ?? []
  }
  const night = () =>
    runNight(
      {
        ...world.deps(),
        onChanges: (tx, changes) => raiseAlerts(tx, { clock: world.clock, queue, rules, segmentsOf, supplierChannel: 'purchasing' }, changes),
        concerns: changes => wouldFind({ pool: world.database.pool, rules, now: world.clock.now() }, changes),
      },
      'night',
    )
  const told = async () => (await world.client.creditAlert.findMany({ orderBy: { id: 'asc' } })).map(({ rule, urgency, fact }) => [rule, urgency, fact])
  return { ...world, night, told, sent }
}

const french = aCompany({ id: 'FR-X-99900001700011', country: 'FR', registrationNumber: '99900001700011', score: 70 })

describe('alerts', () => {
  it('tell a hard stop at once and the rest with the night, each fact once however often it is told', async t => {
    const { night, told, sent, sandbox, clock } = await watched(t, [
      { company: french, number: '10' },
      { company: french, number: '11' },
    ])
    await night()

    clock.advance({ hours: 24 })
    sandbox.register.change(french.id, { score: 40, privileges: 1 }, '2026-03-02T09:00:00Z')
    await night()
    clock.advance({ hours: 24 })
    await night()

    assert.deepEqual(await told(), [
      ['privilege', 'now', 'privileges 1 2026-03-02'],
      ['rating-worse', 'digest', 'international_rating C 2026-03-02'],
      ['score-drop', 'digest', 'score 40 2026-03-02'],
    ])
    assert.equal(sent.length, 1)
  })

  it('ask the segment: a fall of 12 is told of a key account, not of a small one', async t => {
    const rules = { key: alertRuleSchema.parse({ criterion: 'score', when: 'falls_by', amount: 10, segments: ['key'] }) }
    const other = aCompany({ score: 70 })
    const { night, client, sandbox, clock } = await watched(
      t,
      [
        { company: french, number: '10' },
        { company: other, number: '11' },
      ],
      rules,
      { 10: ['key'], 11: ['small'] },
    )
    await night()

    clock.advance({ hours: 24 })
    for (const { id } of [french, other]) sandbox.register.change(id, { score: 58 }, '2026-03-02T09:00:00Z')
    await night()

    const alerts = await client.creditAlert.findMany({ include: { company: true } })
    assert.deepEqual(
      alerts.map(({ company }) => company.bureauId),
      [french.id],
    )
  })

  it('see a drift that no threshold saw, and then rest', async t => {
    const { night, told, sandbox, clock } = await watched(t, [{ company: french, number: '10' }])
    await night()

    for (const [day, score] of [
      ['2026-03-10', 66],
      ['2026-03-20', 62],
      ['2026-04-01', 57],
      ['2026-04-05', 55],
    ] as const) {
      clock.set(`${day}T21:00:00Z`)
      sandbox.register.change(french.id, { score }, `${day}T09:00:00Z`)
      await night()
    }

    const drifts = (await told()).filter(([rule]) => rule === 'score-drift')
    assert.deepEqual(drifts, [['score-drift', 'digest', 'drift of score 57 2026-04-01']])
  })
})
