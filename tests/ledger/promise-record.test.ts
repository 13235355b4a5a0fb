import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { defaultPromiseRules, plainWeek, promiseDays, promisePause, promiseRecordFor, promiseRecordsOf } from '#ledger'
import { Prisma } from '#platform'
import { promiseRecord } from '../../src/ledger/promise-record.ts'
import { aDebtor } from './actions-support.ts'

const said = (stake: number | null, keptShare: number, currency = 'EUR') => ({ stake: stake === null ? null : new Prisma.Decimal(stake), currency, keptShare })
const times = (count: number, promise: ReturnType<typeof said>) => Array.from({ length: count }, () => promise)

test('a record is the mean of a Beta posterior, in which amounts weigh relative to their average, up to three times', () => {
  const vectors: [string, ReturnType<typeof said>[], number][] = [
    ['nothing is known: one half', [], 0.5],
    ['one kept', [said(100, 1)], 2 / 3],
    ['four of six alike', [...times(4, said(100, 1)), ...times(2, said(100, 0))], 5 / 8],
    ['three broken', times(3, said(null, 0)), 1 / 5],
    ['half of one came', [said(100, 0.5)], 1.5 / 3],
    // The average is 400: the large one weighs 2.5, each other 0.25.
    ['the large one was kept', [said(1000, 1), said(100, 0), said(100, 0)], 3.5 / 5],
    ['currencies are not compared', [said(1, 1, 'EUR'), said(1_000_000, 0, 'PLN')], 2 / 4],
    // The average is 1,090; ten times that would be 9.17, which counts as 3 against nine of 0.0917.
    ['one of ten was large and broken', [said(10_000, 0), ...times(9, said(100, 1))], (1 + (10 * 9 * (100 / 1090)) / (3 + 9 * (100 / 1090))) / 12],
  ]

  const results = vectors.map(([name, promises]) => [name, promiseRecord(promises).probability.toFixed(6)])

  assert.deepEqual(
    results,
    vectors.map(([name, , expected]) => [name, expected.toFixed(6)]),
  )
})

test('whatever was promised, the next one is neither certain nor out of the question, and a kept one never lowers it', () => {
  const promise = fc.record({ stake: fc.option(fc.integer({ min: 0, max: 1e9 })), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  fc.assert(
    fc.property(fc.array(promise, { maxLength: 30 }), promises => {
      const before = promiseRecord(promises.map(({ stake, share }) => said(stake, share)))

      assert.ok(before.probability > 0 && before.probability < 1)
      assert.ok(
        promiseRecord([...promises.map(({ share }) => said(null, share)), said(null, 1)]).probability >=
          promiseRecord(promises.map(({ share }) => said(null, share))).probability,
      )
    }),
  )
})

test('who keeps promises is waited for longer, who broke three gets a short pause', () => {
  const today = Temporal.PlainDate.from('2026-11-23') // a Monday
  const pauses = [
    ['unknown', 0.5, '2026-12-04'],
    ['kept nine of nine', 10 / 11, '2026-12-04'],
    ['broke three', 1 / 5, '2026-12-04'],
    ['broke three, and promises next year', 1 / 5, '2027-03-01'],
    ['unknown, and promises next year', 0.5, '2027-03-01'],
  ] as const

  const days = pauses.map(([name, probability, on]) => [name, promiseDays(plainWeek, today, on, promisePause(defaultPromiseRules, { probability }))])

  assert.deepEqual(days, [
    ['unknown', { waitUntil: '2026-12-09', holdUntil: '2026-12-09' }],
    ['kept nine of nine', { waitUntil: '2026-12-11', holdUntil: '2026-12-11' }],
    ['broke three', { waitUntil: '2026-12-07', holdUntil: '2026-12-07' }],
    ['broke three, and promises next year', { waitUntil: '2027-03-02', holdUntil: '2026-12-17' }],
    ['unknown, and promises next year', { waitUntil: '2027-03-04', holdUntil: '2027-01-22' }],
  ])
})

test('a contact has a record of their own from the third promise on; what is older than two years counts no more', async t => {
  const { db, debtorId, contactId } = await aDebtor(t)
  const promise = (status: string, fields: object = {}) =>
    db.promiseToPay.create({ data: { debtorId, status, createdAt: new Date('2026-10-01T00:00:00Z'), ...fields } })
  for (const contact of [null, null, null, contactId, contactId]) await promise('kept', { contactId: contact, keptShare: 1 })
  await promise('broken', { createdAt: new Date('2024-10-01T00:00:00Z') })
  await promise('open')
  const before = await promiseRecordFor(db, { debtorId, contactId }, '2026-11-23')
  await promise('broken', { contactId })

  const after = [await promiseRecordFor(db, { debtorId, contactId }, '2026-11-23'), await promiseRecordFor(db, { debtorId }, '2026-11-23')]

  assert.deepEqual([before.kept, before.judged], [5, 5])
  assert.deepEqual(
    after.map(({ kept, judged }) => [kept, judged]),
    [
      [2, 3],
      [5, 6],
    ],
  )
  assert.deepEqual([...(await promiseRecordsOf(db, [debtorId, debtorId + 1], '2026-11-23')).keys()], [debtorId])
})
