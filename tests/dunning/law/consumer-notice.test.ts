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
  creditor: { name: 'Nordlicht BV', companyNumber: '0403.019.261' },
  first: [{ number: 'F-1', due: '2026-05-01', open: '1234.50', isCharged: true }],
  balance: ['1234.50'],
  costs: ['185.18'],
  ...given,
})
const principal = { currency: 'EUR', amount: new Prisma.Decimal('1234.50') }
const costs = { kind: 'compensation', invoice: null, principal, amount: { currency: 'EUR', amount: new Prisma.Decimal('185.18') }, source: 'x' } as const

const alsoOwed = { name: 'Südlicht NV', companyNumber: '0417.497.106' }

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
      otherCreditors: [alsoOwed],
      country,
    },
  ).text
}

test('the notice to consumers says all that Belgian and Dutch law want, of every creditor, in every language and tone, by mail and by post', () => {
  for (const country of ['BE', 'NL'] as const)
    for (const language of draftLanguages)
      for (const tone of tones)
        for (const channel of ['email', 'letter'] as const)
          for (const creditor of [notice(country).creditor, alsoOwed])
            assert.deepEqual(
              missingForConsumer(notice(country, { creditor }), textSays(write(country, language, tone, channel))),
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
      missingForConsumer(notice('BE', { first: [], creditor: { name: 'x', companyNumber: null } }), textSays('')),
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

const missingOfTerm = (text: string) => missingForConsumer(notice('NL', { costs: [] }), textSays(text)).filter(field => field !== 'damages')

test('the term is fourteen days that begin on the day after delivery, said in one sentence and not somewhere in the text', () => {
  const cases: [string, string[]][] = [
    ['U hebt 14 dagen vanaf de dag nadat deze brief bij u is bezorgd.', []],
    ['Vanaf de dag na ontvangst van deze brief hebt u veertien (14) dagen om te betalen.', []],
    ['Sie haben 14 Tage ab dem Tag nach Zugang dieses Schreibens.', []],
    ['Within fourteen days from the day after you received this letter.', []],
    ['Dans les quatorze jours à compter du lendemain de la réception.', []],
    ['W ciągu 14 dni od dnia następującego po otrzymaniu tego pisma.', []],
    ['U hebt 14 dagen vanaf de dag nadat deze brief is verzonden.', ['delivery']],
    ['U hebt 14 dagen. Wij belden u de dag nadat de brief was bezorgd.', ['delivery']],
    ['You have 14 days. We shall call the day after we receive nothing.', ['delivery']],
    ['Uw factuur van 14-05 is open; wij wachten tot de dag na ontvangst van € 14,00.', ['term', 'delivery']],
    ['U hebt 114 dagen vanaf de dag na ontvangst.', ['term', 'delivery']],
  ]

  for (const [text, fields] of cases) assert.deepEqual(missingOfTerm(text), fields, text)
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
  const item = { invoiceId: invoice.id, debtorId: debtor.id, number: 'F-1', dueDate, amount: invoice.openAmount, currency: 'EUR', isCharged: true }
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

test('in one mail each item is judged by what was written of it and by its own step, and each debtor by its own costs', async t => {
  const database = await createTestDatabase(t)
  const { item, invoice, debtor } = await consumer(database)
  const { client } = database
  await client.debtor.update({ where: { id: debtor.id }, data: { country: 'BE' } })
  const other = await client.invoice.create({
    data: {
      administrationId: debtor.administrationId,
      debtorId: debtor.id,
      number: 'F-2',
      searchNumber: 'F2',
      dueDate: new Date('2026-05-20'),
      currency: 'EUR',
      amount: '80.00',
      openAmount: '80.00',
    },
  })
  const second = { ...item, invoiceId: other.id, number: 'F-2', dueDate: other.dueDate, amount: other.openAmount, isCharged: false }
  const posted = new Date('2026-05-04')
  await client.dunningItem.create({ data: { invoiceId: invoice.id, debtorId: debtor.id, step: 1, remindedOn: posted, remindedBy: 'email' } })
  const [announce = assert.fail(), claim = assert.fail()] = steps
  const faults = async (step: typeof announce, items: (typeof item)[], text: string, owed: [number, string[]][]) =>
    (await consumerFaults(client, { step, items }, { on: Temporal.PlainDate.from('2026-07-01'), says: textSays(text), costs: new Map(owed) })).map(fault =>
      fault.kind === 'missing' ? fault.field : `early ${fault.invoice}`,
    )
  const own = 'Nordlicht BV 12345678: F-2, vervallen op 20-05-2026, € 80,00. U hebt 14 dagen. Schade: € 20,00.'

  assert.deepEqual(await faults(announce, [item, second], own, [[debtor.id, ['20.00']]]), [])
  // What another debtor of the central file would owe is none of this one's costs.
  assert.deepEqual(
    await faults(announce, [item, second], own, [
      [debtor.id, ['20.00']],
      [debtor.id + 1, ['40.00']],
    ]),
    [],
  )
  assert.deepEqual(await faults(announce, [item, second], own.replace('€ 20,00', ''), [[debtor.id, ['20.00']]]), ['damages'])
  assert.deepEqual(await faults(announce, [item, second], own.replace('€ 80,00', '€ 1.314,50'), [[debtor.id, ['20.00']]]), ['balance'])
  assert.deepEqual(await faults(claim, [item, second], own, [[debtor.id, ['20.00']]]), [])
  assert.deepEqual(await faults(claim, [item, { ...second, isCharged: true }], own, [[debtor.id, ['20.00']]]), ['early F-2', 'free_of_charge'])
  await client.debtor.update({ where: { id: debtor.id }, data: { country: 'NL' } })
  const dutch = 'U hebt 14 dagen vanaf de dag nadat deze brief bij u is bezorgd, daarna € 40,00.'
  assert.deepEqual(await faults(announce, [item], dutch, [[debtor.id + 1, ['40.00']]]), ['damages'])
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
