import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftCallSummary, draftLanguages, draftReminder, draftSms, type Reminder, reminderTemplates } from '#drafting'
import type { WorkingLine } from '#dunning'
import { tones } from '#ledger'
import { Prisma } from '#platform'
import { findThreat } from '../../src/drafting/threats.ts'

type Language = (typeof draftLanguages)[number]
type Template = (typeof reminderTemplates)[number]

const asText = { serializers: [(value: string) => value] }
const money = (amount: string, currency = 'EUR') => ({ amount: new Prisma.Decimal(amount), currency })
const written = (amount: string, currency = 'EUR') => ({ amount, currency })
const principal = money('1234.50')
const working: WorkingLine[] = [
  {
    kind: 'interest',
    invoice: 'F-1',
    principal,
    from: '2026-05-02',
    until: '2026-06-20',
    days: 50,
    percentage: '10.15',
    yearDays: 365,
    amount: money('17.16'),
    source: 'x',
  },
  { kind: 'compensation', invoice: 'F-1', principal, amount: money('40'), source: 'x' },
]
const first = { number: 'F-1', invoiceDate: '2026-04-01', due: '2026-05-01', daysLate: 50, open: written('1234.50') }
const second = { number: 'F-0022', invoiceDate: null, due: '2026-06-09', daysLate: 11, open: written('99.95') }
const creditor = { name: 'Nordlicht BV', companyNumber: '0403.019.261' }
const account = { name: 'Nordlicht BV', iban: 'NL02 ABNA 0123 4567 89', bic: 'ABNANL2A' }

const reminder = (template: Template, given: Partial<Reminder> = {}): Reminder => ({
  template,
  channel: 'email',
  items: [{ ...first, stage: template }],
  payBy: '2026-06-30',
  account,
  creditor,
  country: 'NL',
  ...given,
})
const draft = (language: Language, given: Reminder, tone: (typeof tones)[number] = 'neutral') =>
  draftReminder({ language, tone, contactName: 'Piet Zon', senderName: 'Eva Berg', administration: 'Nordlicht BV' }, given)

/** Each step as it is written most often; the first shows everything that a mail can hold. */
const shapes: Reminder[] = [
  reminder('reminder_first', {
    items: [first, second].map(item => ({ ...item, stage: 'reminder_first' })),
    disputed: [{ number: 'F-3', open: written('55') }],
    references: [{ invoice: 'F-1', reference: 'RF18539007547034' }],
    link: 'https://pay.nordlicht.example/a1',
  }),
  reminder('reminder_second', { charges: { kind: 'announce', working } }),
  reminder('consumer_notice', { charges: { kind: 'announce', working: working.slice(1) }, channel: 'letter' }),
  reminder('final_notice', {
    items: [
      { ...first, stage: 'final_notice' },
      { ...second, stage: 'reminder_first' },
    ],
    charges: { kind: 'claim', working },
  }),
  reminder('collection_announced', { charges: { kind: 'claim', working } }),
]

/** The paragraphs of a text that are not the same in another one. */
const differing = (text: string, other: string): string =>
  text
    .split('\n\n')
    .filter(paragraph => !other.split('\n\n').includes(paragraph))
    .join(' / ')

for (const language of draftLanguages) {
  test(`the texts of steps read as they should in ${language}, in every tone`, t => {
    const texts = shapes.flatMap(shape => {
      const { subject, text } = draft(language, shape)
      const others = (['friendly', 'firm'] as const).map(tone => `${tone}: ${differing(draft(language, shape, tone).text, text)}`)
      return [`## ${shape.template}: ${subject}\n\n${text.trim()}\n`, ...others]
    })
    const belgian = draft(language, reminder('consumer_notice', { country: 'BE', charges: { kind: 'announce', working: working.slice(1), rate: '10.5' } }))
    const upcoming = draft(language, reminder('reminder_first', { items: [{ ...first, daysLate: -5, stage: 'reminder_first' }], payBy: undefined }))
    const facts = { debtor: 'Zonneveld BV', number: '1001', contactName: 'Piet Zon', phone: '+31 20 123 4567', numbers: ['F-1', 'F-0022'] }
    const call = draftCallSummary(
      { language },
      {
        ...facts,
        totals: [written('1334.45')],
        oldestDue: '2026-05-01',
        maxDaysLate: 50,
        promised: { amount: written('500'), on: '2026-06-01' },
        disputed: [{ number: 'F-3', open: written('55') }],
        lastContact: '2026-06-02',
      },
    )
    const sms = tones.map(tone =>
      draftSms({ language, tone, administration: 'Nordlicht BV', numbers: ['F-1'], totals: [written('1234.5')], link: 'https://pay.nordlicht.example/a1' }),
    )
    const notices = [belgian, upcoming].map(({ subject, text }) => `## ${subject}\n\n${text.trim()}`)

    t.assert.snapshot([...texts, ...notices, `## call\n\n${call}`, `## sms\n\n${sms.join('\n')}`].join('\n'), asText)
  })
}

