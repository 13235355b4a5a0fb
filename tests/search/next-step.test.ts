import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { nextStep, type Situation } from '../../src/search/overview/next-step.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const overdue = { overdue: 2, free: 2, oldestFreeDays: 41, nextDue: null }
const quiet: Situation = { isReachable: true, items: { overdue: 0, free: 0, oldestFreeDays: 0, nextDue: null } }

const stepOf = (situation: Partial<Situation>) => nextStep({ ...quiet, ...situation })

const since = new Date('2026-03-01T09:00:00Z')
const itemHold = { reason: 'dispute', until: day('2026-03-20') }

test('what waits for a person comes before what the debtor owes, and that before asking', () => {
  const inOrder: Partial<Situation>[] = [
    { proposal: { id: 12, since } },
    { entry: { id: 4, what: 'dunning', since } },
    { call: { on: day('2026-03-02') } },
    { task: { title: 'Call the bank', dueOn: null } },
    { dispute: { reason: 'price', answerDue: day('2026-03-06') } },
    { latePromise: { promisedOn: day('2026-03-01') } },
    { hold: { reason: 'insolvency', until: null } },
    { items: overdue },
  ]

  const kinds = inOrder.map((_, index) => stepOf(Object.assign({}, ...inOrder.slice(index))).kind)

  assert.deepEqual(kinds, ['decide', 'entry', 'call', 'task', 'answer_dispute', 'ask_about_promise', 'wait', 'chase'])
})

test('a step says on what facts, and waiting until when and why', () => {
  const second = { name: 'second_reminder' }
  const planned = { on: day('2026-03-12'), step: second }

  assert.deepEqual(stepOf({ items: overdue }), { kind: 'chase', items: 2, daysOverdue: 41 })
  assert.deepEqual(stepOf({ promise: { until: day('2026-03-09') }, items: overdue }), { kind: 'wait', reason: 'promise', until: day('2026-03-09') })
  assert.deepEqual(stepOf({ items: overdue, planned }), { kind: 'planned', ...planned })
  assert.deepEqual(stepOf({ items: overdue, planned, underWay: { step: { name: 'reminder' }, following: second } }), {
    kind: 'under_way',
    step: { name: 'reminder' },
    following: second,
  })
  assert.deepEqual(stepOf({ snoozed: { until: day('2026-03-05') }, items: overdue }), { kind: 'wait', reason: 'snoozed', until: day('2026-03-05') })
  assert.deepEqual(stepOf({ itemHold, items: { ...overdue, free: 0 } }), { kind: 'wait', ...itemHold })
  assert.equal(stepOf({ itemHold, items: { ...overdue, free: 1 } }).kind, 'chase', 'another item is free')
})

test('where nobody can be written to an address is sought, and where nothing is overdue nothing is done', () => {
  assert.deepEqual(stepOf({ isReachable: false, items: overdue }), { kind: 'find_contact' })
  assert.deepEqual(stepOf({ items: { ...quiet.items, nextDue: day('2026-04-01') } }), { kind: 'nothing_due', nextDue: day('2026-04-01') })
  assert.deepEqual(stepOf({}), { kind: 'nothing_open' })
})
