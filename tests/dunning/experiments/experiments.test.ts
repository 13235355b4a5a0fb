import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { experimentsKind, followExperiments, readExperiments, workflowsKind } from '#dunning'
import { fullSight } from '#people'
import { type DbClient, fixedClock, silentLog } from '#platform'
import { readSearchContext } from '#search'
import { variantFor } from '../../../src/dunning/experiments/split.ts'
import { aLedger, anItem } from '../../search/ledger.ts'
import { createTestDatabase } from '../../support/database.ts'
import { kindFaults } from '../../support/kind-faults.ts'
import { doneActions, pay } from '../results/done-actions.ts'

const plan = { title: 'Shorter', workflow: 'standard', step: 'first', from: '2026-03-01', debtors: 60, variants: { b: { tone: 'friendly' } } }
const planned = (more: object = {}) => experimentsKind.schema.parse({ shorter: { ...plan, ...more } })

/** A book of so many debtors with an item and a planned first step each; every second one is from Belgium. */
async function planABook(client: DbClient, debtors: number) {
  const book = await aLedger(
    client,
    Array.from({ length: debtors }, (_, index) => `Debtor ${index}`),
  )
  const done = await doneActions(client)
  const actions: { debtorId: number; item: number; action: number }[] = []
  for (const [index, { id: debtorId }] of book.debtors.entries()) {
    const { id } = await anItem(client, { administrationId: book.administrationId, debtorId }, `I${index}`, '2026-02-01', '100.00')
    if (index % 2 === 0) await client.debtor.update({ where: { id: debtorId }, data: { country: 'BE' } })
    actions.push({ debtorId, item: id, action: await done({ debtorId, on: '2026-03-02', items: [{ id, amount: '100.00' }], status: 'planned' }) })
  }
  return { ...book, actions, done }
}

const follow = (client: DbClient, experiments: ReturnType<typeof planned>, day = '2026-03-02') =>
  followExperiments({
    client,
    log: silentLog,
    experiments,
    search: db => readSearchContext(db, { sight: fullSight, clock: fixedClock(`${day}T08:00:00Z`), timeZone: 'Europe/Amsterdam' }),
  })
const read = async (client: DbClient, day: string, sight = fullSight) => {
  await client.administration.updateMany({ data: { importedAt: new Date(`${day}T06:00:00Z`) } })
  const [result = assert.fail()] = await readExperiments(client, { sight, today: Temporal.PlainDate.from(day) })
  return result
}

test('settings are refused where nothing is compared, no end is planned, or two try one step at once; a plan that has begun is only stopped', async t => {
  const { client } = await createTestDatabase(t)
  await planABook(client, 1)
  const one = '{ title: T, workflow: w, step: s, from: 2026-03-01, until: 2026-04-01, variants: { b: { tone: firm } } }'
  const faults = kindFaults(
    [experimentsKind, workflowsKind],
    `workflows: { w: {} }\nexperiments:\n  one: ${one}\n  two: ${one}\n  three: { title: T, workflow: w, step: other, from: 2026-03-01, variants: { b: {} } }\n  four: ${one.replace('tone: firm', 'template: final_notice').replace('step: s', 'step: x')}\n`,
  )
  const steps = '[{ name: first, type: email, template: reminder_first, after: { days: 1 } }, { name: call, type: call, after: { days: 9 } }]'
  const named = ['first', 'fist', 'call', 'gone, stopped: true'].flatMap(step =>
    kindFaults(
      [experimentsKind, workflowsKind],
      `workflows: { w: { title: W, steps: ${steps} } }\nexperiments:\n  one: ${one.replace('step: s', `step: ${step}`)}\n`,
    ),
  )
  await follow(client, planned())
  const changes = [planned({ title: 'Other words' }), planned({ stopped: true }), planned({ debtors: 90 }), planned({ variants: { b: { tone: 'firm' } } })]
  const refused = await Promise.all(changes.map(async section => (await experimentsKind.check(client, section)).length))

  assert.deepEqual(faults.flatMap(fault => / experiments\.(.*) -> /.exec(fault)?.[1] ?? []).toSorted(), [
    'four.variants.b.template must be reminder_first or reminder_second, or a wording of one such as reminder_first.short',
    'three has no planned end',
    'three.variants.b is the same as a',
    'two.from tries the same step as one at the same time',
  ])
  assert.deepEqual(named, [
    ':3:39 experiments.one.step names fist, which is no step that writes to debtors of w -> Did you mean first?',
    ':3:39 experiments.one.step names call, which is no step that writes to debtors of w -> Known are: first.',
  ])
  assert.deepEqual(refused, [0, 0, 1, 1])
})

