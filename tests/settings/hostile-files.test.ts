import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkSettings, joinSettingsFiles, parseSettingsFile } from '#settings'
import { settingsKinds } from '../../src/app.ts'

const names = settingsKinds.map(({ name }) => name)
const placed = ({ file, line = 1, column = 1, message, remedy }: { file: string; line?: number; column?: number; message: string; remedy: string }) =>
  file !== '' && line >= 1 && column >= 1 && message !== '' && remedy !== ''

function faultsOf(text: string) {
  const source = joinSettingsFiles([parseSettingsFile('hostile.yaml', text)])
  if (source.faults.length > 0) return source.faults
  return checkSettings(settingsKinds, { content: source.sections, placeOf: source.placeOf, inForce: 'settings' }).faults
}

test('whatever stands in a file ends in faults with their places, or in settings', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(...names, 'a:', '  b: &x', '  <<: *x', '- c', '  ? d', '  : e', '|', '>-', '"', "'", '{', '[', '!!set', '---', '...', '%TAG', '# x'),
  )
  const text = fc.array(line, { maxLength: 12 }).map(lines => lines.join('\n'))

  fc.assert(
    fc.property(text, written => {
      for (const fault of faultsOf(written)) assert.ok(placed(fault), JSON.stringify(fault))
    }),
    { numRuns: 500 },
  )
})

test('whatever stands in a section, its faults are told with their places', () => {
  const key = fc.oneof(fc.constantFrom('a', 'jan', 'key', 'kind', 'name', 'steps', 'role', 'imap', 'toString', 'constructor', '0'), fc.string({ maxLength: 8 }))
  const section = fc.letrec(tie => ({
    node: fc.oneof(
      { depthSize: 'small' },
      fc.string({ maxLength: 12 }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(key, tie('node'), { maxKeys: 4 }),
    ),
  })).node
  const content = fc.dictionary(fc.constantFrom(...names), section, { minKeys: 1, maxKeys: 3 })

  fc.assert(
    fc.property(content, written => {
      for (const fault of faultsOf(JSON.stringify(written))) assert.ok(placed(fault), JSON.stringify(fault))
    }),
    { numRuns: 500 },
  )
})
