import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkOutbound, findIbans } from '#drafting'
import { createTestDatabase } from '../support/database.ts'

async function check(t: Parameters<typeof createTestDatabase>[0], texts: string[], amounts: string[] = [], days?: string[]) {
  const { client } = await createTestDatabase(t)
  const administration = await client.administration.create({ data: { code: 'a', name: 'A' } })
  const debtor = { administrationId: administration.id, searchName: 'x', name: 'X' }
  const own = await client.debtor.create({ data: { ...debtor, number: '1', name: 'Bol.com B.V.', searchName: 'bol com' } })
  const named = { name: 'Kwekerij De Zon B.V.', searchName: 'kwekerij de zon', companyNumber: '87654321', vatNumber: 'NL123456789B01' }
  const other = await client.debtor.create({ data: { ...debtor, ...named, number: '20044' } })
  await client.debtor.create({ data: { ...debtor, number: '3', name: 'Maandag N.V.', searchName: 'maandag' } })
  await client.contact.createMany({
    data: [
      { debtorId: other.id, email: 'Petra@zon.example' },
      { debtorId: own.id, email: 'jan@bol.example' },
    ],
  })
  const invoice = { administrationId: administration.id, dueDate: new Date('2026-10-31'), currency: 'EUR', amount: 1, openAmount: 1 }
  await client.invoice.create({ data: { ...invoice, debtorId: own.id, number: 'F-1001', searchNumber: 'F1001' } })
  for (const number of ['F-2002', '1234', '2026'])
    await client.invoice.create({ data: { ...invoice, debtorId: other.id, number, searchNumber: number.replace('-', '') } })
  const found = []
  for (const text of texts)
    found.push((await checkOutbound(client, { subject: 'Re: x', text, debtorId: own.id, amounts, days })).map(({ code }) => code).join())
  return found
}

test("another debtor's invoice number is found however it is written; the own one, dates, years and amounts are not", async t => {
  const found = await check(
    t,
    ['zie f2002', 'zie F/2002.', 'zie F 2002', 'zie F - 2 0 0 2', 'zie Ｆ２００２', 'zie F-1001', 'op 4 december 2026 of 2026-12-34', 'totaal € 1.234,00'],
    ['1234'],
  )

  assert.deepEqual(found, [...Array.from({ length: 5 }, () => 'foreign_invoice'), '', '', ''])
})

test('an amount passes only when it is one of the slots, in whichever way it is written', async t => {
  const known = ['€ 1.234,50', '1 234,50 €', '1,234.50', 'EUR 1234.5', '1234,50 zł', '１２３４,５０ €', 'euro 1234,50']
  const unknown = [
    '€ 99',
    '99,00 euro',
    '1.234,51',
    '500.00',
    '€ ９９',
    '&euro; 99',
    '9&#57; euros',
    'euro 99',
    '€\u200b99',
    '€ 9 9 9 9',
    '99 pounds',
    '99 złotych',
    '99 zloty',
    '2x 4999,50',
    '9.999,50-',
    'nog 9.999,- te betalen',
    'you owe 9999',
    'Openstaand: 9999',
    '12k euro',
    'twelve thousand euros',
    'zwölftausend Euro',
    '1.2 million EUR',
    'tysiąc złotych',
  ]

  const found = await check(t, [...known, ...unknown], ['1234.50'])

  assert.deepEqual(found, [...known.map(() => ''), ...unknown.map(() => 'unknown_amount')])
})

test('dates, times and percentages are no amounts', async t => {
  const found = await check(t, ['bis zum 31.12. um 14.30 Uhr', 'op 01-12-2026 en 31.12.2026', 'rente van 2,50% of 8 %', 'binnen 14 dagen'])

  assert.deepEqual(found, ['', '', '', ''])
})

test('bank details and links never pass, and neither does an empty text', async t => {
  const found = await check(t, ['IBAN nl91 abna 0417 1643 00', 'NL91-ABNA-0417-1643-00', 'zie https://x.example', 'zie www.x.example', '  \n'])

  assert.deepEqual(found, ['bank_details', 'bank_details', 'link', 'link', 'empty'])
})

test('bank details and links are seen through marks, lines and spaces that a reader does not see, and in their home form', async t => {
  const accounts = [
    'NL91\u200bABNA\u00ad0417164300',
    'NL91  ABNA\n0417  1643  00',
    'NL91 / ABNA / 0417 / 1643 / 00',
    '61 1090 1014 0000 0712 1981 2874',
    'sort code 20-00-00, account 12345678',
    'DE89 3704 0044 0532 0130 0', // one digit short
    'N L 9 1 A B N A 0 4 1 7 1 6 4 3 0 0',
    'NL91 (ABNA) 0417.1643.00',
    'Kontonummer 532013000',
    '20-00-00 55779911',
    'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
  ]
  const links = ['ftp://x.example/a', 'pay.evil-shop.com/invoice', 'https\uff1a//x.example']

  const found = await check(t, [...accounts, ...links])

  assert.deepEqual(found, [...accounts.map(() => 'bank_details'), ...links.map(() => 'link')])
})

