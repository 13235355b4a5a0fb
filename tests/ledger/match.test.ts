import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { matchCompanyNumbers, matchContactDomains, matchContacts, matchInvoiceNumbers, matchNames, matchPaymentReferences } from '#ledger'
import { createTestDatabase } from '../support/database.ts'

async function aLedger(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const { id: administrationId } = await client.administration.create({ data: { code: 'nl', name: 'Us' } })
  const debtor = (number: string, searchName: string, more: object = {}) =>
    client.debtor.create({ data: { administrationId, number, name: searchName, searchName, ...more } })
  const acme = await debtor('1', 'acme metaal', { companyNumber: '12345678', vatNumber: 'NL123456789B01', paymentReference: '123/4567/89002' })
  const gone = await debtor('2', 'acme metaal', { archived: true, companyNumber: '12345678', paymentReference: '123456789002' })
  for (const { id } of [acme, gone]) await client.contact.create({ data: { debtorId: id, email: 'ap@acme.example' } })
  await client.contact.create({ data: { debtorId: acme.id, email: 'info@acme.example' } })
  for (const [debtorId, number] of [
    [acme.id, 'INV20260412'],
    [gone.id, 'INV20260413'],
  ] as const) {
    await client.invoice.create({
      data: {
        administrationId,
        debtorId,
        number,
        searchNumber: number,
        dueDate: new Date('2026-11-01'),
        currency: 'EUR',
        amount: 1,
        openAmount: 1,
        paymentReference: 'RF18 5390 0754 7034',
      },
    })
  }
  return { client, acme: acme.id }
}

test('debtors are found once by address, domain, invoice number, reference and company number; archived ones never', async t => {
  const { client, acme } = await aLedger(t)

  const found = [
    await matchContacts(client, ['ap@acme.example', 'nobody@acme.example']),
    await matchContactDomains(client, ['acme.example', 'other.example']),
    await matchInvoiceNumbers(client, ['INV20260412', 'INV20260413', '412']),
    await matchPaymentReferences(client, ['123456789002', 'RF18539007547034']),
    await matchCompanyNumbers(client, ['12345678', 'NL123456789B01']),
  ].map(matches => matches.map(({ key, debtorId }) => [key, debtorId]).toSorted((a, b) => String(a).localeCompare(String(b))))

  assert.deepEqual(found, [
    [['ap@acme.example', acme]],
    [['acme.example', acme]],
    [['INV20260412', acme]],
    [
      ['123456789002', acme],
      ['RF18539007547034', acme],
    ],
    [
      ['12345678', acme],
      ['NL123456789B01', acme],
    ],
  ])
})

test('a name is found from half of its trigrams on, with how alike it is', async t => {
  const { client, acme } = await aLedger(t)

  const matches = await matchNames(client, ['acme metaal', 'acme metal', 'bolt fietsen'])

  assert.deepEqual(
    matches.map(({ key, debtorId, similarity }) => [key, debtorId, similarity === 1]),
    [
      ['acme metaal', acme, true],
      ['acme metal', acme, false],
    ],
  )
})

test('nothing asked costs no statement', async () => {
  const noDatabase = undefined as never

  assert.deepEqual(
    await Promise.all(
      [matchContacts, matchContactDomains, matchInvoiceNumbers, matchPaymentReferences, matchCompanyNumbers, matchNames].map(match => match(noDatabase, [])),
    ),
    [[], [], [], [], [], []],
  )
})
