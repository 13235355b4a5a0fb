import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createSettings, readSettingsFiles, settingsJsonSchema } from '#settings'
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
    const covered = Object.keys(source.sections)
    assert.deepEqual(
      settingsKinds.map(({ name }) => name).filter(name => !covered.includes(name)),
      [],
      'every kind has its example',
    )
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