test('ordinary sentences that begin like an IBAN or a link may leave', async t => {
  const found = await check(t, [
    'Wij hebben de 12 facturen ontvangen en verwerken die deze week nog',
    'un délai de 30 jours ouvrables pour le paiement des factures',
    'Please pay by 30 June 2026. If the payment does not reach us by then, call us',
    'Het gaat om de 15 facturen die u eerder deze maand hebt ontvangen',
    'Mail gerne an info@zonneveld.example. Und/oder anrufen, z.B. morgen',
    'Siehe Ziffer 3.2/4 und den Punkt a.b/c',
  ])

  assert.deepEqual(found, ['', '', '', '', '', ''])
})

test('what is shaped like an IBAN counts although its check digits are wrong, and plain words do not', () => {
  const found = ['NL00ABNA0417164300', 'DE89 3704 0044 0532 0130 00', 'De factuur van 2026 staat open', 'ab12 cd'].map(findIbans)

  assert.deepEqual(found, [['NL00ABNA0417164300'], ['DE89370400440532013000'], [], []])
})

test("another debtor's name, numbers and addresses are found; the own ones, and words that are somebody's name, are not", async t => {
  const foreign = [
    'Zoals Kwekerij De Zon ook doet',
    'zie KWEKERIJ\u00a0DE ZON BV',
    'klantnummer 20044',
    'Customer no.: 20044.',
    'btw NL123456789B01',
    'KvK 87654321',
    'cc petra@ZON.example',
    'Wie Maandag N.V.',
  ]
  const own = ['Beste Bol.com', 'klantnummer 1', 'naar jan@bol.example', 'op maandag betaalt u', 'uw kwekerij en de zon', 'tel. 020 1234567']

  const found = await check(t, [...foreign, ...own])

  assert.deepEqual(found, [...foreign.map(() => 'foreign_debtor'), ...own.map(() => '')])
})

test('links are found however they are written, and a sentence without its space is none', async t => {
  const links = [
    'mailto:thief@evil.example',
    '[betaal](evil.example/x)',
    'evil-shop.com',
    'xn--nordhout-obh.example',
    'evil[.]com',
    'evil (dot) com',
    'http://192.0.2.1/x',
    '192.0.2.1/pay',
    'ｗｗｗ.evil.example',
    'www&period;evil&period;example',
    'javascript:alert(1)',
    'tel:+31201234567',
    'evil . com',
    'evil dot com',
    'evil。com',
    'evil.agency',
    'h t t p s : / / evil',
  ]
  const plain = [
    'Dank u.De factuur',
    'bijv. a.s. vrijdag',
    'versie 2.0 van het plan',
    'zie factuur.pdf',
    'J.A.M. de Vries',
    'mail: info@zonneveld.example',
    'un point de vue',
    'op dit punt de factuur',
  ]

  const found = await check(t, [...links, ...plain])

  assert.deepEqual(found, [...links.map(() => 'link'), ...plain.map(() => '')])
})

test('a day passes only when it is one of the reply or of the ledger, in figures or in words of five languages', async t => {
  const known = [
    'op 4 december 2026',
    'on 4 December',
    'December 4th, 2026',
    'le 4 décembre',
    'am 4. Dezember 2026',
    'dnia 4 grudnia',
    '2026-12-04',
    '04.12.2026',
    '4/12/26',
    'bis zum 04.12.',
    'vervaldatum 31 oktober 2026',
    '31.10.2026',
  ]
  const unknown = [
    'op 5 december 2026',
    'on 5 Dec',
    'December 5th',
    'le 5 décembre',
    'am 5. Dezember',
    'do 5 grudnia',
    '2026-12-05',
    '05-12-2026',
    '５.１２.２０２６',
    'bis 05.12.',
    'before 5/12',
    'le 1er janvier',
    '4 december 2027',
    '05.12. passt',
    '12/30/2026',
    '30 XI 2026',
    'do 30-go listopada',
    'le 30ème novembre',
    'the thirtieth of November',
    'dertig november',
    'le premier décembre',
  ]
  const none = [
    'om 14.30 uur',
    'binnen 14 dagen',
    'punt 3.2/4',
    'vrijdag',
    'in december',
    '24/7 bereikbaar',
    'may I ask 3 questions',
    'mars 500 stuks',
    'de eerste termijn',
    'the second invoice of 3',
  ]

  const found = await check(t, [...known, ...unknown, ...none], [], ['2026-12-04'])

  assert.deepEqual(found, [...known.map(() => ''), ...unknown.map(() => 'unknown_day'), ...none.map(() => '')])
  assert.deepEqual(await check(t, ['op 5 december 2026']), [''])
})
