import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { test } from 'node:test'
import { loggedError } from '#platform'
import { createTestDatabase } from '../support/database.ts'

test('a fault of the database is logged without the values that people wrote', async t => {
  const { client } = await createTestDatabase(t)
  const secret = 'Milan Verhoef owes us a large sum and is very unhappy about it'
  const faults: unknown[] = []
  const keep = (error: unknown) => void faults.push(error)

  await client.debtor.create({ data: { number: 1, name: secret } as never }).catch(keep)
  await client.$queryRaw`SELECT ${secret}::int`.catch(keep)
  await client.staff.create({ data: { key: 'milan', name: secret, email: 'milan@kade.example', role: 'viewer' } })
  await client.staff.create({ data: { key: 'milan', name: secret, email: 'milan@kade.example', role: 'viewer' } }).catch(keep)
  const logged = JSON.stringify([...faults, new Error('no mailbox for milan@kade.example', { cause: faults[0] })].map(loggedError))

  assert.equal(faults.length, 3)
  assert.doesNotMatch(logged, /Milan|Verhoef|milan@/)
  assert.match(logged, /log\.test\.ts/, 'where it happened is told')
})

test('a disk that is full takes lines of the log, and not the process with them', { skip: process.platform !== 'linux' && 'there is no /dev/full' }, () => {
  const full = openSync('/dev/full', 'w')
  const script = `
    import { createLog } from '${new URL('../../src/platform/log.ts', import.meta.url).href}'
    const log = createLog('info', false)
    for (let line = 0; line < 50; line++) log.info({ line }, 'something happened')
    process.exitCode = 7`

  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', full, 'ignore'], timeout: 30_000 })
  closeSync(full)

  assert.equal(status, 7)
})
