import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countSignIn } from '#people'
import { fixedClock } from '#platform'
import { createTestDatabase } from '../support/database.ts'

test('tries to sign in are counted by network and by person, for as long as they count and no longer', async t => {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T09:00:10Z')
  const failed = (address: string) => countSignIn(client, clock, { kind: 'failed', address })
  const signedIn = (staffId: number) => countSignIn(client, clock, { kind: 'signed_in', staffId })
  const told: Record<string, unknown> = {}

  await Promise.all(Array.from({ length: 30 }, () => failed('2001:db8:1:2::7')))
  told.sameNetwork = await failed('2001:db8:1:2:ffff:ffff:ffff:ffff')
  told.otherNetwork = await failed('2001:db8:1:3::7')
  told.begun = await countSignIn(client, clock, { kind: 'begun', address: '2001:db8:1:2::7' })
  for (let turn = 0; turn < 30; turn++) await failed('192.0.2.1')
  told.mapped = await failed('::ffff:192.0.2.1')
  told.odd = [await failed(''), await failed('not an address'), await failed('::')]
  for (let turn = 0; turn < 20; turn++) told.person = await signedIn(1)
  told.oneMore = await signedIn(1)
  told.otherPerson = await signedIn(2)
  clock.advance({ hours: 2 })
  told.later = await signedIn(1)

  assert.deepEqual(told, {
    sameNetwork: 50,
    otherNetwork: undefined,
    begun: undefined,
    mapped: 50,
    odd: [undefined, undefined, undefined],
    person: undefined,
    oneMore: 3590,
    otherPerson: undefined,
    later: undefined,
  })
  assert.equal(await client.signInCount.count(), 1)
})
