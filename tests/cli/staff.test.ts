import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ensureStaff, useSignInToken } from '#people'
import { systemClock } from '#platform'
import { duncan } from '../support/cli.ts'
import { createTestDatabase } from '../support/database.ts'

test('duncan staff invites a colleague by a link that lets them in, lists who there is, and refuses whom nobody knows', async t => {
  const { client, url } = await createTestDatabase(t)
  const jan = await ensureStaff(client, { key: 'jan', name: 'Jan Willems', email: 'jan@creditor.example', role: 'collector', amountLimit: '5000' })
  const env = { DATABASE_URL: url, DUNCAN_PUBLIC_URL: 'https://duncan.creditor.example' }

  const invited = await duncan(['staff', 'invite', '@jan'], env)
  const listed = await duncan(['staff'], env)
  const unknown = await duncan(['staff', 'invite', '@nobody'], env)

  const link = new URL(invited.out.trim().split('\n').at(-1) ?? '')
  assert.deepEqual([invited.code, link.origin, link.pathname], [0, 'https://duncan.creditor.example', '/sign-in'])
  assert.equal(await useSignInToken(client, systemClock, link.hash.slice(1)), jan.id)
  assert.match(listed.out, /@jan +collector +5000\.00 +\*/)
  assert.equal(unknown.code, 2)
  assert.match(unknown.err, /nobody called @nobody/)
})
