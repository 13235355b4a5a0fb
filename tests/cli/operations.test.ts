import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { emptyDatabase } from '../support/backup.ts'
import { duncan } from '../support/cli.ts'
import { createTestDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('a backup by the command line is restored by it elsewhere, once, and dead jobs come along', async t => {
  const { url, client } = await createTestDatabase(t)
  const [there, folder] = [await emptyDatabase(t), temporaryFolder(t)]
  await client.deadJob.create({ data: { id: 'abc-1', kind: 'mail.file', payload: { outboundMailId: 7 }, problem: 'no such folder' } })
  const env = (databaseUrl: string, data: string) => ({ DATABASE_URL: databaseUrl, DUNCAN_DATA_DIR: join(folder, data) })
  const file = join(folder, 'b.tar.gz')

  const backup = await duncan(['backup', file], env(url, 'here'))
  const again = await duncan(['backup', file], env(url, 'here'))
  const restore = await duncan(['restore', file, '--into', there], env(url, 'there'))
  const refused = await duncan(['restore', file, '--into', there], env(url, 'there'))
  const shown = await duncan(['jobs', 'show', 'abc'], env(there, 'there'))

  assert.deepEqual([backup.code, again.code, restore.code, refused.code, shown.code], [0, 2, 0, 2, 0], backup.err + restore.err + shown.err)
  assert.ok(existsSync(file) && !existsSync(`${file}.part`))
  assert.match(again.err, /is there already/)
  assert.match(restore.out, /The audit trail is whole/)
  assert.match(refused.err, /holds data already/)
  assert.match(shown.out, /no such folder[^]*→ The mail was sent, but its copy is not in the Sent folder/)
})
