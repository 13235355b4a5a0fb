import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { extractFacts } from '#triage'
import type { Intent, MessageToRead } from '../../../src/triage/reading.ts'
import { aContext, aMessage } from '../messages.ts'

const read = (language: string, text: string, asserted: Intent[] = [], over: Partial<MessageToRead> = {}) =>
  extractFacts(
    aMessage(text, over),
    aContext(),
    language,
    asserted.map(intent => ({ intent, confidence: 0.9 })),
  )
const brief = (facts: ReturnType<typeof read>) =>
  facts.map(({ kind, value, promise, conditional }) => [kind, value, ...(promise ? [promise] : []), ...(conditional ? ['conditional'] : [])])

const cases: [name: string, language: string, text: string, facts: unknown[][], asserted?: Intent[]][] = [
  [
    'one invoice paid, one promised, one under a condition',
    'nl',
    'Factuur F-1001 is gisteren betaald, factuur F-1002 betalen we vrijdag. F-1003 betalen wij op 12/12 zodra de creditnota binnen is.',
    [
      ['promised_date', '2026-11-27', 1],
      ['invoice_number', 'F-1002', 1],
      ['promised_date', '2026-12-12', 2, 'conditional'],
      ['invoice_number', 'F-1003', 2, 'conditional'],
      ['paid_date', '2026-11-22'],
      ['invoice_number', 'F-1001'],
    ],
  ],
  [
    'two part payments',
    'en',
    'We will pay EUR 500 on Friday and the rest (1,250.50 EUR) at the end of the month.',
    [
      ['promised_date', '2026-11-27', 1],
      ['promised_amount', '500', 1],
      ['promised_date', '2026-11-30', 2],
      ['promised_amount', '1250.50', 2],
    ],
  ],
  ['a date that is denied', 'en', 'We will not pay before 15 December.', []],
  ['a question for more time', 'en', 'Could we pay on 15 December?', [['promised_date', '2026-12-15', 1, 'conditional']]],
  [
    'invoice dates are no promises',
    'de',
    'Die Rechnung F-1001 vom 12.10. wird bis 30.11. überwiesen.',
    [
      ['promised_date', '2026-11-30', 1],
      ['invoice_number', 'F-1001', 1],
    ],
  ],
  ['a bare day in a mail that promises', 'nl', 'Vrijdag uiterlijk.', [['promised_date', '2026-11-27', 1]], ['promise_to_pay']],
  ['a bare day in a mail that does not', 'nl', 'Vrijdag uiterlijk.', []],
  ['a promise without a day has none', 'pl', 'Zapłacimy najszybciej jak się da.', []],
  [
    'Polish amount with spaces',
    'pl',
    'Kwotę 1 234,56 zł przelaliśmy wczoraj.',
    [
      ['paid_date', '2026-11-22'],
      ['paid_amount', '1234.56'],
    ],
  ],
  [
    'Swiss and Dutch amounts',
    'de',
    "Wir zahlen CHF 1'234.50 am Freitag.",
    [
      ['promised_date', '2026-11-27', 1],
      ['promised_amount', '1234.50', 1],
    ],
  ],
  [
    'amount with a dash for cents',
    'nl',
    'Wij betalen EUR 500,- morgen.',
    [
      ['promised_date', '2026-11-24', 1],
      ['promised_amount', '500', 1],
    ],
  ],
  [
    'thousands',
    'en',
    'We will pay 2k EUR tomorrow.',
    [
      ['promised_date', '2026-11-24', 1],
      ['promised_amount', '2000', 1],
    ],
  ],
  [
    'a list of short numbers',
    'en',
    'Invoices F-1001, 1002 and 1003 are disputed.',
    [
      ['invoice_number', 'F-1001'],
      ['invoice_number', 'F-1002'],
      ['invoice_number', 'F-1003'],
    ],
  ],
  [
    'a range of numbers',
    'nl',
    'Facturen F-1001 t/m F-1003 ontvangen.',
    [
      ['invoice_number', 'F-1001'],
      ['invoice_number', 'F-1002'],
      ['invoice_number', 'F-1003'],
    ],
  ],
  [
    'phone, IBAN, order and postcode are no invoices',
    'en',
    'Call +31 20 555 1234 or 020 5551234, order 99887766, 1001 AB Amsterdam, NL91 ABNA 0417 1643 00.',
    [],
  ],
  ['a purchase order number', 'de', 'Unsere Bestellnummer lautet 4500123456.', [['po_number', '4500123456']]],
  [
    'an instalment plan',
    'fr',
    'Nous proposons 3 mensualités de 500 € à partir du 1er décembre.',
    [['instalment', { count: 3, amount: '500', dates: ['2026-12-01'] }]],
    ['payment_plan_request'],
  ],
  [
    'the total of a plan is not its part',
    'pl',
    'Prosimy o rozłożenie zaległości 4 321,00 zł na cztery raty.',
    [['instalment', { count: 4, dates: [] }]],
    ['payment_plan_request'],
  ],
  [
    'a disputed price',
    'nl',
    'De prijs op factuur F-1001 klopt niet.',
    [
      ['invoice_number', 'F-1001'],
      ['dispute_reason', 'price'],
    ],
    ['dispute'],
  ],
  ['damaged goods', 'fr', 'La marchandise est arrivée endommagée.', [['dispute_reason', 'quality']], ['dispute']],
  ['missing pieces', 'de', 'Geliefert wurden nur 10 Stück.', [['dispute_reason', 'quantity']], ['dispute']],
  ['never ordered', 'pl', 'Nie zamawialiśmy tego towaru.', [['dispute_reason', 'not_ordered']], ['dispute']],
  [
    'a new contact',
    'nl',
    'Ons nieuwe e-mailadres voor facturen is facturen@noordhout.example.',
    [['contact_email', 'facturen@noordhout.example']],
    ['contact_change'],
  ],
  [
    'the old address is no new contact',
    'en',
    'Please use new@noordhout.example instead of old@noordhout.example for invoices from now on.',
    [['contact_email', 'new@noordhout.example']],
    ['contact_change'],
  ],
  [
    'a requested copy',
    'pl',
    'Proszę o przesłanie kopii faktury F-1001.',
    [
      ['invoice_number', 'F-1001'],
      ['requested_document', 'invoice_copy'],
    ],
    ['invoice_copy_request'],
  ],
  ['a requested statement', 'de', 'Bitte senden Sie uns eine OP-Liste.', [['requested_document', 'statement']], ['statement_request']],
  ['absence until a day', 'en', 'I am on leave until 4 December.', [['return_date', '2026-12-04']], ['out_of_office']],
  ['back on a day', 'fr', 'Je suis absente, de retour le 7 décembre.', [['return_date', '2026-12-06']], ['out_of_office']],
  ['absence from one day to another', 'nl', 'Ik ben afwezig van 23 november t/m 4 december.', [['return_date', '2026-12-04']], ['out_of_office']],
  ['again from a day on', 'de', 'Ich bin ab dem 07.12. wieder erreichbar, derzeit im Urlaub.', [['return_date', '2026-12-06']], ['out_of_office']],
]
for (const [name, language, text, facts, asserted] of cases)
  test(`${language}: ${name}`, () => {
    const found = read(language, text, asserted)

    assert.deepEqual(brief(found), facts)
  })

