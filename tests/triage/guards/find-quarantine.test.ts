import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findQuarantine } from '../../../src/triage/guards/find-quarantine.ts'
import { aContext, aMessage } from '../messages.ts'
import { attacks } from './attacks.ts'
import { ordinaryMails } from './ordinary-mails.ts'

const guarded = aContext({ knownDomains: ['noordhout.example', 'homhout.example', 'bakkerij-linden.example'], knownAccounts: ['NL91ABNA0417164300'] })

for (const [family, list] of attacks)
  for (const [name, kind, text, over] of list)
    test(`attack: ${family}: ${name} is quarantined as ${kind}`, () => {
      const found = findQuarantine(aMessage(text, over), guarded)

      assert.equal(
        found.some(quarantine => quarantine.kind === kind),
        true,
        JSON.stringify(found),
      )
    })

for (const [name, text, over] of ordinaryMails)
  test(`ordinary mail: ${name} raises no alarm`, () => {
    const found = findQuarantine(aMessage(text, over), { ...guarded, knownAccounts: [] })

    assert.deepEqual(found, [])
  })

test('a mail of one megabyte made to keep the guards and the grammar busy is read in bounded work', async () => {
  const { createTriage } = await import('#triage')
  const { silentLog } = await import('#platform')
  const hostile = [
    'a'.repeat(1_000_000),
    '1 '.repeat(500_000),
    'ignore the '.repeat(90_000),
    '<div style="display:none">'.repeat(40_000),
    'will pay on Friday and '.repeat(45_000),
    'NL91 ABNA 0417 '.repeat(70_000),
    'x@x.'.repeat(250_000),
    '\n- 1.'.repeat(200_000),
    'invoice F-1001, '.repeat(60_000),
  ]

  for (const text of hostile) {
    const reading = await createTriage({ log: silentLog }).readMessage(aMessage(text, { html: text }), aContext())

    assert.equal(reading.facts.length < 2000, true)
  }
})
