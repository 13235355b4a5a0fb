import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { draftLanguages, draftReminder, textSays } from '#drafting'
import { consumerFaults, lateChargesKind, lateChargesOf } from '#dunning'
import { tones } from '#ledger'
import { type Database, Prisma } from '#platform'
import { type ConsumerNotice, missingForConsumer } from '../../../src/dunning/law/consumer-notice.ts'
import { workflowSchema } from '../../../src/dunning/workflows-kind.ts'
import { createTestDatabase } from '../../support/database.ts'

const notice = (country: 'BE' | 'NL', given: Partial<ConsumerNotice> = {}): ConsumerNotice => ({
  country,
  charges: 'announce',
  isFirst: true,
  creditor: { name: 'Nordlicht BV', companyNumber: '0403.019.261' },
  debts: [{ number: 'F-1', due: '2026-05-01' }],
  balance: ['1234.50'],
  costs: ['185.18'],
  ...given,
})
const principal = { currency: 'EUR', amount: new Prisma.Decimal('1234.50') }
const costs = { kind: 'compensation', invoice: null, principal, amount: { currency: 'EUR', amount: new Prisma.Decimal('185.18') }, source: 'x' } as const

function write(country: string, language: (typeof draftLanguages)[number], tone: (typeof tones)[number], channel: 'email' | 'letter') {
  const item = { number: 'F-1', invoiceDate: null, due: '2026-05-01', daysLate: 20, open: { amount: '1234.50', currency: 'EUR' }, stage: 'consumer_notice' }
  return draftReminder(
    { language, tone, administration: 'Nordlicht BV' },
    {
      template: 'consumer_notice',
      channel,
      items: [item],
      charges: { kind: 'announce', working: [costs] },
      creditor: { name: 'Nordlicht BV', companyNumber: '0403.019.261' },
      country,
    },
  ).text
}

test('the notice to consumers says all that Belgian and Dutch law want, in every language and tone, by mail and by post', () => {
  for (const country of ['BE', 'NL'] as const)
    for (const language of draftLanguages)
      for (const tone of tones)
        for (const channel of ['email', 'letter'] as const)
          assert.deepEqual(
            missingForConsumer(notice(country), textSays(write(country, language, tone, channel))),
            [],
            `${country} ${language} ${tone} ${channel}`,
          )
})

const without = (text: string, ...words: (string | RegExp)[]) => textSays(words.reduce<string>((left, word) => left.replaceAll(word, ''), text))

test('what is cut out of a notice is missed, and a first reminder that charges is refused', () => {
  const belgian = write('BE', 'nl', 'neutral', 'letter')
  const dutch = write('NL', 'en', 'neutral', 'letter')
  assert.deepEqual(
    [
      missingForConsumer(notice('BE'), without(belgian, 'Nordlicht BV')),
      missingForConsumer(notice('BE'), without(belgian, '0403.019.261')),
      missingForConsumer(notice('BE'), without(belgian, 'F-1')),
      missingForConsumer(notice('BE'), without(belgian, '01-05-2026')),
      missingForConsumer(notice('BE'), without(belgian, /€ 1\.234,50/g)),
      missingForConsumer(notice('BE'), without(belgian, '€ 185,18')),
      missingForConsumer(notice('BE'), without(belgian, '14 kalenderdagen')),
      missingForConsumer(notice('BE', { creditor: { name: 'Nordlicht BV', companyNumber: null } }), textSays(belgian)),
      missingForConsumer(notice('NL', { costs: ['185.19'] }), textSays(dutch)),
      missingForConsumer(notice('NL', { costs: [] }), textSays(dutch)),
      missingForConsumer(notice('NL'), without(dutch, 'from the day after')),
      missingForConsumer(notice('NL', { charges: 'claim' }), textSays(dutch)),
      missingForConsumer({ ...notice('NL', { charges: 'claim' }), country: 'DE' }, textSays(dutch)),
      missingForConsumer(notice('BE', { isFirst: false, creditor: { name: 'x', companyNumber: null } }), textSays('')),
    ],
    [
      ['creditor_name'],
      ['creditor_number'],
      ['origin'],
      ['due_day'],
      ['balance'],
      ['damages'],
      ['term'],
      ['creditor_number'],
      ['damages'],
      ['damages'],
      ['delivery'],
      ['free_of_charge'],
      ['free_of_charge'],
      [],
    ],
  )
})

