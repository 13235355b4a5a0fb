import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createSettings, readSettingsFiles, type SettingsSource } from '#settings'
import { createTestDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { books, readers } from './invented-kinds.ts'

/** What `duncan apply` says about the files: one line a fault, `file:line:column path message -> remedy`. */
async function faultsOf(t: TestContext, files: Record<string, string>): Promise<string[]> {
  const folder = temporaryFolder(t)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const source = readSettingsFiles([folder])
  return (source.faults.length > 0 ? source.faults : await planFaults(t, source)).map(
    ({ file, line, column, path, message, remedy }) => `${file.replace(`${folder}/`, '')}:${line}:${column} ${path} ${message} -> ${remedy}`,
  )
}

async function planFaults(t: TestContext, source: SettingsSource) {
  const { client } = await createTestDatabase(t)
  const plan = await createSettings({ client, kinds: [books, readers] }).plan(source)
  return plan.kind === 'refused' ? plan.faults : []
}

test('every fault of every file is told at once, each with its place and what to do', async t => {
  const faults = await faultsOf(t, {
    'a.yaml': `# people
readers:
  jan:
    name: Jan
    role: colector
    bokos: [nl]
  Piet:
    name: Piet
    role: admin
  els:
    role: admin
    name: 12
    books: nl
`,
    'more/b.yml': `books:
  nl:
    currency: GBP
raeders: {}
`,
  })

  assert.deepEqual(faults, [
    'more/b.yml:4:1 raeders is no kind of settings -> Did you mean readers?',
    'more/b.yml:2:3 books.nl.title is missing -> Add it: what people call the book.',
    'more/b.yml:3:15 books.nl.currency must be one of EUR, PLN -> Known are: EUR, PLN.',
    'a.yaml:5:11 readers.jan.role must be one of viewer, collector, admin -> Did you mean collector?',
    'a.yaml:6:5 readers.jan.bokos is not known here -> Did you mean books?',
    'a.yaml:7:3 readers.Piet as a key: must be lower case letters and digits -> Rename it.',
    'a.yaml:12:11 readers.els.name must be a text -> Write it in quotes: "12".',
    'a.yaml:13:12 readers.els.books must be a list -> Write it as [one, two], or one line a value, each after a dash.',
  ])
})

test('a fault inside a text is told at its own line, in a block and on one line', async t => {
  const faults = await faultsOf(t, {
    'a.yaml': `readers:
  jan:
    name: Jan
    role: admin
    note: |
      Hello
        there !! you
  els: { name: Els, role: viewer, note: "ha !!" }
`,
  })

  assert.deepEqual(faults, ['a.yaml:7:15 readers.jan.note shouts -> Speak softly.', 'a.yaml:8:45 readers.els.note shouts -> Speak softly.'])
})

const refused = (name: string, text: string, expected: RegExp[]) => {
  test(`${name} is refused with its place`, async t => {
    const faults = await faultsOf(t, { 'a.yaml': text })

    assert.equal(faults.length, expected.length, faults.join('\n'))
    faults.forEach((fault, index) => assert.match(fault, expected[index] ?? /^$/))
  })
}

refused('what is no YAML', 'books:\n  nl: [unclosed\n', [/^a\.yaml:\d:\d .* -> Correct the YAML/])
refused('a key that stands twice', 'books:\n  nl: { title: A }\n  nl: { title: B }\n', [/^a\.yaml:3:3 .*second time -> Keep one/])
refused('a tag', 'books:\n  nl: !!binary aGk=\n', [/^a\.yaml:2:16 .*tag/])
refused('a key that is a list', 'books:\n  ? [a]\n  : 1\n', [/^a\.yaml:2:5 .*key must be/])
refused('a key that JavaScript gives a meaning', 'books:\n  __proto__: { title: A }\n', [/^a\.yaml:2:3 .*__proto__/])
refused('a number that is none', 'books:\n  nl: { title: .nan }\n', [/^a\.yaml:2:16 .*is no number/])
refused('a key that YAML takes for another number', 'books:\n  007: { title: A }\n', [/^a\.yaml:2:3 .*007 would be read as 7 -> Write it in quotes: "007"/])
refused('a value that YAML takes for another number', 'books:\n  nl: { title: 0123 }\n', [/^a\.yaml:2:16 .*0123 would be read as the number 123/])
refused('a number of more digits than a number holds', 'books:\n  nl: { title: 12345678901234567890 }\n', [/^a\.yaml:2:16 .*in quotes: "12345678901234567890"/])
refused('a kind that JavaScript knows', 'constructor: { a: 1 }\n', [/^a\.yaml:1:1 constructor is no kind/])
refused('what stands behind a byte order mark, in lines of Windows,', '\ufeffboks: {}\r\nbooks:\r\n  nl: 1\r\n', [
  /^a\.yaml:1:1 boks/,
  /^a\.yaml:3:7 books\.nl/,
])
refused('a text with a NUL', 'books:\n  nl: { title: "a\\0b" }\n', [/^a\.yaml:2:16 .*cannot be stored/])
refused('half a surrogate pair', 'books:\n  nl: { title: "\\ud800" }\n', [/^a\.yaml:2:16 .*cannot be stored/])
refused('a second document', 'books: {}\n---\nreaders: {}\n', [/^a\.yaml:\d:\d .*second document/])
refused('a file that is a list', '- books\n', [/^a\.yaml:1:1 .*sections by name/])
refused('an empty file', '# nothing yet\n', [/^a\.yaml:1:1 .*holds no settings/])
refused('a section that is a text', 'books: many\n', [/^a\.yaml:1:8 books must be a section of keys/])
refused('a deep nest', `books: ${'['.repeat(30_000)}${']'.repeat(30_000)}\n`, [/^a\.yaml:1:1 .*nested too deeply/])

test('anchors may be shared, but not until they fill the memory', async t => {
  const bomb = ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'].map(([from, to]) => `${to}: &${to} [${Array.from({ length: 9 }, () => `*${from}`).join(', ')}]`)

  const shared = await faultsOf(t, { 'a.yaml': 'books:\n  nl: &book { title: A }\n  be: *book\n' })
  const bombed = await faultsOf(t, { 'a.yaml': `a: &a [x, x, x]\n${bomb.join('\n')}\n` })

  assert.deepEqual(shared, [])
  assert.match(bombed.join(), /unfolds its anchors too often -> Write the values out/)
})

test('a kind may be split over files, an item may not stand in two', async t => {
  const split = await faultsOf(t, { 'a.yaml': 'books:\n  nl: { title: A }\n', 'b.yaml': 'books:\n  be: { title: B }\n' })
  const double = await faultsOf(t, { 'a.yaml': 'books:\n  nl: { title: A }\n', 'b.yaml': 'books:\n  be: { title: B }\n  nl: { title: C }\n' })

  assert.deepEqual(split, [])
  assert.match(double.join(), /^b\.yaml:3:3 books\.nl stands in two files, first in .*a\.yaml line 2 -> Keep one of the two\.$/)
})

test('a name of another kind that does not exist is told at its own line', async t => {
  const faults = await faultsOf(t, {
    'a.yaml': 'books:\n  north: { title: A }\nreaders:\n  jan:\n    name: Jan\n    role: admin\n    books:\n      - north\n      - nort\n',
  })

  assert.deepEqual(faults, ['a.yaml:9:9 readers.jan.books.1 names nort, which books does not have -> Did you mean north?'])
})

test('what is still named by settings that are not in the files cannot be removed', async t => {
  const folder = temporaryFolder(t)
  const file = join(folder, 'settings.yaml')
  const { client } = await createTestDatabase(t)
  const settings = createSettings({ client, kinds: [books, readers] })
  writeFileSync(file, 'books:\n  nl: { title: A }\n  be: { title: B }\nreaders:\n  jan: { name: Jan, role: admin, books: [be] }\n')
  await settings.apply(readSettingsFiles([file]), { actor: 'cli' })

  writeFileSync(file, 'books:\n  nl: { title: A }\n')
  const plan = await settings.plan(readSettingsFiles([file]))

  assert.ok(plan.kind === 'refused')
  const [fault] = plan.faults
  assert.match(fault?.file ?? '', /^settings in force \(version \d+\)$/)
  assert.deepEqual([fault?.path, fault?.message], ['readers.jan.books.0', 'names be, which books does not have'])
})

test('a file that is not there, a folder without settings and a huge file are refused by name', t => {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'huge.yaml'), 'x'.repeat(5_000_001))
  writeFileSync(join(folder, 'latin.yaml'), Buffer.from('books: { nl: { title: Z\xfcrich } }', 'latin1'))
  mkdirSync(join(folder, 'empty'))

  assert.throws(() => readSettingsFiles([join(folder, 'missing.yaml')]), { code: 'settings.unreadable', message: /missing\.yaml/ })
  assert.throws(() => readSettingsFiles([join(folder, 'empty')]), { code: 'settings.unreadable', message: /holds no settings/ })
  assert.throws(() => readSettingsFiles([join(folder, 'huge.yaml')]), { code: 'settings.unreadable', message: /larger than/ })
  assert.throws(() => readSettingsFiles([join(folder, 'latin.yaml')]), { code: 'settings.unreadable', message: /latin\.yaml is not written in UTF-8/ })
})
