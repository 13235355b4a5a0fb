import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkOutbound, findIbans } from '#drafting'
import { createTestDatabase } from '../support/database.ts'

async function check(t: Parameters<typeof createTestDatabase>[0], texts: string[], amounts: string[] = []) {
  const { client } = await createTestDatabase(t)
  const administration = await client.administration.create({ data: { code: 'a', name: 'A' } })
  const debtor = { administrationId: administration.id, searchName: 'x', name: 'X' }
  const [own, other] = [await client.debtor.create({ data: { ...debtor, number: '1' } }), await client.debtor.create({ data: { ...debtor, number: '2' } })]
  const invoice = { administrationId: administration.id, dueDate: new Date('2026-10-31'), currency: 'EUR', amount: 1, openAmount: 1 }
  await client.invoice.create({ data: { ...invoice, debtorId: own.id, number: 'F-1001', searchNumber: 'F1001' } })
  for (const number of ['F-2002', '1234', '2026'])
    await client.invoice.create({ data: { ...invoice, debtorId: other.id, number, searchNumber: number.replace('-', '') } })
  const found = []
  for (const text of texts) found.push((await checkOutbound(client, { subject: 'Re: x', text, debtorId: own.id, amounts })).map(({ code }) => code).join())
  return found
}

test("another debtor's invoice number is found however it is written; the own one, dates, years and amounts are not", async t => {
  const found = await check(t, ['zie f2002', 'zie F/2002.', 'zie F-1001', 'op 4 december 2026 of 2026-12-34', 'totaal € 1.234,00'], ['1234'])

  assert.deepEqual(found, ['foreign_invoice', 'foreign_invoice', '', '', ''])
})

test('an amount passes only when it is one of the slots, in whichever way it is written', async t => {
  const texts = ['€ 1.234,50', '1 234,50 €', '1,234.50', 'EUR 1234.5', '1234,50 zł', '€ 99', '99,00 euro', '1.234,51', '500.00']

  const found = await check(t, texts, ['1234.50'])

  assert.deepEqual(found, ['', '', '', '', '', 'unknown_amount', 'unknown_amount', 'unknown_amount', 'unknown_amount'])
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
  ]
  const links = ['ftp://x.example/a', 'pay.evil-shop.com/invoice', 'https\uff1a//x.example']

  const found = await check(t, [...accounts, ...links])

  assert.deepEqual(found, [...accounts.map(() => 'bank_details'), ...links.map(() => 'link')])
})

test('ordinary sentences that begin like an IBAN or a link may leave', async t => {
  const found = await check(t, [
    'Wij hebben de 12 facturen ontvangen en verwerken die deze week nog',
    'un délai de 30 jours ouvrables pour le paiement des factures',
    'Het gaat om de 15 facturen die u eerder deze maand hebt ontvangen',
    'Mail gerne an info@zonneveld.example. Und/oder anrufen, z.B. morgen',
    'Siehe Ziffer 3.2/4 und den Punkt a.b/c',
  ])

  assert.deepEqual(found, ['', '', '', '', ''])
})

test('what is shaped like an IBAN counts although its check digits are wrong, and plain words do not', () => {
  const found = ['NL00ABNA0417164300', 'DE89 3704 0044 0532 0130 00', 'De factuur van 2026 staat open', 'ab12 cd'].map(findIbans)

  assert.deepEqual(found, [['NL00ABNA0417164300'], ['DE89370400440532013000'], [], []])
})
