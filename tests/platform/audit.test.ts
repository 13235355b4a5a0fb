import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { type Database, recordAudit, sealAudit, verifyAudit } from '#platform'
import { createTestDatabase } from '../support/database.ts'

const anEntry = { actor: 'staff:3', event: 'contact.changed', subject: 'debtor:7' }

/** A database with five sealed entries, each with content. */
async function aSealedTrail(t: TestContext): Promise<Database> {
  const database = await createTestDatabase(t)
  for (let index = 0; index < 5; index++) {
    await recordAudit(database.client, { ...anEntry, detail: { index, b: 1, a: [2] }, content: { email: `ann${index}@debtor.example` } })
  }
  await sealAudit(database.client)
  return database
}

/** What somebody with the rights of the database's owner could do. */
async function tamper({ pool }: Database, sql: string): Promise<void> {
  const switchTriggers = (to: 'DISABLE' | 'ENABLE') => pool.query(`ALTER TABLE "AuditEntry" ${to} TRIGGER USER; ALTER TABLE "AuditContent" ${to} TRIGGER USER`)
  await switchTriggers('DISABLE')
  await pool.query(sql)
  await switchTriggers('ENABLE')
}

describe('the audit trail', () => {
  test('is whole after sealing, and says how far', async t => {
    const { client } = await aSealedTrail(t)
    await recordAudit(client, anEntry)

    const verdict = await verifyAudit(client)

    assert.ok(verdict.ok)
    assert.deepEqual([verdict.sealed, verdict.unsealed, verdict.head.length], [5, 1, 64])
  })

  test('is whole when it is empty', async t => {
    const { client } = await createTestDatabase(t)

    assert.deepEqual(await verifyAudit(client), { ok: true, sealed: 0, unsealed: 0, head: '' })
  })

  test('has no entry of a change that was rolled back', async t => {
    const { client } = await createTestDatabase(t)

    await assert.rejects(
      client.$transaction(async tx => {
        await recordAudit(tx, anEntry)
        throw new Error('the change failed')
      }),
      /the change failed/,
    )

    assert.equal(await client.auditEntry.count(), 0)
  })

  test('verifies whatever JSON was recorded', async t => {
    const { client } = await createTestDatabase(t)
    // PostgreSQL cannot store U+0000 and lone surrogates; such text is refused when it is recorded.
    const text = fc.string({ unit: 'grapheme' }).filter(value => !value.includes('\0') && value.isWellFormed())
    const json = fc.dictionary(text, fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null), fc.array(text)))

    const odd = JSON.parse('{"__proto__":null,"b":{"__proto__":{"c":1}}}') as Record<string, string>

    await fc.assert(
      fc.asyncProperty(json, json, async (detail, content) => {
        await recordAudit(client, { ...anEntry, detail, content })
        await sealAudit(client)
      }),
      {
        numRuns: 60,
        examples: [
          [{}, odd],
          [odd, {}],
        ],
      },
    )

    assert.equal((await verifyAudit(client)).ok, true)
  })

  test('stays whole when the personal content of an entry is erased', async t => {
    const { client } = await aSealedTrail(t)
    const entry = await client.auditEntry.findFirstOrThrow({ where: { seq: 3 } })

    await client.auditContent.delete({ where: { entryId: entry.id } })

    assert.equal((await verifyAudit(client)).ok, true)
  })

  test('is sealed once by many sealers while others write', async t => {
    const { client } = await createTestDatabase(t)
    const write = async () => {
      for (let index = 0; index < 20; index++) await client.$transaction(tx => recordAudit(tx, { ...anEntry, detail: { index } }))
    }
    const seal = async () => {
      let sealed = 0
      for (let round = 0; round < 10; round++) sealed += await sealAudit(client)
      return sealed
    }

    const [, , sealed, alsoSealed] = await Promise.all([write(), write(), seal(), seal()])
    const rest = await sealAudit(client)

    assert.equal(sealed + alsoSealed + rest, 40)
    const verdict = await verifyAudit(client)
    assert.deepEqual([verdict.ok, verdict.ok && verdict.sealed], [true, 40])
  })

  test('does not match a head that was kept when its end was cut off or replaced', async t => {
    const database = await aSealedTrail(t)
    const kept = await verifyAudit(database.client)
    assert.ok(kept.ok)

    await tamper(database, 'DELETE FROM "AuditEntry" WHERE seq > 3')
    await recordAudit(database.client, anEntry)
    await recordAudit(database.client, anEntry)
    await sealAudit(database.client)

    assert.equal((await verifyAudit(database.client)).ok, true)
    const verdict = await verifyAudit(database.client, { sealed: kept.sealed, head: kept.head })
    assert.deepEqual([verdict.ok, !verdict.ok && verdict.problem], [false, 'it is not the entry whose hash was kept'])
  })
})

