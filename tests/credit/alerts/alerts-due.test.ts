import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fullSight } from '#people'
import { fromInstant } from '#platform'
import { alertRuleSchema } from '../../../src/credit/alerts/alert-rule.ts'
import { decideAlert } from '../../../src/credit/alerts/decide-alert.ts'
import { alertRaised } from '../../../src/credit/alerts/raise-alerts.ts'
import { tryRules } from '../../../src/credit/alerts/try-rules.ts'
import { viewAlert } from '../../../src/credit/alerts/view-alert.ts'
import { creditKind } from '../../../src/credit/rules.ts'
import { followAlerts } from '../../../src/flows/follow-alerts.ts'
import { aCompany } from '../bureau-company.ts'
import { createNightWorld } from '../night/night-world.ts'

test('an order above the contract limit is told of once, woken alerts are drawn anew, and who decides is reminded once; switched off, nothing happens', async t => {
  const dutch = aCompany({ contractLimit: 40_000 })
  const { client, clock, night } = await createNightWorld(t, [{ company: dutch, number: '10' }])
  await night()
  const { id: debtorId, administrationId } = await client.debtor.findFirstOrThrow()
  const order = (number: string, amount: string, orderDate: string, currency = 'EUR') => ({
    administrationId,
    debtorId,
    number,
    currency,
    amount,
    orderDate: new Date(orderDate),
  })
  await client.order.createMany({
    data: [
      order('A-1', '55000', '2026-03-02'),
      order('A-2', '40000', '2026-03-02'),
      order('A-3', '90000', '2026-02-01'),
      order('A-4', '90000', '2026-03-02', 'GBP'),
    ],
  })
  const [drawn, reminded, sent]: number[][] = [[], [], []]
  const follow = (on: boolean) =>
    followAlerts({
      client,
      clock,
      queue: { sendMany: async (_db, _kind, payloads) => void sent?.push(...payloads.map(payload => alertRaised.payload.parse(payload).alertId)) },
      credit: { rules: async () => creditKind.schema.parse({ on }) },
      posts: { postAlert: async id => void drawn?.push(id), postAlertReminder: async id => void reminded?.push(id) },
    })

  await follow(false)
  assert.equal(await client.creditAlert.count(), 0)
  await follow(true)
  await follow(true)
  const alert = await client.creditAlert.findFirstOrThrow()
  const view = await viewAlert({ db: client, clock, sight: fullSight, timeZone: 'Europe/Brussels' }, alert.id)
  assert.deepEqual(
    [sent, view?.facts.map(({ order: of, before, value }) => [of, before, value])],
    [[alert.id], [['A-1', { is: 'money', amount: '40000', currency: 'EUR' }, { is: 'money', amount: '55000', currency: 'EUR' }]]],
  )

  clock.advance({ hours: 23 })
  await follow(true)
  const early = reminded?.length
  clock.advance({ hours: 1 })
  await follow(true)
  await follow(true)
  assert.deepEqual([early, reminded], [0, [alert.id]])

  await decideAlert(client, clock, alert.id, { id: 1 }, { kind: 'snooze', until: fromInstant(clock.now().add({ hours: 168 })) })
  clock.advance({ hours: 167 })
  await follow(true)
  const asleep = drawn?.length
  clock.advance({ hours: 1 })
  await follow(true)
  assert.deepEqual([asleep, drawn, (await client.creditAlert.findFirstOrThrow()).status], [0, [alert.id], 'open'])
})

const rule = (given: object) => alertRuleSchema.parse({ criterion: 'score', ...given })

test('rules are tried on what changed: how often each would have told, which rested, and nothing is told', async t => {
  const companies = [1, 2].map(index => aCompany({ id: `NL-X-9999000${index}`, registrationNumber: `9999000${index}`, score: 90 }))
  const { client, clock, sandbox, night } = await createNightWorld(
    t,
    companies.map((company, index) => ({ company, number: `1${index}` })),
  )
  await night()
  for (const [day, score] of [
    ['2026-03-10', 78],
    ['2026-03-12', 60],
    ['2026-04-20', 40],
  ] as const) {
    clock.set(`${day}T22:00:00Z`)
    sandbox.register.change(companies[0]?.id ?? '', { score }, `${day}T09:00:00Z`)
    await night()
  }
  const rules = {
    drop: rule({ when: 'falls_by', amount: 10, coolDownDays: 14 }),
    deep: rule({ when: 'falls_by', amount: 50 }),
    key: rule({ when: 'falls_by', amount: 5, segments: ['key'] }),
    suppliers: rule({ when: 'falls_by', amount: 5, parties: ['supplier'] }),
    slide: rule({ when: 'drifts', amount: 40, times: 3, days: 90 }),
  }
  const tryOver = async (days: number) =>
    (await tryRules(client, { now: clock.now(), days, rules, segmentsOf: async () => ['small'] })).map(({ key, alerts, cooling }) => [key, alerts, cooling])

  assert.deepEqual(await tryOver(90), [
    ['drop', 2, 1],
    ['deep', 0, 0],
    ['key', 0, 0],
    ['suppliers', 0, 0],
    ['slide', 1, 0],
  ])
  assert.deepEqual((await tryOver(10))[0], ['drop', 1, 0])
  assert.equal(await client.creditAlert.count(), 0)
})
