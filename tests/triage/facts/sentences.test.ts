import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractFacts } from '#triage'
import type { FactKind, Intent } from '../../../src/triage/reading.ts'
import { aContext, aMessage } from '../messages.ts'
import { de } from './sentences/de.ts'
import { en } from './sentences/en.ts'
import { es } from './sentences/es.ts'
import { fr } from './sentences/fr.ts'
import { it } from './sentences/it.ts'
import { nl } from './sentences/nl.ts'
import { pl } from './sentences/pl.ts'

const context = aContext({
  invoiceNumbers: ['2026-0412', '2026-0413', '2026-0414', '2026-0415', 'F1001', 'F1002'],
  invoiceNumberShapes: ['9999-9999', 'A9999'],
})
/** The intent that a mail with such a fact has; sentences without facts are read as a mail of no known intent. */
const intentOf: Partial<Record<FactKind, Intent>> = {
  promised_date: 'promise_to_pay',
  promised_amount: 'promise_to_pay',
  paid_date: 'payment_made',
  paid_amount: 'payment_made',
  dispute_reason: 'dispute',
  return_date: 'out_of_office',
  po_number: 'po_number',
  contact_email: 'contact_change',
  contact_name: 'contact_change',
}
const judged: FactKind[] = [
  'promised_date',
  'promised_amount',
  'paid_date',
  'paid_amount',
  'invoice_number',
  'dispute_reason',
  'return_date',
  'po_number',
  'contact_email',
  'contact_name',
]

for (const [language, sentences] of Object.entries({ nl, fr, de, pl, en, es, it }))
  for (const [text, expected] of sentences)
    test(`${language}: ${text}`, () => {
      const intents = [...new Set(judged.filter(kind => expected[kind]).flatMap(kind => intentOf[kind] ?? []))]

      const facts = extractFacts(
        aMessage(text, { date: '2026-05-18', from: undefined }),
        context,
        language,
        intents.map(intent => ({ intent, confidence: 0.9 })),
      )

      const firm = facts.filter(({ kind, confidence }) => confidence >= 0.5 && judged.includes(kind))
      const found = Object.fromEntries(
        judged.flatMap(kind => {
          const values = new Set(firm.filter(fact => fact.kind === kind).map(({ value }) => (typeof value === 'string' ? value : JSON.stringify(value))))
          return values.size > 0 ? [[kind, [...values].toSorted()]] : []
        }),
      )
      assert.deepEqual(found, Object.fromEntries(Object.entries(expected).map(([kind, values]) => [kind, values.toSorted()])))
      for (const { evidence } of facts) assert.equal(text.slice(evidence.start, evidence.end), evidence.text)
    })
