import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fullSight } from '#people'
import type { DbClient } from '#platform'
import { lookUp } from '#search'
import { createTestDatabase } from '../support/database.ts'
import { aLedger, anItem } from './ledger.ts'

const names = ['Visser Installatie BV', 'Visser & Zonen NV', 'Bakkerij De Visser', 'Möller Stahlbau GmbH', 'Łódzka Hurtownia Sp. z o.o.', '100% Koffie BV']

const found = async (client: DbClient, text: string) => (await lookUp(client, fullSight, text)).hits.map(({ name, by }) => [name, by])

test('an exact number is what is meant, whether the debtor’s or one of its invoices’, and what it was found by is told', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId, debtors } = await aLedger(client, names)
  await anItem(client, { administrationId, debtorId: debtors[3]?.id ?? 0 }, 'INV/2026-0412', '2026-02-01', '100')

  const byNumber = await lookUp(client, fullSight, ' 10002 ')
  const byInvoice = await lookUp(client, fullSight, '#inv 2026 0412')

  assert.deepEqual(byNumber.meant, {
    id: debtors[1]?.id,
    number: '10002',
    name: 'Visser & Zonen NV',
    administration: 'Harbourlight Trading',
    by: 'number',
    found: null,
  })
  assert.deepEqual([byInvoice.meant?.name, byInvoice.meant?.by, byInvoice.meant?.found], ['Möller Stahlbau GmbH', 'invoice', 'INV/2026-0412'])
})

test('a number that two debtors have means neither by itself', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId, debtors } = await aLedger(client, names)
  const second = await client.administration.create({ data: { code: 'XX', name: 'Second Book' } })
  await client.debtor.create({ data: { administrationId: second.id, number: '10001', name: 'Other', searchName: 'other' } })
  await anItem(client, { administrationId, debtorId: debtors[0]?.id ?? 0 }, '77-1', '2026-02-01', '100')
  await anItem(client, { administrationId, debtorId: debtors[2]?.id ?? 0 }, '771', '2026-02-01', '100')

  const byNumber = await lookUp(client, fullSight, '10001')

  assert.deepEqual([byNumber.meant, byNumber.hits.map(({ name }) => name)], [null, ['Other', 'Visser Installatie BV']])
  assert.equal((await lookUp(client, fullSight, '771')).total, 2)
})

test('an exact name is what is meant, and the similar ones are told beside it', async t => {
  const { client } = await createTestDatabase(t)
  await aLedger(client, [...names, 'Visser'])

  const { meant, hits } = await lookUp(client, fullSight, 'VISSER B.V.')

  assert.equal(meant?.name, 'Visser')
  assert.deepEqual(
    hits.map(({ name, by }) => [name, by]),
    [
      ['Visser', 'name'],
      ['Visser & Zonen NV', 'name_start'],
      ['Visser Installatie BV', 'name_start'],
      ['Bakkerij De Visser', 'name_part'],
    ],
  )
  assert.equal((await lookUp(client, fullSight, 'viss')).meant, null, 'several begin so')
})

test('the beginning of a number, accents, case and legal form: all fit; % and _ are characters like any other', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId, debtors } = await aLedger(client, names)
  await anItem(client, { administrationId, debtorId: debtors[4]?.id ?? 0 }, '2026-0099', '2026-02-01', '100')

  assert.deepEqual(await found(client, '2026-00'), [['Łódzka Hurtownia Sp. z o.o.', 'invoice_start']])
  assert.equal((await found(client, '1000')).length, 6)
  assert.deepEqual(await found(client, 'MOLLER stahlbau'), [['Möller Stahlbau GmbH', 'name']])
  assert.deepEqual(await found(client, 'lodzka'), [['Łódzka Hurtownia Sp. z o.o.', 'name_start']])
  await client.debtor.update({ where: { id: debtors[5]?.id ?? 0 }, data: { number: 'k-10x' } })
  assert.deepEqual(await found(client, 'k-10'), [['100% Koffie BV', 'number_start']])
  assert.deepEqual(await found(client, '%'), [])
  assert.deepEqual(await found(client, '   '), [])
})

test('a misspelt name finds similar ones, and even a single one is not taken for what was meant', async t => {
  const { client } = await createTestDatabase(t)
  await aLedger(client, names)

  const { hits, meant } = await lookUp(client, fullSight, 'Stahlbua')

  assert.deepEqual([hits.map(({ name, by }) => [name, by]), meant], [[['Möller Stahlbau GmbH', 'similar_name']], null])
  assert.deepEqual(await found(client, 'xyzzy'), [])
})

test('one letter wrong, missing or too many, or two swapped, is found; words that many names hold say nothing', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId } = await aLedger(client, [...names, 'Kowalski Transport'])
  const others = Array.from({ length: 120 }, (_, index) => ({ name: `Firma ${index} Transport`, searchName: `firma ${index} transport` }))
  await client.debtor.createMany({ data: others.map((other, index) => ({ administrationId, number: String(20_001 + index), ...other })) })
  const similar = async (text: string) => (await found(client, text)).filter(([, by]) => by === 'similar_name').map(([name]) => name)

  for (const typed of ['Kowaslki', 'Kwalski', 'Kowwalski', 'Kowalsxi', 'xowalski', 'Kowalksi'])
    assert.deepEqual(await similar(typed), ['Kowalski Transport'], typed)
  assert.deepEqual(await similar('Visesr'), ['Bakkerij De Visser', 'Visser & Zonen NV', 'Visser Installatie BV'])
  assert.deepEqual(await similar('Kowlaski Transport'), ['Kowalski Transport'], 'not each of the 120 with the same second word')
  assert.equal((await similar('Stahlbau Moeler'))[0], 'Möller Stahlbau GmbH')
  assert.deepEqual(await similar('Qwertz Transport'), [])
})

