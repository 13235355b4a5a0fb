import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareSettings, parseSettingsFile, writeSettings } from '#settings'

/** Texts that a database stores: what else there is, `duncan apply` refuses at its place. */
const storable = fc.string({ unit: 'binary', maxLength: 60 }).filter(text => text.isWellFormed() && !text.includes('\0') && text !== '__proto__')
const awkward = fc.constantFrom(
  '',
  ' ',
  'null',
  '~',
  'true',
  'no',
  '012',
  '1e3',
  '0x1f',
  '- a',
  'a: b',
  '# c',
  '---',
  '...',
  '%YAML',
  '&a',
  '*a',
  '!b',
  '<<',
  '=',
  '|',
  '> ',
  'a\n\n b\n',
  '\n',
  '\ttab',
  'a\r\nb',
  '\u0085',
  '\u2028x',
  '\ufeffx',
  '"',
  "'",
  '{{ x }}',
  '2026-01-01',
)
const text = fc.oneof(storable, awkward)
const value = fc.letrec(tie => ({
  node: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(text, tie('node'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).node
const section = fc.dictionary(text, value, { maxKeys: 4, noNullPrototype: true })
const kinds = ['books', 'readers', 'texts']
const content = fc
  .record(Object.fromEntries(kinds.map(kind => [kind, section])), { requiredKeys: [], noNullPrototype: true })
  .filter(written => Object.keys(written).length > 0)
  .map(written => JSON.parse(JSON.stringify(written)) as Record<string, unknown>)

test('whatever is in force, its export applied again changes nothing', () => {
  fc.assert(
    fc.property(content, inForce => {
      const { sections, faults } = parseSettingsFile('export.yaml', writeSettings(inForce, kinds))

      assert.deepEqual(faults, [])
      assert.deepEqual(compareSettings(inForce, sections), [])
      assert.equal(writeSettings(sections, kinds), writeSettings(inForce, kinds))
    }),
    { numRuns: 300 },
  )
})

test('between any two versions the changes are told, and between equal ones none', () => {
  fc.assert(
    fc.property(content, content, (before, after) => {
      const changes = compareSettings(before, after)

      assert.equal(changes.length === 0, JSON.stringify(sorted(before)) === JSON.stringify(sorted(after)))
      assert.equal(compareSettings(after, before).length === 0, changes.length === 0)
      for (const change of changes) assert.ok('before' in change || 'after' in change)
    }),
    { numRuns: 200 },
  )
})

const sorted = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(sorted)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

test('an item that goes is one change, one that comes is told value by value', () => {
  const inForce = { books: { nl: { title: 'North', currency: 'EUR' }, be: { title: 'South' } } }

  assert.deepEqual(compareSettings(inForce, {}), [
    { path: 'books.nl', before: { title: 'North', currency: 'EUR' } },
    { path: 'books.be', before: { title: 'South' } },
  ])
  assert.deepEqual(
    compareSettings({}, inForce).map(({ path }) => path),
    ['books.nl.title', 'books.nl.currency', 'books.be.title'],
  )
})

test('sections are written in the order of the kinds, long texts unfolded', () => {
  const long = `${'a long line that no editor should break '.repeat(10)}\nand a second\n`

  const yaml = writeSettings({ texts: { reply: long }, books: { b: 1, a: 2 } }, ['books', 'texts'])

  assert.equal(yaml, `books:\n  b: 1\n  a: 2\ntexts:\n  reply: |\n    ${long.trimEnd().replace('\n', '\n    ')}\n`)
})
