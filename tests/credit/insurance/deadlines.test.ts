import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { deadlinesOf, type PolicyTerms, stateOf } from '../../../src/credit/insurance/deadlines.ts'
import { type InsuredTerms, policyWarning } from '../../../src/credit/insurance/policy-warning.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

test('deadlines are so many calendar days after the due date, the first one, or the end of the extension', () => {
  // Counted on a calendar by hand. The item was due on Friday 30 January 2026 first, then on Saturday 28 February.
  const due = { dueOn: day('2026-02-28'), firstDueOn: day('2026-01-30') }
  const original = 'original_due_date' as const
  const table: [terms: PolicyTerms, extendUntil: string | undefined, reportBy: string | undefined, handOverBy: string | undefined][] = [
    [{}, undefined, undefined, undefined],
    [{ extension: { days: 60, from: original } }, '2026-03-31', undefined, undefined],
    [{ extension: { days: 0, from: 'due_date' }, report: { days: 1, from: 'due_date' } }, '2026-02-28', '2026-03-01', undefined],
    [{ extension: { days: 60, from: original }, handOver: { days: 30, from: 'extension_end' } }, '2026-03-31', undefined, '2026-04-30'],
    [{ report: { days: 365, from: original }, handOver: { days: 730, from: 'due_date' } }, undefined, '2027-01-30', '2028-02-28'],
    [{ handOver: { days: 30, from: 'extension_end' } }, undefined, undefined, undefined],
  ]

  for (const [terms, extendUntil, reportBy, handOverBy] of table) {
    const deadlines = deadlinesOf(terms, due)

    assert.deepEqual(
      [deadlines.extendUntil, deadlines.report?.by, deadlines.handOver?.by].map(each => each?.toString()),
      [extendUntil, reportBy, handOverBy],
      JSON.stringify(terms),
    )
  }
})

test('a deadline is work from so many days before its last day on, and only of what is overdue', () => {
  const table: [since: string, by: string, today: string, state: string][] = [
    ['2026-03-01', '2026-03-31', '2026-02-20', 'fine'],
    ['2026-03-01', '2026-03-31', '2026-03-23', 'fine'],
    ['2026-03-01', '2026-03-31', '2026-03-24', 'due'],
    ['2026-03-01', '2026-03-31', '2026-03-31', 'due'],
    ['2026-03-01', '2026-03-31', '2026-04-01', 'past'],
    // A short term: it is near before anything is overdue.
    ['2026-03-01', '2026-03-04', '2026-03-01', 'fine'],
    ['2026-03-01', '2026-03-04', '2026-03-02', 'due'],
    ['2026-03-01', '2026-03-01', '2026-03-02', 'past'],
  ]

  for (const [since, by, today, state] of table) {
    const deadline = { since: day(since), by: day(by) }

    assert.equal(stateOf(deadline, { today: day(today), warnDays: 7, isDone: false }), state, `${today} of ${by}`)
    assert.equal(stateOf(deadline, { today: day(today), warnDays: 7, isDone: true }), 'done')
  }
})

test('giving time warns where the money comes after the extension, or after an overdue item must have been reported', () => {
  const insurer = { insurer: 'Veilig Krediet', policy: 'P-1' }
  const items: InsuredTerms[] = [
    { invoiceId: 1, number: 'A1', ...insurer, extendUntil: '2026-03-31', report: { since: '2026-01-30', by: '2026-03-01' } },
    { invoiceId: 2, number: 'A2', ...insurer, extendUntil: '2026-03-15' },
    { invoiceId: 3, number: 'A3', ...insurer, report: { since: '2026-02-28', by: '2026-03-05' } },
  ]
  const today = '2026-02-20'
  const warned = (invoiceIds: number[], moneyOn: string) => policyWarning(items, { invoiceIds, moneyOn, today })

  assert.equal(warned([1, 2, 3], '2026-03-01'), undefined)
  assert.equal(warned([9], '2027-01-01'), undefined)
  // Not overdue yet: nobody can report it.
  assert.equal(warned([3], '2026-03-10'), undefined)
  assert.deepEqual(warned([1, 2], '2026-03-31'), {
    ...insurer,
    extension: { until: '2026-03-15', moneyOn: '2026-03-31', invoices: ['A2'] },
    report: { by: '2026-03-01', late: false, invoices: ['A1'] },
  })
  assert.deepEqual(warned([1, 2], '2026-04-01')?.extension, { until: '2026-03-15', moneyOn: '2026-04-01', invoices: ['A1', 'A2'] })
})
