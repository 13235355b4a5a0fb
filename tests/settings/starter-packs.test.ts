import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkSettings, createSettings, joinSettingsFiles, parseSettingsFile, readSettingsFiles, settingsJsonSchema } from '#settings'
import { settingsKinds } from '../../src/app.ts'
import { createTestDatabase } from '../support/database.ts'

const samples = join(import.meta.dirname, '../../samples/settings')
const packs = ['de', 'en', 'fr', 'nl', 'pl']

for (const language of packs) {
  test(`the starter pack ${language} is put in force on an empty installation, and once is enough`, async t => {
    const { client } = await createTestDatabase(t)
    const settings = createSettings({ client, kinds: settingsKinds })
    const source = readSettingsFiles([join(samples, language)])

    const first = await settings.apply(source, { actor: 'cli' })
    const second = await settings.apply(source, { actor: 'cli' })

    assert.equal(first.kind, 'applied', JSON.stringify(first))
    assert.equal(second.kind, 'unchanged')
    const [administration] = await client.administration.findMany()
    assert.equal(administration?.country, language === 'en' ? 'GB' : language.toUpperCase())
    const staff = await client.staff.findMany({ orderBy: { id: 'asc' } })
    assert.deepEqual(
      staff.map(({ role, active }) => [role, active]),
      ['admin', 'manager', 'approver', 'collector'].map(role => [role, true]),
    )
    for (const { email } of staff) assert.match(email, /\.example$/)
  })
}

test('what the packs leave as a comment is right as well, and all of them show the same sections', () => {
  const shown = packs.map(pack => {
    const files = readdirSync(join(samples, pack)).map(file => {
      // A line of code is indented by two spaces or is a key alone; prose is neither.
      const text = readFileSync(join(samples, pack, file), 'utf8').replaceAll(/^# ( {2}.*|[a-z]+:)$/gm, '$1')
      return parseSettingsFile(`${pack}/${file}`, text)
    })
    const source = joinSettingsFiles(files)
    assert.deepEqual(source.faults, [])
    assert.deepEqual(checkSettings(settingsKinds, { content: source.sections, placeOf: source.placeOf, inForce: pack }).faults, [])
    return Object.keys(source.sections).toSorted()
  })

  for (const sections of shown) assert.deepEqual(sections, shown[0])
  assert.ok(shown[0]?.includes('exports'))
})

test('there is a pack for every language, and each file names the schema for editors', () => {
  assert.deepEqual(
    readdirSync(samples, { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(({ name }) => name),
    packs,
  )
  for (const pack of packs)
    for (const file of readdirSync(join(samples, pack)))
      assert.match(readFileSync(join(samples, pack, file), 'utf8'), /^# yaml-language-server: \$schema=\.\.\/duncan\.schema\.json\n/)
})

test('the JSON Schema for editors is current (write it anew with: npm run -s duncan -- settings schema > samples/settings/duncan.schema.json)', () => {
  const written: unknown = JSON.parse(readFileSync(join(samples, 'duncan.schema.json'), 'utf8'))

  assert.deepEqual(written, JSON.parse(JSON.stringify(settingsJsonSchema(settingsKinds))))
})
