import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { amountsIn, draftLanguage, draftLanguages, draftReply, type Section } from '#drafting'
import { tones } from '#ledger'
import { reminderParts, reminderTemplates } from '../../src/drafting/reminder-templates.ts'
import { findThreat } from '../../src/drafting/threats.ts'

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
  dispute_acknowledged: [
    { invoices: one, answerDue: '2026-12-01', type: 'not_delivered', othersGoOn: true },
    { invoices: two, owner: 'Eva Berg', answerDue: '2026-12-01', type: 'other', about: 'Own words.' },
    { invoices: one, amount: open, answerDue: '2026-12-01', type: 'price' },
    { invoices: [] },
  ],
  dispute_decided: [
    { outcome: 'accepted', invoices: one, credit: open, settled: true },
    { outcome: 'partly', invoices: two, credit: { amount: '50.00', currency: 'EUR' }, settled: false, due: open, payBy: '2026-12-04' },
    { outcome: 'rejected', invoices: one, settled: false, due: open, payBy: '2026-12-04' },
    { outcome: 'rejected', invoices: [], settled: false },
  ],
  payment_plan_received: [{}],
  payment_plan_agreed: [
    {
      invoices: two,
      total: open,
      instalments: [
        { on: '2026-12-07', amount: { amount: '617.25', currency: 'EUR' } },
        { on: '2027-01-07', amount: { amount: '617.25', currency: 'EUR' } },
      ],
    },
    { invoices: one, total: open, instalments: [{ on: '2026-12-31', amount: open }] },
  ],
  instalment_missed: [
    { invoices: two, amount: { amount: '617.25', currency: 'EUR' }, dueOn: '2026-12-07', behind: open },
    { invoices: one, amount: open, dueOn: '2026-12-07' },
  ],
  promise_not_kept: [
    { promisedOn: '2026-12-01', invoices: one, open: [open], partly: false },
    { promisedOn: '2026-12-01', invoices: two, open: [open, { amount: '50', currency: 'GBP' }], partly: true },
    { promisedOn: '2026-12-01', invoices: [], open: [open], partly: false },
  ],
  payment_not_found: [
    { invoices: one, paidOn: '2026-11-20', open: [open], partly: false },
    { invoices: two, open: [open], partly: true },
    { invoices: [], open: [open], partly: false },
  ],
  payment_account: [
    { iban: 'NL02 ABNA 0123 4567 89', bic: 'ABNANL2A', accountName: 'Nordlicht BV', references: [{ invoice: '2026-001', reference: 'RF18539007547034' }] },
    { iban: 'NL02 ABNA 0123 4567 89', accountName: 'Nordlicht BV', references: [] },
  ],
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
  question_received: [{ answerDue: '2026-12-01' }, {}],
  address_request: [{ address: 'oud@zonneveld.example' }],
  stand_in_notice: [
    { absent: 'Piet Zon', until: '2026-12-04', original: '> Een bericht' },
    { absent: 'piet@zon.example', original: '> Een bericht' },
  ],
  contact_updated: [{}],
  po_number_noted: [
    { poNumber: 'PO-77', invoices: one },
    { poNumber: 'PO-77', invoices: two, copies: two },
  ],
  po_number_invoice_request: [{ poNumber: 'PO-77' }],
}

// Reminders have their texts in files of their own.
const isReminder = (name: string): boolean => [...reminderTemplates, ...reminderParts, 'sms_reminder', 'call_summary'].includes(name)

test('every template is written in every language and has its cases here', () => {
  const written = readdirSync(templates).filter(name => name !== 'reply' && !isReminder(name))

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

const bodies = (language: (typeof draftLanguages)[number], tone: (typeof tones)[number], template: string) =>
  (cases[template] ?? []).map(slots => draftReply({ language, tone, subject: 'x', administration: 'Nordlicht BV' }, [{ template, slots }]).text)

/** What is asked of a debtor, or said to rely on: there a firm text is plainer than a neutral one. */
const asking = ['promise_confirmed', 'promise_date_request', 'payment_proof_request', 'payment_partly_received', 'dispute_acknowledged']

for (const language of draftLanguages) {
  test(`tones say the same otherwise in ${language}`, t => {
    for (const template of Object.keys(cases)) {
      const [friendly, neutral] = [bodies(language, 'friendly', template), bodies(language, 'neutral', template)]
      friendly.forEach((text, index) => assert.notEqual(text, neutral[index], template))
    }
    const frames = tones.flatMap(tone =>
      ['Piet Zon', undefined].map(contactName => draftReply({ language, tone, subject: 'x', contactName, administration: 'Nordlicht BV' }, []).text),
    )
    const lines = asking.flatMap(template => tones.map(tone => `${template} ${tone}: ${bodies(language, tone, template)[0]?.split('\n\n')[1]}`))
    for (const template of asking) assert.notEqual(bodies(language, 'firm', template)[0], bodies(language, 'neutral', template)[0])

    t.assert.snapshot([...frames.map(frame => frame.replaceAll(/\n+/g, ' / ')), ...lines].join('\n'), asText)
  })
}

test('a dispute of each type is acknowledged in words of its own', () => {
  for (const language of draftLanguages) {
    const types = ['price', 'quantity', 'quality', 'not_ordered', 'not_delivered', 'wrong_po', 'duplicate', 'credit_note_expected', 'other']
    const texts = types.map(
      type =>
        draftReply({ language, subject: 'x', administration: 'N' }, [
          { template: 'dispute_acknowledged', slots: { invoices: one, type, answerDue: '2026-12-01' } },
        ]).text,
    )

    assert.equal(new Set(texts).size, types.length)
  }
})

test('no text of any tone threatens with a legal step, and what does is known', () => {
  for (const language of draftLanguages)
    for (const tone of tones) for (const template of Object.keys(cases)) assert.equal(findThreat(bodies(language, tone, template).join()), undefined, template)

  const threats = [
    'or we will take legal action',
    'dan volgt de deurwaarder',
    'sinon, mise en demeure',
    'sonst folgt ein Mahnbescheid',
    'skierujemy sprawę do sądu',
  ]
  assert.deepEqual(threats.map(findThreat), ['legal action', 'deurwaarder', 'mise en demeure', 'Mahnbescheid', 'sądu'])
})

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