test('stand-ins are named with their address and phone', () => {
  const facts = read('en', 'I am out of the office until 4 December. For urgent matters contact Jane Doe at jane@noordhout.example or +31 20 555 1234.', [
    'out_of_office',
  ])

  assert.deepEqual(
    facts.filter(({ kind }) => kind === 'stand_in').map(({ value }) => value),
    ['jane@noordhout.example', '+31 20 555 1234', 'Jane Doe'],
  )
})

test('numbers in the subject and in the names of attachments say where they stand', () => {
  const facts = read('nl', 'Zie bijlage.', [], { subject: 'Factuur F-1001', attachmentNames: ['F-1002.pdf', 'logo_2x.png'] })

  assert.deepEqual(
    facts.map(({ value, evidence }) => [value, evidence.field, evidence.text]),
    [
      ['F-1001', 'subject', 'F-1001'],
      ['F-1002', 'attachment', 'F-1002'],
    ],
  )
})

test('every evidence is the literal text at its offsets, whatever letters the mail holds', () => {
  const pieces = [
    'Wij betalen ',
    'vrijdag ',
    'İstanbul ',
    'ﬁ ',
    '🧾 ',
    'F-1001 ',
    '€ 1.234,56 ',
    '30.11. ',
    'zapłacimy ',
    'ß ',
    '\n',
    '. ',
    'e\u0301 ',
    'kopie factuur ',
    'jan@x.example ',
  ]
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), fc.constantFrom('nl', 'de', 'fr', 'pl', 'en', 'und'), (words, language) => {
      const text = words.join('')
      for (const { evidence } of read(language, text, ['promise_to_pay', 'dispute', 'invoice_copy_request', 'contact_change']))
        assert.equal(text.slice(evidence.start, evidence.end), evidence.text)
    }),
    { numRuns: 300 },
  )
})

test('a promised day never lies before the mail', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom('', '/2025', '/2026', '/27'), (day, month, year) => {
      const facts = read('en', `We will pay on ${day}/${month}${year}.`, ['promise_to_pay'])

      for (const { kind, value } of facts) if (kind === 'promised_date') assert.equal(typeof value === 'string' && value >= '2026-11-23', true)
    }),
  )
})
