import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLocalEngine } from '../../src/triage/local-engine.ts'
import { assertedIntents } from '../../src/triage/reading.ts'
import { aContext, aMessage } from './messages.ts'

const engine = createLocalEngine()
const reminder = [
  'On Mon, 16 Nov 2026 Bakkerij Linden <finance@bakkerij-linden.example> wrote:',
  '> Invoice F-1001 of EUR 1,250.00 was due on 2 November 2026.',
  '> Please pay by Friday 27 November, or tell us why you dispute it.',
  '> If you have paid EUR 1,250.00 on 20 November, ignore this reminder.',
].join('\n')

for (const own of [
  'Thank you.',
  'Ok',
  'Dank u wel, ik heb het doorgestuurd.',
  'Danke, habe ich weitergeleitet.',
  'Merci, bien reçu.',
  'Dziękuję, przekazałam.',
])
  test(`our own reminder below "${own}" gives no promise, payment or dispute`, async () => {
    const message = aMessage(own, { fullText: `${own}\n\n${reminder}`, subject: 'Re: Payment reminder' })

    const reading = await engine.read(message, aContext())

    const kinds = reading.facts.map(({ kind }) => kind)
    assert.deepEqual(
      kinds.filter(kind => /^(?:promised|paid|dispute|instalment)/.test(kind)),
      [],
    )
    assert.equal(
      assertedIntents(reading).some(intent => ['promise_to_pay', 'payment_made', 'dispute'].includes(intent)),
      false,
    )
  })

for (const subject of ['Re: Payment reminder F-1001', 'AW: Zahlungserinnerung F-1001', 'Re: Wanneer betaalt u factuur F-1001?', ''])
  test(`a mail without words of its own asserts nothing (subject "${subject}")`, async () => {
    const message = aMessage('', { fullText: reminder, subject })

    const reading = await engine.read(message, aContext())

    assert.deepEqual(assertedIntents(reading), [])
    assert.equal(
      reading.facts.every(({ kind, evidence }) => kind === 'invoice_number' && evidence.field === 'subject'),
      true,
    )
  })
