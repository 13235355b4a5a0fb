import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeChanges, describeFaults } from '../../src/cli/settings/report.ts'

const changes = [
  { path: 'staff.jan.role', before: 'viewer', after: 'admin' },
  { path: 'staff.els', after: { name: 'Els' } },
  { path: 'templates.reply.en', before: 'x'.repeat(300) },
]

test('on a terminal each change has its colour, elsewhere none', () => {
  const [plain, coloured] = [describeChanges(changes, false), describeChanges(changes, true)]

  assert.deepEqual(plain.split('\n').slice(0, 2), ['  ~ staff.jan.role: "viewer" → "admin"', '  + staff.els: {"name":"Els"}'])
  assert.ok(!plain.includes('\u001b'))
  assert.deepEqual(
    coloured.split('\n').map(line => line.slice(2, 8)),
    ['\u001b[33m~', '\u001b[32m+', '\u001b[31m-'],
  )
})

test('a long value is cut, and control characters of a value do not reach the terminal', () => {
  const lines = describeChanges([...changes, { path: 'a.b', after: '\u001b[2J\n\u009bx\u202e' }], false).split('\n')

  assert.ok((lines[2]?.length ?? 0) < 140)
  assert.equal(lines[3], '  + a.b: "\\u001b[2J\\n\\u009bx\\u202e"')
})

test('a fault without a line names what it stands in', () => {
  const text = describeFaults([{ file: 'settings in force (version 3)', path: 'staff.jan', message: 'names x', remedy: 'Add x.' }])

  assert.equal(text, 'settings in force (version 3)  staff.jan: names x\n    → Add x.\nOne fault; nothing was applied.')
})
