import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { recordAudit } from '#platform'
import { anOffice, aPromise } from '../proposals/support.ts'
import { duncan } from '../support/cli.ts'
import { createTestDatabase, testServer } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

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

test('a decision is done again and told to be the same, and put into one file with its part of the trail; a fault names the way on', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)
  await office.proposals.decide({ kind: 'approve', proposalId, staffId: office.jan.id, surface: 'console' })
  const [{ url } = { url: '' }] = await office.db.$queryRaw<{ url: string }[]>`SELECT current_database() AS url`
  const env = { DATABASE_URL: (await testServer()).url(url) }
  const file = join(temporaryFolder(t), 'decision.json')
  const { id } = await office.db.decision.findFirstOrThrow()

  const replayed = await duncan(['audit', 'replay', String(id)], env)
  const exported = await duncan(['audit', 'export', `proposal:${proposalId}`, file], env)
  const again = await duncan(['audit', 'export', `proposal:${proposalId}`, file], env)
  await office.db.message.updateMany({ data: { replyText: 'another' } })
  const changed = await duncan(['audit', 'replay', `proposal:${proposalId}`, '--json'], env)

  assert.equal(replayed.code, 0, replayed.err)
  assert.match(replayed.out, /What is proposed: the same as then[^]*What the vote counts as \(decision \d+\): the same as then/)
  assert.match(replayed.out, /Planned by (Duncan \d+\.\d+\.\d+[^,]*), done again by \1\n/)
  assert.equal(exported.code, 0, exported.err)
  const written = JSON.parse(readFileSync(file, 'utf8')) as { audit: { hash: string | null; event: string }[]; planned: { actions: { kind: string }[] } }
  assert.deepEqual(
    written.planned.actions.map(({ kind }) => kind),
    ['register_promise', 'send_reply'],
  )
  assert.ok(written.audit.some(({ event, hash }) => event === 'proposal.approve' && hash))
  assert.match(again.err, /Name a file that is not there yet/)
  assert.equal(changed.code, 1)
  assert.equal((JSON.parse(changed.out) as { steps: { kind: string }[] }).steps[0]?.kind, 'impossible')
})
