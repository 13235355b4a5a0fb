import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { advisoryLocks } from '#platform'

test('each advisory lock has a number of its own, which stands in the list alone', () => {
  const numbers = Object.values(advisoryLocks)
  const bare = globSync('src/**/*.ts').filter(
    file => !file.endsWith('advisory-locks.ts') && /advisory_(?:xact_)?lock(?:_shared)?\(\d/.test(readFileSync(file, 'utf8')),
  )

  assert.equal(new Set<number>(numbers).size, numbers.length)
  assert.deepEqual(bare, [])
})