describe('a change made past the triggers is found', () => {
  const changes: [string, string][] = [
    ['id', 'id = id + 1000'],
    ['at', `at = at + interval '1 ms'`],
    ['actor', `actor = 'staff:4'`],
    ['event', `event = 'contact.deleted'`],
    ['subject', `subject = 'debtor:8'`],
    ['detail', `detail = '{"index": 2, "b": 1, "a": [3]}'`],
    ['contentHash', `"contentHash" = repeat('0', 64)`],
    ['contentHash taken away', `"contentHash" = NULL`],
    ['prevHash', `"prevHash" = repeat('0', 64)`],
    ['hash', `hash = repeat('0', 64)`],
    ['seq', 'seq = 100'],
    ['the seal', 'seq = NULL, hash = NULL, "prevHash" = NULL'],
  ]
  for (const [column, change] of changes) {
    test(`in ${column}`, async t => {
      const database = await aSealedTrail(t)
      if (column === 'id') await tamper(database, 'DELETE FROM "AuditContent"') // its foreign key would stop the change

      await tamper(database, `UPDATE "AuditEntry" SET ${change} WHERE seq = 3`)

      const verdict = await verifyAudit(database.client)
      assert.equal(verdict.ok, false)
    })
  }

  test('in the erasable content', async t => {
    const database = await aSealedTrail(t)

    await tamper(
      database,
      `UPDATE "AuditContent" SET content = '{"email": "eve@elsewhere.example"}' WHERE "entryId" = (SELECT id FROM "AuditEntry" WHERE seq = 3)`,
    )

    const verdict = await verifyAudit(database.client)
    assert.equal(verdict.ok ? '' : verdict.problem, 'its content was changed after it was written')
  })

  test('by an entry that is taken out', async t => {
    const database = await aSealedTrail(t)

    await tamper(database, 'DELETE FROM "AuditEntry" WHERE seq = 3')

    const verdict = await verifyAudit(database.client)
    assert.equal(verdict.ok ? '' : verdict.problem, 'entries 3 to 3 of the chain are missing')
  })

  test('by two entries that change places', async t => {
    const database = await aSealedTrail(t)

    await tamper(
      database,
      'UPDATE "AuditEntry" SET seq = 100 WHERE seq = 2; UPDATE "AuditEntry" SET seq = 2 WHERE seq = 3; UPDATE "AuditEntry" SET seq = 3 WHERE seq = 100',
    )

    assert.equal((await verifyAudit(database.client)).ok, false)
  })
})

describe('the database refuses', () => {
  for (const [what, sql] of [
    ['to change a sealed entry', `UPDATE "AuditEntry" SET actor = 'staff:4' WHERE seq = 3`],
    ['to seal an entry again', 'UPDATE "AuditEntry" SET seq = 300 WHERE seq = 3'],
    ['to delete an entry', 'DELETE FROM "AuditEntry" WHERE seq = 5'],
    ['to empty the trail', 'TRUNCATE "AuditEntry" CASCADE'],
    ['to empty the contents', 'TRUNCATE "AuditContent"'],
    ['to rewrite a content', `UPDATE "AuditContent" SET content = '{}'`],
  ] as const) {
    test(what, async t => {
      const { pool, client } = await aSealedTrail(t)

      await assert.rejects(pool.query(sql), /append-only/)

      assert.equal((await verifyAudit(client)).ok, true)
    })
  }

  test('to change an entry that is not sealed yet', async t => {
    const { client } = await createTestDatabase(t)
    await recordAudit(client, anEntry)

    await assert.rejects(client.auditEntry.updateMany({ data: { event: 'nothing.happened' } }), /append-only/)
  })
})