async function consumer({ client }: Database, legalForm: string | null = 'Particulier') {
  const own = { code: 'nord', name: 'Nordlicht BV', country: 'NL', companyNumber: '12345678' }
  const administration = await client.administration.create({ data: own })
  const debtor = await client.debtor.create({ data: { administrationId: administration.id, number: '1', name: 'J. Zon', searchName: 'j zon', legalForm } })
  const amounts = { currency: 'EUR', amount: '1234.50', openAmount: '1234.50' }
  const dueDate = new Date('2026-05-01')
  const invoice = await client.invoice.create({
    data: { ...amounts, administrationId: administration.id, debtorId: debtor.id, number: 'F-1', searchNumber: 'F1', dueDate },
  })
  const item = { invoiceId: invoice.id, debtorId: debtor.id, number: 'F-1', dueDate, amount: invoice.openAmount, currency: 'EUR' }
  return { debtor, invoice, item }
}

const steps = workflowSchema.parse({
  title: 'Private persons',
  steps: [
    { name: 'notice', type: 'letter', after: { days: 10 }, template: 'consumer_notice', charges: 'announce' },
    { name: 'claim', type: 'email', after: { days: 40 }, template: 'final_notice', charges: 'claim' },
  ],
}).steps

test('a letter one day early is refused, and one whose notice was never sent at any time', async t => {
  const database = await createTestDatabase(t)
  const { item, invoice, debtor } = await consumer(database)
  const [, step] = steps
  assert.ok(step)
  const faults = (on: string) => consumerFaults(database.client, { step, items: [item] }, { on: Temporal.PlainDate.from(on) })

  const before = await faults('2026-06-16')
  const posted = new Date('2026-05-29') // a Friday: delivered on Tuesday, 2 June
  const told = { remindedOn: posted, remindedBy: 'letter', announcedOn: posted, announcedBy: 'letter' }
  await database.client.dunningItem.create({ data: { invoiceId: invoice.id, debtorId: debtor.id, step: 1, ...told } })

  assert.deepEqual(before, [{ kind: 'too_early', invoice: 'F-1', from: null }])
  assert.deepEqual(await faults('2026-06-16'), [{ kind: 'too_early', invoice: 'F-1', from: '2026-06-17' }])
  assert.deepEqual(await faults('2026-06-17'), [])
})

const settings = (written: object) => lateChargesKind.schema.parse(written)

test('what a debtor may be asked is looked up by whose law counts; nothing where the settings ask for nothing', async t => {
  const database = await createTestDatabase(t)
  const { item, invoice, debtor } = await consumer(database)
  const asked = { debtorId: debtor.id, items: [{ invoiceId: item.invoiceId, amount: '1234.50' }], until: Temporal.PlainDate.from('2026-06-20') }
  const everything = { interest: true, compensation: true, consumers: { interest: true, costs: ['NL', 'BE'] } }
  const costsOf = async (country: string | null, legalForm: string | null, currency = 'EUR') => {
    await database.client.debtor.update({ where: { id: debtor.id }, data: { country, legalForm } })
    await database.client.invoice.update({ where: { id: invoice.id }, data: { currency } })
    const { compensation, untold } = await lateChargesOf(database.client, settings({ administrations: { nord: everything } }), asked)
    return [...compensation.map(({ amount, currency: of }) => `${amount.toFixed(2)} ${of}`), ...untold.map(({ what, why }) => `${what} ${why}`)].join()
  }

  assert.deepEqual(await lateChargesOf(database.client, settings({}), asked), { interest: [], compensation: [], working: [], untold: [] })
  assert.equal(await costsOf(null, 'Particulier'), '185.18 EUR,interest not_reminded') // 15% of 1,234.50
  assert.equal(await costsOf('BE', 'Particulier'), '101.73 EUR,interest no_law') // 65 and 5% of what is above 500
  assert.equal(await costsOf('BE', 'NV'), '40.00 EUR') // between businesses the creditor's law counts
  assert.equal(await costsOf('BE', null), 'interest party_unknown,compensation party_unknown')
  await database.client.administration.updateMany({ data: { country: 'PL' } })
  assert.equal(await costsOf(null, 'Sp. z o.o.', 'PLN'), 'interest no_rate,compensation no_exchange_rate')
  await database.client.currencyRate.create({ data: { day: new Date('2026-04-30'), currency: 'PLN', rate: '4.25' } })
  assert.equal(await costsOf(null, 'Sp. z o.o.', 'PLN'), '170.00 PLN,interest no_rate')
})
