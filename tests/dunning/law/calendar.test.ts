import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { calendarOf, calendarsKind } from '#ledger'
import { daysOf, easter, publicHolidays, weekdayOf } from './holidays.ts'

test('Easter is where it was and will be', () => {
  assert.deepEqual([2019, 2020, 2024, 2025, 2026, 2027, 2030, 2038].map(easter), [
    '2019-04-21',
    '2020-04-12',
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
    '2030-04-21',
    '2038-04-25',
  ])
})

for (const [country, holidaysOf] of Object.entries(publicHolidays)) {
  test(`on every day of 2020 to 2030 people work or not in ${country} as its laws say`, () => {
    const { isWorkingDay } = calendarOf(calendarsKind.schema.parse({}), { code: 'x', country })
    const holidays = new Set(Array.from({ length: 11 }, (_, index) => holidaysOf(2020 + index)).flat())

    const wrong = [...daysOf(2020, 2030)].filter(day => {
      const works = ![0, 6].includes(weekdayOf(day)) && !holidays.has(day)
      return works !== isWorkingDay(Temporal.PlainDate.from(day))
    })

    assert.deepEqual(wrong, [])
  })
}
