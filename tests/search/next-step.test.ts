import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { nextStep, type Situation } from '../../src/search/overview/next-step.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const contact = { email: 'ap@visser.example', emailStatus: 'ok', verified: true }
const overdue = { overdue: 2, free: 2, oldestFreeDays: 41, nextDue: null }
const quiet: Situation = {
  proposals: [],
  entry: undefined,
  call: undefined,
  planned: null,
  tasks: [],
  disputes: [],
  promises: [],
  holds: [],
  contacts: [contact],
  items: { overdue: 0, free: 0, oldestFreeDays: 0, nextDue: null },
}

const stepOf = (situation: Partial<Situation>) => nextStep({ ...quiet, ...situation })

const waiting = { id: 12, status: 'open', createdAt: new Date('2026-03-01T09:00:00Z'), snoozedUntil: null }
const snoozed = { ...waiting, status: 'snoozed', snoozedUntil: day('2026-03-05') }
const task = { title: 'Call the bank', dueOn: null }
const dispute = { reason: 'price', answerDue: day('2026-03-06'), invoices: ['A-1'] }
const passed = { status: 'open', promisedOn: day('2026-03-01'), passed: true, invoices: ['A-1'] }
const promise = { ...passed, promisedOn: day('2026-03-09'), passed: false }
const hold = { reason: 'insolvency', until: null, invoice: null }
const itemHold = { reason: 'dispute', until: day('2026-03-20'), invoice: 'A-1' }

test('what waits for a person comes before what the debtor owes, and that before asking', () => {
  const [entry, call] = [
    { id: 4, what: 'dunning', since: new Date('2026-03-01T09:00:00Z') },
    { id: 5, on: day('2026-03-02') },
  ]
  const all = { proposals: [waiting], entry, call, tasks: [task], disputes: [dispute], promises: [passed], holds: [hold], items: overdue }

  const kinds = [
    stepOf(all),
    stepOf({ ...all, proposals: [snoozed] }),
    stepOf({ ...all, proposals: [snoozed], entry: undefined }),
    stepOf({ ...all, proposals: [snoozed], entry: undefined, call: undefined }),
    stepOf({ ...all, entry: undefined, call: undefined, proposals: [], tasks: [] }),
    stepOf({ ...all, entry: undefined, call: undefined, proposals: [], tasks: [], disputes: [] }),
    stepOf({ ...all, entry: undefined, call: undefined, proposals: [], tasks: [], disputes: [], promises: [] }),
    stepOf({ items: overdue }),
  ].map(({ kind }) => kind)

  assert.deepEqual(kinds, ['decide', 'entry', 'call', 'task', 'answer_dispute', 'ask_about_promise', 'wait', 'chase'])
})

test('a step says on what facts, and waiting until when and why', () => {
  assert.deepEqual(stepOf({ items: overdue }), { kind: 'chase', items: 2, daysOverdue: 41 })
  assert.deepEqual(stepOf({ promises: [{ ...promise, invoices: [] }], items: overdue }), { kind: 'wait', reason: 'promise', until: day('2026-03-09') })
  assert.deepEqual(stepOf({ items: overdue, planned: day('2026-03-12') }), { kind: 'planned', on: day('2026-03-12') })
  assert.equal(stepOf({ promises: [promise], items: { ...overdue, free: 0 } }).kind, 'wait')
  assert.equal(stepOf({ promises: [promise], items: overdue }).kind, 'chase', 'the promise is for another item')
  assert.deepEqual(stepOf({ proposals: [snoozed], items: overdue }), { kind: 'wait', reason: 'snoozed', until: day('2026-03-05') })
  assert.deepEqual(stepOf({ holds: [itemHold], items: { ...overdue, free: 0 } }), { kind: 'wait', reason: 'dispute', until: day('2026-03-20') })
  assert.equal(stepOf({ holds: [itemHold], items: { ...overdue, free: 1 } }).kind, 'chase', 'another item is free')
})

test('where nobody can be written to an address is sought, and where nothing is overdue nothing is done', () => {
  const unusable = [
    { ...contact, emailStatus: 'bounced' },
    { ...contact, verified: false },
    { ...contact, email: null },
  ]

  assert.deepEqual(stepOf({ contacts: unusable, items: overdue }), { kind: 'find_contact' })
  assert.deepEqual(stepOf({ items: { ...quiet.items, nextDue: day('2026-04-01') } }), { kind: 'nothing_due', nextDue: day('2026-04-01') })
  assert.deepEqual(stepOf({}), { kind: 'nothing_open' })
})
