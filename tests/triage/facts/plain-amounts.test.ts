import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractFacts, type Intent } from '#triage'
import { aContext, aMessage } from '../messages.ts'

const amountsOf = (language: string, text: string, intent: Intent) =>
  extractFacts(aMessage(text), aContext(), language, [{ intent, confidence: 0.9 }])
    .filter(({ kind, confidence }) => confidence >= 0.5 && ['promised_amount', 'paid_amount', 'instalment'].includes(kind))
    .map(({ kind, value }) => [kind, typeof value === 'string' ? value : value.amount])

const said: [language: string, text: string, intent: Intent, amounts: [string, string][]][] = [
  ['en', 'We have paid 450 towards the balance this morning.', 'payment_made', [['paid_amount', '450']]],
  ['nl', 'Morgen betaal ik 300 en volgende week de rest.', 'promise_to_pay', [['promised_amount', '300']]],
  ['de', 'Wäre eine Zahlung in fünf Raten zu je 240 möglich?', 'payment_plan_request', [['instalment', '240']]],
  ['fr', 'Je peux verser 90 par semaine.', 'payment_plan_request', [['instalment', '90']]],
  ['pl', 'Czy możemy rozłożyć to na cztery raty po 310?', 'payment_plan_request', [['instalment', '310']]],
  ['fr', 'Ci-joint l’avis de virement, 628,40 €.', 'payment_made', [['paid_amount', '628.40']]],
  ['en', 'Invoice 4711 was paid for the 12 boxes in week 20.', 'payment_made', []],
  ['nl', 'Wij betalen binnen 30 dagen voor 40 dozen, klantnummer 5500.', 'promise_to_pay', []],
]
for (const [language, text, intent, amounts] of said)
  test(`${language}: ${text}`, () => {
    assert.deepEqual(amountsOf(language, text, intent), amounts)
  })

test('an invoice that did not arrive is no missing delivery', () => {
  for (const [language, text] of [
    ['pl', 'Faktura nie dotarła. Nie zapłacimy bez niej.'],
    ['de', 'Die Rechnung ist nie angekommen. Wir zahlen nicht.'],
    ['nl', 'De factuur is nooit aangekomen. Wij betalen niet.'],
  ] as const) {
    const reasons = extractFacts(aMessage(text), aContext(), language, [{ intent: 'dispute', confidence: 0.9 }])
      .filter(({ kind }) => kind === 'dispute_reason')
      .map(({ value }) => value)

    assert.equal(reasons.includes('not_delivered'), false, text)
  }
})
