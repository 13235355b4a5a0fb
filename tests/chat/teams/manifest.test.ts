import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import AjvDraft04 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import { printManifest } from '../../../src/chat/teams/manifest.ts'
import { asCommand } from '../../../src/chat/teams/on-message.ts'

const schemas = new URL('../../../node_modules/@microsoft/app-manifest/build/json-schemas/teams/', import.meta.url)
const clientId = '22222222-2222-4222-8222-222222222222'

function problemsOf(manifest: string, version: string): unknown {
  const schema = JSON.parse(readFileSync(new URL(`v${version}/MicrosoftTeams.schema.json`, schemas), 'utf8').replace(/^\uFEFF/, ''))
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const validate = ajv.compile(schema)
  return validate(JSON.parse(manifest)) ? [] : validate.errors
}

test('the manifest fits Microsoft’s schema, and the one for tenants that are behind fits the version before', () => {
  assert.deepEqual(problemsOf(printManifest('https://duncan.creditor.example:8443/', clientId), '1.29'), [])
  assert.deepEqual(problemsOf(printManifest('https://duncan.creditor.example', clientId, { sideload: true }), '1.28'), [])
})

test('the manifest names the deployment and its bot, nothing of the example is left', () => {
  const text = printManifest('https://duncan.creditor.example:8443/', clientId)

  assert.ok(!text.includes('duncan.example') && !text.includes('00000000-'))
  assert.deepEqual(JSON.parse(text).validDomains, ['duncan.creditor.example'])
})

test('each command that the manifest offers is one that Duncan knows', () => {
  const { bots } = JSON.parse(printManifest('https://duncan.creditor.example', clientId)) as { bots: { commandLists: { commands: { title: string }[] }[] }[] }

  for (const { title } of bots.flatMap(bot => bot.commandLists.flatMap(list => list.commands))) assert.match(asCommand(title), /^\//, title)
})

const sizeOf = (name: string) => {
  const png = readFileSync(new URL(`../../../manifests/teams/${name}.png`, import.meta.url))
  return [png.readUInt32BE(16), png.readUInt32BE(20)]
}

test('the icons are as large as Teams wants them', () => {
  assert.deepEqual(
    [sizeOf('color'), sizeOf('outline')],
    [
      [192, 192],
      [32, 32],
    ],
  )
})
