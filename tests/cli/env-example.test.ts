import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { envExample } from '../../src/cli/env-example.ts'

test('.env.example explains every setting (write it anew with: node scripts/env-example.ts)', () => {
  const file = readFileSync(join(import.meta.dirname, '../../.env.example'), 'utf8')

  assert.equal(file, envExample())
  for (const line of file.split('\n').filter(text => text.startsWith('#DUNCAN') || text.startsWith('#DATABASE'))) assert.match(line, /^#[A-Z_]+=/)
  assert.doesNotMatch(file, /^# $/m, 'every setting is described')
})