const legalSteps = ['consumer_notice', 'final_notice', 'collection_announced']

test('every step sounds otherwise in each tone, and only legal steps say what follows', () => {
  for (const language of draftLanguages)
    for (const shape of shapes) {
      const texts = tones.map(tone => draft(language, { ...shape, charges: undefined }, tone).text)

      assert.equal(new Set(texts).size, 3, `${shape.template} ${language}`)
      if (!legalSteps.includes(shape.template)) assert.equal(findThreat(texts.join()), undefined, `${shape.template} ${language}`)
    }
})

test('a mail for a central file has a part for each of its debtors, with subtotals that add up to the totals, currency by currency', () => {
  const owners = [
    { administration: 'Nordlicht BV', number: '1001', debtor: 'Zonneveld BV' },
    { administration: 'Nordlicht Ltd', number: 'C7', debtor: 'Sunfield Ltd' },
  ] as const
  const items = [
    { ...first, stage: 'reminder_first', owner: owners[0] },
    { ...second, stage: 'reminder_first', owner: owners[0] },
    { ...first, number: 'S-1', open: written('0.10', 'GBP'), stage: 'reminder_first', owner: owners[1] },
    { ...first, number: 'S-2', open: written('0.20', 'GBP'), stage: 'reminder_first', owner: owners[1] },
  ]

  const { text, amounts } = draft('en', reminder('reminder_first', { items }))

  const lines = text.split('\n').filter(line => /customer no|Subtotal|Total/.test(line))
  assert.deepEqual(lines, [
    'Nordlicht BV, customer no. 1001 (Zonneveld BV)',
    'Subtotal: €1,334.45',
    'Nordlicht Ltd, customer no. C7 (Sunfield Ltd)',
    'Subtotal: £0.30',
    'Total: €1,334.45',
    'Total: £0.30',
  ])
  for (const amount of ['1334.45', '0.3', '0.10', '0.20', '99.95']) assert.ok(amounts.includes(amount), amount)
})

test('an SMS fits into two parts in letters that every phone has, or is refused', () => {
  const long = {
    administration: 'Großhandelsgesellschaft für Łódź und Umgebung mit beschränkter Haftung & Compagnie Kommanditgesellschaft',
    numbers: ['F-1', 'F-2'],
    totals: [written('123456789.5'), written('98765432.1', 'GBP'), written('1234567.89', 'PLN')],
    link: `https://pay.nordlicht.example/${'a'.repeat(60)}`,
  }
  for (const language of draftLanguages)
    for (const tone of tones) {
      const text = draftSms({ ...long, language, tone })

      assert.ok(text.length <= 306, `${language} ${text.length}`)
      assert.ok(text.includes(long.link))
      assert.doesNotMatch(text, /[^\n\r -~£€äöñüàÄÖÑÜèéùìòßÉ§¿¡]/)
    }
  assert.doesNotMatch(draftSms({ ...long, language: 'en', link: 'x'.repeat(400) }), /xx/) // it asks all the same
  assert.throws(() => draftSms({ ...long, language: 'en', numbers: ['x'.repeat(400)] }), { code: 'sms.too_long' })
})

test('what stands in an invoice number or a name is never read as a template', () => {
  const { text } = draft('en', reminder('reminder_first', { items: [{ ...first, number: '{{ payBy }}', stage: 'reminder_first' }] }))

  assert.match(text, /\{\{ payBy \}\}/)
  assert.equal(draft('en', reminder('reminder_first', { items: [{ ...first, number: 'F\n1', stage: 'reminder_first' }] })).subject, 'Reminder: invoice F 1')
})
