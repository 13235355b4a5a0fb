import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { noPreference, quietUntil } from '#people'

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
