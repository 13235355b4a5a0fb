import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'yaml'
import { wantedScopes } from '../../../src/chat/slack/check.ts'
import { printManifest } from '../../../src/chat/slack/manifest.ts'
import { slackSchemas } from '../../support/slack-schema.ts'
import type { SlackManifest } from '../../support/slack-types.ts'

const read = (text: string) => parse(text) as SlackManifest

test('the manifest is one that Slack knows, with the rights that doctor looks for and the address of this installation', () => {
  const { manifest: problems } = slackSchemas()

  const manifest = read(printManifest('https://duncan.creditor.example/'))

  assert.deepEqual(problems(manifest), [])
  assert.deepEqual(manifest.oauth_config?.scopes?.bot?.toSorted(), [...wantedScopes].toSorted())
  assert.equal(manifest.settings?.event_subscriptions?.request_url, 'https://duncan.creditor.example/slack/events')
  assert.deepEqual(
    manifest.features?.slash_commands?.map(({ command, url }) => [command, url]),
    ['/debtor', '/actions', '/risk', '/inbox', '/duncan'].map(command => [command, 'https://duncan.creditor.example/slack/events']),
  )
  assert.notDeepEqual(problems({ ...manifest, oauth_config: { scopes: { bot: ['everything' as 'commands'] } } }), [], 'the schema can fail')
})

test('texts of the manifest are as long as Slack takes them', () => {
  const { display_information: about, features } = read(printManifest('https://duncan.creditor.example'))

  assert.ok(about.name.length <= 35 && (about.description ?? '').length <= 140)
  assert.ok((about.long_description ?? '').length >= 174 && (about.long_description ?? '').length <= 4000)
  for (const { command, description, usage_hint = '' } of features?.slash_commands ?? [])
    assert.ok(command.length <= 32 && description.length <= 2000 && usage_hint.length <= 1000)
  for (const { name, description, callback_id } of features?.shortcuts ?? [])
    assert.ok(name.length <= 24 && description.length <= 150 && callback_id.length <= 255)
})

test('for Socket Mode no address is told', () => {
  const text = printManifest('https://duncan.creditor.example', { socket: true })

  const manifest = read(text)

  assert.deepEqual(slackSchemas().manifest(manifest), [])
  assert.equal(manifest.settings?.socket_mode_enabled, true)
  assert.ok(!text.includes('://duncan'))
})
