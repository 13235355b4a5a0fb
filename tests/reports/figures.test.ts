import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { plainWeek } from '#ledger'
import { Prisma } from '#platform'
import { parseTimes, printTimes } from '#reports'
import { createWorkCalendar } from '../../src/ledger/work-calendar.ts'
import { dsoFigures } from '../../src/reports/contents/dso-figures.ts'
import { nextAfter } from '../../src/reports/planner/times.ts'

const months = (...sales: [number, number][]) => sales.map(([sold, days]) => ({ sales: new Prisma.Decimal(sold), days }))
const figures = (open: number, ...sales: [number, number][]) => {
  const { monthly, year, countBack } = dsoFigures(new Prisma.Decimal(open), months(...sales))
  return [monthly, year, countBack].map(figure => figure?.toFixed(2) ?? null)
}

test('DSO goes by the formulas, and is not told where there is nothing to divide by', () => {
  const quarter: [number, number][] = [
    [100_000, 31],
    [80_000, 30],
    [70_000, 31],
  ]
  const wholeYear = Array.from({ length: 12 }, (): [number, number] => [50_000, 30])

  assert.deepEqual(figures(212_000, ...quarter), ['65.72', null, '75.17'])
  assert.deepEqual(figures(100_000, ...wholeYear), ['60.00', '60.83', '60.00'])
  assert.deepEqual(figures(0, ...wholeYear), ['0.00', '0.00', '0.00'])
  assert.deepEqual(figures(-5, ...wholeYear), [null, null, null])
  assert.deepEqual(figures(100, [0, 31], [0, 30]), [null, null, null])
  assert.deepEqual(figures(100, [-100, 30], [400, 31]), [null, null, '45.50'])
})

test('times are read as people type them, and mean the same when they are read again', () => {
  const cases: [string, string | undefined][] = [
    ['daily', 'daily 08:00'],
    ['Monday 7:05', 'monday 07:05'],
    ['weekly on friday at 16.30', 'friday 16:30'],
    ['workdays 08:00', 'workdays 08:00'],
    ['monthly 31 23:59', 'monthly 31 23:59'],
    ['monthly workday 3', 'monthly workday 3 08:00'],
    ['monthly last 06:00', 'monthly last 06:00'],
    ['monthly', undefined],
    ['monthly 32', undefined],
    ['monthly 0', undefined],
    ['monthly workday 16', undefined],
    ['daily 24:00', undefined],
    ['daily monday', undefined],
    ['__proto__', undefined],
    ['', undefined],
  ]
  for (const [typed, kept] of cases) {
    const times = parseTimes(typed)

    assert.equal(times && printTimes(times), kept, typed)
    if (kept !== undefined) assert.deepEqual(parseTimes(kept), times)
  }
})

test('a report goes out at its local time, over changes of the clock, short months and holidays', () => {
  const dutch = createWorkCalendar({
    country: 'NL',
    publicHolidays: true,
    workingDays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
    closed: [],
    open: [],
  })
  const cases: [string, string, string][] = [
    ['daily 08:00', '2026-03-28T12:00:00Z', '2026-03-29T06:00:00Z'], // summer time has begun
    ['daily 02:30', '2026-03-28T12:00:00Z', '2026-03-29T01:30:00Z'], // which that night skips: 03:30
    ['daily 02:30', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z'], // which that night has twice: the first
    ['daily 02:30', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'], // and once only
    ['daily 08:00', '2026-11-23T07:00:00Z', '2026-11-24T07:00:00Z'], // the moment itself has had its turn
    ['monday 08:00', '2026-11-23T06:59:59Z', '2026-11-23T07:00:00Z'],
    ['monthly 31 08:00', '2026-02-01T00:00:00Z', '2026-02-28T07:00:00Z'],
    ['monthly last 08:00', '2026-12-01T00:00:00Z', '2026-12-31T07:00:00Z'],
    ['monthly last 08:00', '2026-05-01T00:00:00Z', '2026-05-29T06:00:00Z'], // the 30th and 31st are a weekend
    ['monthly workday 1 08:00', '2027-01-01T00:00:00Z', '2027-01-04T07:00:00Z'], // New Year's Day is a Friday
    ['workdays 08:00', '2026-12-24T12:00:00Z', '2026-12-28T07:00:00Z'], // Christmas
  ]
  for (const [typed, after, expected] of cases) {
    const times = parseTimes(typed)
    assert.ok(times)

    assert.equal(nextAfter(times, Temporal.Instant.from(after), 'Europe/Amsterdam', dutch)?.toString(), expected, typed)
  }
  const never = { isWorkingDay: () => false }
  assert.equal(nextAfter({ every: 'workday', at: '08:00' }, Temporal.Instant.from('2026-01-01T00:00:00Z'), 'UTC', never), undefined)
  assert.ok(nextAfter({ every: 'month', on: 'workday', nth: 15, at: '08:00' }, Temporal.Instant.from('2026-01-01T00:00:00Z'), 'UTC', plainWeek))
})
