import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordAudit } from '#platform'
import { duncan } from '../support/cli.ts'
import { createTestDatabase } from '../support/database.ts'

test('audit verify finds an entry that was changed behind the back of the trail', async t => {
  const database = await createTestDatabase(t)
  const env = { DATABASE_URL: database.url }
  for (const number of [1, 2, 3]) await recordAudit(database.client, { actor: 'cli', event: 'note.added', subject: `debtor:${number}` })

  const whole = await duncan(['audit', 'verify'], env)
  const mark = /--kept: (\d+:[0-9a-f]{64})/.exec(whole.out)?.[1]
  await database.pool.query(`ALTER TABLE "AuditEntry" DISABLE TRIGGER USER; UPDATE "AuditEntry" SET subject = 'debtor:9' WHERE subject = 'debtor:2'`)
  const changed = await duncan(['audit', 'verify'], env)
  await database.pool.query(`DELETE FROM "AuditEntry" WHERE seq >= 2`)
  const cut = await duncan(['audit', 'verify', '--kept', mark ?? ''], env)

  assert.equal(whole.code, 0, whole.err)
  assert.match(whole.out, /whole: 3 entries/)
  assert.equal(changed.code, 1)
  assert.match(changed.err, /broken at entry 2: it was changed/)
  assert.equal(cut.code, 1)
  assert.match(cut.err, /was 3 long/)
})
