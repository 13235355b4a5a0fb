import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findReading, type Reading, storeReading } from '#triage'
import { createTestDatabase } from '../support/database.ts'

const aReading: Reading = { engine: 'local', language: 'nl', intents: [{ intent: 'dispute', confidence: 0.8 }], facts: [], quarantine: [], disagreements: [] }

test('a stored reading comes back as it was, and a second one replaces it', async t => {
  const { client } = await createTestDatabase(t)

  await storeReading(client, 7, aReading)
  await storeReading(client, 7, { ...aReading, language: 'de' })

  assert.deepEqual(await findReading(client, 7), { ...aReading, language: 'de' })
  assert.equal(await findReading(client, 8), undefined)
})
