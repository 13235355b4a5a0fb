import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractFacts } from '#triage'
import { aContext, aMessage } from '../messages.ts'

const disputes: [language: string, text: string, disputed: string[], promised: string[]][] = [
  ['en', 'We dispute 120 of the 800 on 2026-0412 and will pay the remaining 680 on Friday.', ['120'], ['680']],
  ['en', 'We dispute €120 of invoice 2026-0412 (€800); the undisputed €680 will be paid on Friday.', ['120 EUR'], ['680 EUR']],
  ['en', 'Invoice 2026-0412 of €800 is wrong: you charged 120 euro too much.', ['120 EUR'], []],
  ['en', 'We are withholding £200 until the door is repaired.', ['200 GBP'], []],
  ['en', 'We do not accept the £75 delivery charge; the rest, £900, was paid yesterday.', ['75 GBP'], []],
  ['en', 'We dispute invoice 2026-0412 of €800.', [], []],
  ['en', 'Is €120 of it disputed?', [], []],
  ['nl', 'Wij betwisten € 120 van de € 800 op factuur 2026-0412.', ['120 EUR'], []],
  ['nl', 'Er zit een verschil van 45,50 euro in de factuur.', ['45.50 EUR'], []],
  ['nl', 'Het onbetwiste deel van 680 euro betalen we vrijdag.', [], ['680 EUR']],
  ['nl', 'De prijs moet 680 zijn in plaats van 800.', [], []],
  ['de', 'Der strittige Betrag beträgt 350,00 EUR, den Rest von 450,00 EUR zahlen wir am Freitag.', ['350.00 EUR'], ['450.00 EUR']],
  ['de', 'Auf der Rechnung 2026-0412 sind 120 Euro zu viel.', ['120 EUR'], []],
  ['de', 'Wir behalten 200 € ein, bis der Mangel behoben ist.', ['200 EUR'], []],
  ['fr', 'Nous contestons 120 € sur les 800 €.', ['120 EUR'], []],
  ['fr', 'Nous contestons la facture 2026-0412 de 800 €.', [], []],
  ['pl', 'Nie zgadzamy się z kwotą 120 zł za transport.', ['120 PLN'], []],
  ['pl', 'Na fakturze jest 120 zł za dużo.', ['120 PLN'], []],
  ['es', 'Hay una diferencia de 45,50 € en la factura.', ['45.50 EUR'], []],
  ['it', 'Contestiamo 120 € su 800 €.', ['120 EUR'], []],
]

test('what is contested of an invoice is a fact with its words, and never promised', () => {
  const read = disputes.map(([language, text]) => {
    const intents = (['dispute', 'promise_to_pay'] as const).map(intent => ({ intent, confidence: 0.9 }))
    const facts = extractFacts(aMessage(text), aContext(), language, intents).filter(({ confidence }) => confidence >= 0.5)
    const amounts = (kind: string) =>
      facts
        .filter(fact => fact.kind === kind)
        .map(({ value, currency }) => [JSON.stringify(value).replaceAll('"', ''), ...(currency ? [currency] : [])].join(' '))
    for (const { evidence } of facts) assert.equal(text.slice(evidence.start, evidence.end), evidence.text)
    return [language, text, amounts('disputed_amount'), amounts('promised_amount')]
  })

  assert.deepEqual(read, disputes)
})

test('a mail that disputes nothing holds no contested amount', () => {
  const facts = extractFacts(aMessage('There is a difference of £45.50, which we pay on Friday.'), aContext(), 'en', [
    { intent: 'promise_to_pay', confidence: 0.9 },
  ])

  assert.deepEqual(
    facts.filter(({ kind }) => kind === 'disputed_amount'),
    [],
  )
})
