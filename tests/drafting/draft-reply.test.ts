import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { amountsIn, draftLanguage, draftLanguages, draftReply, type Section } from '#drafting'

const templates = join(import.meta.dirname, '../../src/drafting/templates')
const asText = { serializers: [(value: string) => value] }
const one = ['2026-001']
const two = ['2026-001', '2026-002']
const open = { amount: '1234.50', currency: 'EUR' }

/** Every template with the slots that it is drafted with, in each of its shapes. */
const cases: Record<string, Record<string, unknown>[]> = {
  promise_confirmed: [
    { promisedOn: '2026-12-01', invoices: one },
    { promisedOn: '2026-12-04', invoices: two, amount: open },
    { promisedOn: '2026-12-04', invoices: [] },
  ],
  promise_date_request: [
    { invoices: one, conditional: false },
    { invoices: two, conditional: true },
    { invoices: [], conditional: false },
  ],
  payment_noted: [{ invoices: one, paidOn: '2026-11-20' }, { invoices: two }],
  payment_proof_request: [{}],
  payment_received: [{ invoices: one, receivedOn: '2026-11-20' }, { invoices: two }, { invoices: [] }],
  payment_partly_received: [
    { invoices: one, receivedOn: '2026-11-20', open: [open] },
    { invoices: two, open: [open, { amount: '50', currency: 'GBP' }] },
  ],
  invoice_copies: [{ invoices: one }, { invoices: two }],
  invoice_copies_missing: [{ invoices: one }, { invoices: two }],
  invoice_number_request: [{}],
  dispute_acknowledged: [{ invoices: one, answerDue: '2026-12-01' }, { invoices: two }, { invoices: [] }],
  payment_plan_received: [{}],
  payment_details: [{}],
  statement: [
    {
      items: [
        { number: '2026-001', date: '2026-10-01', due: '2026-10-31', open },
        { number: 'CN-7', date: null, due: '2026-11-30', open: { amount: '-50', currency: 'GBP' } },
      ],
      totals: [open, { amount: '-50', currency: 'GBP' }],
    },
    { items: [], totals: [] },
  ],
  statement_later: [{}],
  contact_updated: [{}],
  po_number_noted: [
    { poNumber: 'PO-77', invoices: one },
    { poNumber: 'PO-77', invoices: two },
  ],
  po_number_invoice_request: [{ poNumber: 'PO-77' }],
}

test('every template is written in every language and has its cases here', () => {
  const written = readdirSync(templates).filter(name => name !== 'reply')

  assert.deepEqual(written.toSorted(), Object.keys(cases).toSorted())
  for (const name of written) assert.deepEqual(readdirSync(join(templates, name)).toSorted(), draftLanguages.map(language => `${language}.liquid`).toSorted())
})

for (const language of draftLanguages) {
  for (const [template, shapes] of Object.entries(cases)) {
    test(`${template} reads as it should in ${language}`, t => {
      const drafts = shapes.map(
        slots => draftReply({ language, subject: 'Facturen', contactName: 'Piet Zon', administration: 'Nordlicht BV' }, [{ template, slots }]).text,
      )

      t.assert.snapshot(drafts.join('\n-----\n'), asText)
    })
  }
}

const thanks: Section[] = [
  { template: 'promise_confirmed', slots: { promisedOn: '2026-12-04', invoices: one } },
  { template: 'dispute_acknowledged', slots: { invoices: two } },
]

test('several sections make one mail that greets and thanks once', t => {
  const drafts = draftLanguages.map(language => draftReply({ language, subject: 'x', administration: 'Nordlicht BV' }, thanks).text)

  t.assert.snapshot(drafts.join('\n-----\n'), asText)
})

test('the subject keeps the mark of an answer that it has', () => {
  const subjects = ['Factuur', 'Re: Factuur', 'AW: Rechnung', 'ODP: Faktura', ''].map(
    subject => draftReply({ language: 'en', subject, administration: 'N' }, []).subject,
  )

  assert.deepEqual(subjects, ['Re: Factuur', 'Re: Factuur', 'AW: Rechnung', 'ODP: Faktura', 'Re:'])
})

test('what stands in a slot is never read as a template', () => {
  const { text } = draftReply({ language: 'en', subject: 'x', contactName: '{{ administration }}{% assign x = 1 %}', administration: 'Nordlicht' }, [])

  assert.match(text, /Dear \{\{ administration \}\}\{% assign x = 1 %\},/)
})

test('a language without templates falls back to the next one, and to English at last', () => {
  assert.deepEqual(
    [draftLanguage('es', 'fr'), draftLanguage('und', null, undefined), draftLanguage('it', 'es', 'pl'), draftLanguage('de', 'nl')],
    ['fr', 'en', 'pl', 'de'],
  )
})

test('the amounts of a text are those of its slots, each once', () => {
  assert.deepEqual(amountsIn([{ template: 'statement', slots: cases.statement?.[0] ?? {} }]), ['1234.50', '-50'])
})