test('debtors come in once, each with its half, until as many are in as were planned; those of a central file go together', async t => {
  const { client } = await createTestDatabase(t)
  const { debtors, actions, done } = await planABook(client, 70)
  const group = await client.debtorGroup.create({ data: { name: 'Holding' } })
  const members = debtors.slice(0, 8).map(({ id }) => id)
  await client.debtor.updateMany({ where: { id: { in: members } }, data: { groupId: group.id } })
  await client.debtor.update({ where: { id: debtors[9]?.id ?? 0 }, data: { tone: 'firm' } }) // its own tone: nothing to try
  const experiments = planned({ debtors: 25, only: 'country:BE' })

  await follow(client, experiments, '2026-02-20')
  const early = await client.experimentAction.count()
  await follow(client, experiments)
  await follow(client, experiments)
  const parts = await client.experimentAction.findMany({ orderBy: { actionId: 'asc' } })
  // The next reminder of somebody who is in goes the same way; who is not stays out.
  const again = await done({ debtorId: actions[10]?.debtorId ?? 0, on: '2026-03-10', items: [], status: 'planned' })
  const outside = await done({ debtorId: actions[11]?.debtorId ?? 0, on: '2026-03-10', items: [], status: 'planned' })
  await follow(client, experiments, '2026-03-10')
  const later = await client.experimentAction.findMany({ where: { actionId: { in: [again, outside] } } })

  assert.equal(early, 0)
  assert.equal(new Set(parts.map(({ unit }) => unit)).size, 25)
  for (const { unit, variant } of parts) assert.equal(variant, variantFor('shorter', unit))
  // Four of the central file are Belgian; it comes in once and brings the rest of its file along.
  assert.equal(parts.filter(({ unit }) => unit === `group:${group.id}`).length, 8)
  assert.deepEqual(
    later.map(({ actionId, variant }) => [actionId, variant]),
    [[again, parts.find(({ actionId }) => actionId === actions[10]?.action)?.variant]],
  )
  assert.ok(parts.every(({ actionId }) => actionId !== actions[9]?.action))
  assert.equal(await client.auditEntry.count({ where: { subject: 'experiment:shorter', event: 'experiment.taken_in' } }), 2)
})

test('figures stand beside their intervals from the start, but there is a verdict only at the planned end, and none for a part or after a stop', async t => {
  const { client } = await createTestDatabase(t)
  const { actions } = await planABook(client, 60)
  await follow(client, planned())
  const variants = new Map((await client.experimentAction.findMany()).map(({ actionId, variant }) => [actionId, variant]))
  // All of b pay on the fourth day; of a nobody does, but one in part.
  for (const { item, action } of actions) if (variants.get(action) === 'b') await pay(client, item, '2026-03-06', '100.00')
  const inA = actions.find(({ action }) => variants.get(action) === 'a')
  await pay(client, inA?.item ?? 0, '2026-03-05', '60.00')
  await client.debtor.update({ where: { id: inA?.debtorId ?? 0 }, data: { collector: 'mia' } })

  const early = await read(client, '2026-03-10')
  const end = await read(client, '2026-03-16')
  const part = await read(client, '2026-03-16', { ...fullSight, accounts: 'mia' })
  await follow(client, planned({ stopped: true }), '2026-03-17')
  const full = await read(client, '2026-03-17')
  await client.experiment.update({ where: { key: 'shorter' }, data: { stoppedOn: new Date('2026-03-12') } })
  const stopped = await read(client, '2026-03-16')
  const settings = { experiments: { later: { ...plan, step: 'second', from: '2027-01-01' }, shorter: { ...plan, title: 'Much shorter' } } }
  await client.settingsVersion.create({ data: { content: settings, actor: 'staff:1' } })
  const unstarted = await readExperiments(client, { sight: fullSight, today: Temporal.PlainDate.from('2026-03-16') })

  const [a, b] = early.variants
  assert.deepEqual([early.state, early.verdict, early.difference], [{ kind: 'waits', until: '2026-03-16' }, 'too_early', null])
  assert.deepEqual(
    [a.units + b.units, a.paid.map(({ of, paid }) => [of, paid]), b.paid[0]?.of === b.units && b.paid[0]?.paid === b.units, b.paid[1]?.of],
    [
      60,
      [
        [a.units, 0],
        [0, 0],
        [0, 0],
      ],
      true,
      0,
    ],
  )
  assert.deepEqual([end.state.kind, end.verdict, end.difference?.share], ['over', 'b', 1])
  assert.ok((end.difference?.interval.low ?? 0) > 0.6)
  assert.deepEqual([end.variants[1].meanDays?.days, end.daysDifference?.days], [4, -10])
  assert.deepEqual([part.variants.map(({ units }) => units), part.verdict], [[1, 0], 'part'])
  // It was full when it was stopped: there was nothing left to stop.
  assert.deepEqual([full.state.kind, full.verdict], ['over', 'b'])
  assert.deepEqual([stopped.state, stopped.verdict], [{ kind: 'stopped', on: '2026-03-12' }, 'too_early'])
  assert.deepEqual(
    unstarted.map(({ key, experiment, state, verdict }) => [key, experiment.title, state.kind, verdict]),
    [
      ['later', 'Shorter', 'begins', 'too_early'],
      ['shorter', 'Much shorter', 'stopped', 'too_early'],
    ],
  )
})
