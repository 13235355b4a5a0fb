import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { extractFacts, type Intent } from '#triage'
import { aContext, aMessage } from '../messages.ts'

const firm = (language: string, text: string, intent: Intent, kind: string) =>
  extractFacts(aMessage(text), aContext(), language, [{ intent, confidence: 0.9 }])
    .filter(fact => fact.kind === kind && fact.confidence >= 0.5)
    .map(({ value }) => value)

const tongues: Record<string, { locale: string; say: string }> = {
  nl: { locale: 'nl', say: 'Wij betalen op' },
  de: { locale: 'de', say: 'Wir zahlen am' },
  fr: { locale: 'fr', say: 'Nous paierons le' },
  pl: { locale: 'pl', say: 'Zapłacimy' },
  en: { locale: 'en-GB', say: 'We will pay on' },
}
const forms: Intl.DateTimeFormatOptions[] = [
  { day: 'numeric', month: 'long', year: 'numeric' },
  { day: '2-digit', month: '2-digit', year: 'numeric' },
  { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
]

test('a day written out in any language is read as that day', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(tongues)), fc.constantFrom(...forms), fc.integer({ min: 0, max: 250 }), (language, form, ahead) => {
      const { locale, say } = tongues[language] ?? { locale: 'en-GB', say: '' }
      const day = new Date(Date.UTC(2026, 10, 23 + ahead))
      const written = day.toLocaleDateString(locale, { ...form, timeZone: 'UTC' })

      assert.deepEqual(firm(language, `${say} ${written}.`, 'promise_to_pay', 'promised_date'), [day.toISOString().slice(0, 10)], written)
    }),
  )
})

const write: ((whole: string, cents: string) => string)[] = [
  (whole, cents) => `€ ${grouped(whole, '.')},${cents}`,
  (whole, cents) => `${grouped(whole, ' ')},${cents} EUR`,
  (whole, cents) => `${grouped(whole, '\u00a0')},${cents} zł`,
  (whole, cents) => `CHF ${grouped(whole, "'")}.${cents}`,
  (whole, cents) => `£${grouped(whole, ',')}.${cents}`,
  (whole, cents) => `${whole},${cents} euro`,
  (whole, cents) => `EUR${whole}.${cents}`,
]
const grouped = (whole: string, mark: string): string => whole.replace(/\B(?=(?:\d{3})+$)/g, mark)

test('an amount written in any of our formats is read as that amount', () => {
  fc.assert(
    fc.property(fc.constantFrom(...write), fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 0, max: 99 }), (form, whole, cents) => {
      const [written, value] = [form(String(whole), String(cents).padStart(2, '0')), `${whole}.${String(cents).padStart(2, '0')}`]

      assert.deepEqual(firm('en', `We will pay ${written} tomorrow.`, 'promise_to_pay', 'promised_amount'), [value], written)
    }),
  )
})

const said: [language: string, text: string, intent: Intent, kind: string, values: unknown[]][] = [
  ['en', 'We will pay €1.2k tomorrow.', 'promise_to_pay', 'promised_amount', ['1200']],
  ['nl', 'Wij betalen morgen 1.250,- euro.', 'promise_to_pay', 'promised_amount', ['1250']],
  ['pl', 'Zapłacimy jutro 2,5 tys. zł.', 'promise_to_pay', 'promised_amount', ['2500']],
  ['pl', 'Zapłaciliśmy 1480 zł, 15 zł to prowizja banku.', 'payment_made', 'paid_amount', ['1480']],
  ['de', 'Bezahlt wurden: F-1001 1.210,00, F-1002 1.100,55, Gesamtbetrag: 2.310,55 EUR', 'payment_made', 'paid_amount', ['2310.55']],
  [
    'de',
    'Mein Vorschlag: je 1.000 € zum 1.12., 1.1. und 1.2.',
    'payment_plan_request',
    'instalment',
    [{ amount: '1000', dates: ['2026-12-01', '2027-01-01', '2027-02-01'] }],
  ],
  ['fr', 'Je propose 800 euros le 5 de chaque mois.', 'payment_plan_request', 'instalment', [{ amount: '800', dates: ['2026-12-05'] }]],
  [
    'en',
    'We propose 4,000 on 1 December, 4,000 on 1 January and 3,350 on 1 February.',
    'payment_plan_request',
    'instalment',
    [
      { amount: '4000', dates: ['2026-12-01'] },
      { amount: '4000', dates: ['2027-01-01'] },
      { amount: '3350', dates: ['2027-02-01'] },
    ],
  ],
  ['nl', 'Kan het in 3 x 500 euro?', 'payment_plan_request', 'instalment', [{ count: 3, amount: '500', dates: [] }]],
  ['en', 'Invoice 1001 goes Friday, F-1002/1003 next week.', 'promise_to_pay', 'invoice_number', ['F-1001', 'F-1002', 'F-1003']],
  ['en', 'Your ref 2026-0412, our order 2026-0412-7, customer 1001, credit note 5512.', 'acknowledgement', 'invoice_number', ['2026-0412']],
  ['fr', 'Toutes les factures 2024 sont payées.', 'payment_made', 'invoice_number', []],
  ['de', 'Re.-Nr. 1001 wurde bezahlt.', 'payment_made', 'invoice_number', ['F-1001']],
  ['de', 'Unsere Kundennummer ist 2026-0412.', 'other_question', 'invoice_number', []],
  ['nl', 'Nr 1001 en 1002 zijn betaald.', 'payment_made', 'invoice_number', ['F-1001', 'F-1002']],
]
for (const [language, text, intent, kind, values] of said)
  test(`${language}: ${text}`, () => {
    const found = firm(language, text, intent, kind)

    assert.deepEqual(kind === 'invoice_number' ? new Set(found) : found, kind === 'invoice_number' ? new Set(values) : values)
  })