test('purchase orders, payment references, company numbers, mail addresses and contacts lead to their debtor', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId, debtors } = await aLedger(client, names)
  const item = await anItem(client, { administrationId, debtorId: debtors[0]?.id ?? 0 }, 'A-1', '2026-02-01', '100')
  await client.invoice.update({ where: { id: item.id }, data: { poNumber: 'PO-4711', paymentReference: '+++123/4567/89002+++' } })
  await client.debtor.update({ where: { id: debtors[1]?.id ?? 0 }, data: { companyNumber: '12345678', vatNumber: 'NL123456782B90' } })
  await client.contact.create({ data: { debtorId: debtors[2]?.id ?? 0, name: 'Petra Willemsen', email: 'petra@bakkerij.example' } })
  const answers = async (text: string) => (await lookUp(client, fullSight, text)).hits.map(({ number, by, found: what }) => [number, by, what])

  assert.deepEqual(await answers('po-4711'), [['10001', 'po', 'PO-4711']])
  assert.deepEqual(await answers('123/4567/89002'), [['10001', 'reference', null]])
  assert.deepEqual(await answers('12.345.678'), [['10002', 'company_number', '12345678']])
  assert.deepEqual(await answers('NL 1234.56.782.B90'), [['10002', 'company_number', 'NL123456782B90']])
  assert.deepEqual(await answers('Petra@Bakkerij.example'), [['10003', 'email', 'petra@bakkerij.example']])
  assert.deepEqual(await answers('willemsen'), [['10003', 'contact', 'Petra Willemsen']])
})

test('hits come in pages, and too many are said to be too many', async t => {
  const { client } = await createTestDatabase(t)
  await aLedger(
    client,
    Array.from({ length: 101 }, (_, index) => `Bakker ${String(index).padStart(3, '0')}`),
  )

  const first = await lookUp(client, fullSight, 'bakker', { limit: 20 })
  const last = await lookUp(client, fullSight, 'bakker', { limit: 20, offset: 80 })

  assert.deepEqual([first.hits.length, first.total >= 100, first.isCut, first.meant], [20, true, true, null])
  assert.equal(last.hits.length, 20)
  assert.ok(last.hits.every(({ id }) => first.hits.every(hit => hit.id !== id)))
})

test('an archived debtor, or one out of sight, is found by nothing', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId, debtors } = await aLedger(client, names)
  const hidden = debtors[3]?.id ?? 0
  await client.debtor.update({ where: { id: hidden }, data: { archived: true } })
  await anItem(client, { administrationId, debtorId: debtors[0]?.id ?? 0 }, 'A-1', '2026-02-01', '100')
  await client.contact.create({ data: { debtorId: debtors[0]?.id ?? 0, name: 'Petra Willemsen', email: 'petra@visser.example' } })
  const sight = { administrations: ['XX'], mailboxes: ['*'] }

  assert.deepEqual([...(await found(client, 'moller')), ...(await found(client, '10004'))], [])
  for (const text of ['10001', '100', 'A-1', 'visser', 'vissre', 'petra@visser.example', 'willemsen']) {
    assert.ok((await lookUp(client, fullSight, text)).total > 0, text)
    assert.equal((await lookUp(client, sight, text)).total, 0, text)
  }
})

test('any text can be looked up', async t => {
  const { client } = await createTestDatabase(t)
  await aLedger(client, names)

  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', '\0', String.raw`\ % _ ' "`, 'x'.repeat(5000))), async text => {
      const { hits, total } = await lookUp(client, fullSight, text)

      assert.ok(hits.length <= total)
    }),
    { numRuns: 60 },
  )
})

test('nothing that is known of a debtor out of sight leads to it', async t => {
  const { client } = await createTestDatabase(t)
  await aLedger(client, names)
  const other = await client.administration.create({ data: { code: 'XX', name: 'Second Book' } })
  const data = { administrationId: other.id, number: '77001', name: 'Hidden Visser BV', searchName: 'hidden visser', companyNumber: '87654321' }
  const hidden = await client.debtor.create({ data })
  await anItem(client, { administrationId: other.id, debtorId: hidden.id }, 'H-2026-77', '2026-01-01', '100')
  await client.contact.create({ data: { debtorId: hidden.id, name: 'Petra Hidden', email: 'petra@hidden.example' } })
  const sight = { administrations: ['HL'], mailboxes: [] }
  const known = fc.constantFrom('77001', 'Hidden Visser BV', '87654321', 'H-2026-77', 'Petra Hidden', 'petra@hidden.example')
  const part = fc.tuple(known, fc.nat({ max: 6 }), fc.integer({ min: 2, max: 20 })).map(([text, from, length]) => text.slice(from, from + length))

  await fc.assert(
    fc.asyncProperty(part, async text => {
      const { hits, meant } = await lookUp(client, sight, text, { limit: 100 })

      assert.ok(hits.every(({ id }) => id !== hidden.id) && meant?.id !== hidden.id, text)
    }),
    { numRuns: 60 },
  )
})
