import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { addWorkingDays, calendarOf, calendarsKind } from '#ledger'
import { kindFaults } from '../support/kind-faults.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const calendars = (written: unknown = {}) => calendarsKind.schema.parse(written)
const nl = { code: 'nord', country: 'NL' }

test('without a calendar people work Monday to Friday but the public holidays of the country', () => {
  const { isWorkingDay } = calendarOf(calendars(), nl)

  assert.deepEqual(
    ['2026-04-27', '2026-04-28', '2026-05-02', '2026-12-25', '2026-11-11', '2026-12-05', '2026-12-31'].map(text => isWorkingDay(day(text))),
    [false, true, false, false, true, false, true], // King's Day, a Tuesday, a Saturday, Christmas, Saint Martin, a Saturday, a bank holiday only
  )
})

test('regions have holidays of their own', () => {
  const rheinland = calendarOf(calendars({ nw: { country: 'DE', region: 'NW' } }), { code: 'x', country: 'DE' })
  const germany = calendarOf(calendars(), { code: 'x', country: 'DE' })

  assert.deepEqual([rheinland.isWorkingDay(day('2027-11-01')), germany.isWorkingDay(day('2027-11-01'))], [false, true])
})

test('own days off, own working days and other weekdays count before the country’s', () => {
  const { isWorkingDay } = calendarOf(
    calendars({ shop: { country: 'NL', workingDays: ['tuesday', 'saturday'], closed: ['12-29', '2026-12-26'], open: ['2026-04-27'] } }),
    nl,
  )

  assert.deepEqual(
    ['2026-04-27', '2026-12-22', '2026-12-23', '2026-12-29', '2026-12-26', '2026-12-19'].map(text => isWorkingDay(day(text))),
    [true, true, false, false, false, true],
  )
})

test('an administration’s own calendar counts before its country’s', () => {
  const both = calendars({ country: { country: 'NL' }, own: { country: 'NL', administrations: ['nord'], publicHolidays: false } })

  assert.equal(calendarOf(both, nl).isWorkingDay(day('2026-04-27')), true)
  assert.equal(calendarOf(both, { code: 'sud', country: 'NL' }).isWorkingDay(day('2026-04-27')), false)
})

test('working days are counted from the day after, over weekends and holidays', () => {
  const calendar = calendarOf(calendars(), nl)

  assert.equal(addWorkingDays(calendar, day('2026-12-23'), 3).toString(), '2026-12-29')
  assert.equal(addWorkingDays(calendar, day('2026-11-21'), 1).toString(), '2026-11-23')
  assert.equal(addWorkingDays(calendar, day('2026-11-23'), 0).toString(), '2026-11-23')
})

test('a country without a list of holidays has none, and nothing fails', () => {
  assert.equal(calendarOf(calendars(), { code: 'x', country: 'ZZ' }).isWorkingDay(day('2026-12-25')), true)
})

const refused = (name: string, yaml: string, fault: RegExp) => {
  test(`${name} is refused at its place`, () => {
    assert.match(kindFaults([calendarsKind], yaml).join('\n'), fault)
  })
}

refused('a country that does not exist', 'calendars:\n  a: { country: QQ }\n', /^:2:17 .*no country/)
refused('a region that does not exist', 'calendars:\n  a: { country: DE, region: XY }\n', /^:2:29 .*no region of DE/)
refused('a day that does not exist', 'calendars:\n  a: { country: DE, closed: [2026-02-30] }\n', /^:2:30 .*does not exist/)
refused('a second calendar for one country', 'calendars:\n  a: { country: DE }\n  b: { country: DE }\n', /^:3:3 .*all of DE, as a is/)
refused('an administration that settings do not have', 'calendars:\n  a: { country: DE, administrations: [x] }\n', /^:2:39 .*names x/)
