import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { digestDue, lastWorkingDay, noPreference, quietUntil, restUntil, type WorksOn } from '#people'

test('quiet hours end in the morning of the person’s own day, also over midnight', () => {
  const preference = { ...noPreference, quietFrom: '19:00', quietUntil: '07:30' }
  const at = (time: string) => quietUntil(preference, Temporal.Instant.from(time), 'Europe/Warsaw')?.toString()

  assert.equal(at('2026-11-23T21:00:00Z'), '2026-11-24T06:30:00Z')
  assert.equal(at('2026-11-24T03:00:00Z'), '2026-11-24T06:30:00Z')
  assert.equal(at('2026-11-24T06:30:00Z'), undefined)
  assert.equal(at('2026-11-24T12:00:00Z'), undefined)
  assert.equal(quietUntil(noPreference, Temporal.Instant.from('2026-11-24T03:00:00Z'), 'Europe/Warsaw'), undefined)
})

test('quiet hours within a day', () => {
  const preference = { ...noPreference, quietFrom: '12:00', quietUntil: '13:00' }
  const at = (time: string) => quietUntil(preference, Temporal.Instant.from(time), 'Europe/London')?.toString()

  assert.equal(at('2026-11-23T12:59:00Z'), '2026-11-23T13:00:00Z')
  assert.equal(at('2026-11-23T13:00:00Z'), undefined)
})

// 23 November 2026 is a Monday; Tuesday the 24th is a day off here.
const worksOn: WorksOn = day => day.dayOfWeek <= 5 && day.day !== 24
const due = (digestAt: string | null, time: string) =>
  digestDue({ ...noPreference, digestAt }, Temporal.Instant.from(time), 'Europe/Warsaw', worksOn)?.toString()
const before = (day: string) => lastWorkingDay(Temporal.PlainDate.from(day), worksOn).toString()

test('what comes in quiet hours or on a day off waits for the next working morning, and for its list', () => {
  const nights = { ...noPreference, quietFrom: '19:00', quietUntil: '07:30', digestAt: null }
  const at = (preference: typeof nights | typeof noPreference, time: string) =>
    restUntil(preference, Temporal.Instant.from(time), 'Europe/Warsaw', worksOn)?.toZonedDateTimeISO('Europe/Warsaw').toPlainDateTime().toString()

  assert.equal(at(nights, '2026-11-23T12:00:00Z'), undefined)
  assert.equal(at(nights, '2026-11-22T21:00:00Z'), '2026-11-23T07:30:00')
  assert.equal(at(nights, '2026-11-23T21:00:00Z'), '2026-11-25T07:30:00')
  assert.equal(at(nights, '2026-11-24T12:00:00Z'), '2026-11-25T07:30:00')
  assert.equal(at(nights, '2026-11-21T12:00:00Z'), '2026-11-23T07:30:00')
  assert.equal(at({ ...nights, digestAt: '08:15' }, '2026-11-22T21:00:00Z'), '2026-11-23T08:25:00')
  assert.equal(at({ ...nights, digestAt: '06:00' }, '2026-11-22T21:00:00Z'), '2026-11-23T07:30:00')
  assert.equal(at({ ...nights, digestAt: '16:00' }, '2026-11-22T21:00:00Z'), '2026-11-23T07:30:00')
  assert.equal(at({ ...noPreference, digestAt: '08:00' }, '2026-11-21T12:00:00Z'), undefined)
})

test('a morning list is due from its time until noon of a working day, one for the afternoon for an hour', () => {
  assert.equal(due('08:00', '2026-11-23T06:59:59Z'), undefined)
  assert.equal(due('08:00', '2026-11-23T07:00:00Z'), '2026-11-23')
  assert.equal(due('08:00', '2026-11-23T10:59:00Z'), '2026-11-23')
  assert.equal(due('08:00', '2026-11-23T11:00:00Z'), undefined)
  assert.equal(due('08:00', '2026-11-24T07:00:00Z'), undefined)
  assert.equal(due('11:45', '2026-11-23T11:30:00Z'), '2026-11-23')
  assert.equal(due('11:45', '2026-11-23T11:45:00Z'), undefined)
  assert.equal(due(null, '2026-11-23T07:00:00Z'), undefined)
})

test('the working day before a day is found over weekends and days off', () => {
  assert.deepEqual([before('2026-11-23'), before('2026-11-25'), before('2026-11-27')], ['2026-11-20', '2026-11-23', '2026-11-26'])
})
