import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { fullSight } from '#people'
import { type DbClient, fixedClock, Prisma } from '#platform'
import { countDebtors, find, parseQuery, readSearchContext, type SearchContext, searchDebtors } from '#search'
import { createTestDatabase } from '../support/database.ts'
import { anyQuery } from './arbitrary-query.ts'
import { aLedger, anItem } from './ledger.ts'

const context: SearchContext = { sight: fullSight, today: Temporal.PlainDate.from('2026-03-02'), timeZone: 'Europe/Amsterdam' }

async function found(client: DbClient, text: string, as: Partial<SearchContext> = {}): Promise<string[]> {
  const parsed = parseQuery(text)
  if (parsed.kind === 'problem') return assert.fail(`${text}: ${parsed.problem.code}`)
  const { hits, total } = await searchDebtors(client, parsed.query, { ...context, ...as }, { limit: 50 })
  assert.equal(total, hits.length)
  return hits.map(({ name }) => name)
}

const names = ['Visser Installatie BV', 'Möller Stahlbau GmbH', 'Atelier Dupont SARL', 'Łódzka Hurtownia Sp. z o.o.']
const [visser, moller, dupont, lodzka] = names as [string, string, string, string]

/** Four debtors: Visser overdue, Möller not due, Dupont overdue in two currencies, Łódzka with nothing open. */
async function aPortfolio(client: DbClient) {
  const { administrationId, debtors } = await aLedger(client, names)
  const id = (index: number) => debtors[index]?.id ?? 0
  const of = (index: number) => ({ administrationId, debtorId: id(index) })
  await client.debtor.update({ where: { id: id(0) }, data: { country: 'NL', language: 'nl', collector: 'jan', legalForm: 'BV', companyNumber: '12345678' } })
  await client.debtor.update({ where: { id: id(1) }, data: { country: 'DE', language: 'de', partyType: 'prospect' } })
  await client.debtor.update({ where: { id: id(2) }, data: { country: 'FR', language: 'fr', collector: 'eva' } })
  await anItem(client, of(0), 'V-1', '2026-01-15', '12000')
  await anItem(client, of(0), 'V-2', '2026-04-15', '500')
  await anItem(client, of(1), 'M-1', '2026-03-02', '9000')
  await anItem(client, of(2), 'D-1', '2026-02-20', '6000')
  await anItem(client, of(2), 'D-2', '2026-02-21', '6000', 'GBP')
  return { administrationId, id }
}

test('what is owed: sums, ages and due days', async t => {
  const { client } = await createTestDatabase(t)
  await aPortfolio(client)

  assert.deepEqual(await found(client, 'overdue:>10000'), [visser])
  assert.deepEqual(await found(client, 'overdue'), [visser, dupont], 'the most overdue first')
  assert.deepEqual(await found(client, 'balance:12500'), [visser])
  assert.deepEqual(await found(client, 'balance:0'), [lodzka])
  assert.deepEqual(await found(client, 'days_overdue:>30'), [visser])
  assert.deepEqual(await found(client, 'days_overdue:1..20'), [dupont], 'an item is overdue from the day after its due date')
  assert.deepEqual(await found(client, 'due:2026-02 OR due:>2026-03'), [visser, dupont])
  assert.deepEqual(await found(client, 'currency:GBP'), [dupont])
  assert.deepEqual(await found(client, 'item:500'), [visser])
  assert.deepEqual(await found(client, '-overdue country:DE'), [moller])
})

test('thresholds go across currencies by the reporting rates, and within each currency without them', async t => {
  const { client } = await createTestDatabase(t)
  await aPortfolio(client)
  const rates = { currency: 'EUR', rates: new Map([['GBP', new Prisma.Decimal('1.2')]]) }

  assert.deepEqual(await found(client, 'overdue:>=13000'), [])
  assert.deepEqual(await found(client, 'overdue:>=13000', { rates }), [dupont], '6,000 euros and 6,000 pounds at 1.2')
  assert.deepEqual(await found(client, 'overdue:>7000 country:FR', { rates: { currency: 'EUR', rates: new Map() } }), [], 'no rate, no addition')
})

test('a search for sums tells which currencies no rate joins with others, of administrations in sight', async t => {
  const { client } = await createTestDatabase(t)
  await aPortfolio(client)
  const rates = { currency: 'EUR', rates: new Map([['USD', new Prisma.Decimal('0.9')]]) }
  const unconverted = async (text: string, as: Partial<SearchContext> = {}) => {
    const answer = await find(client, text, { ...context, ...as }, { limit: 5 })
    return answer.kind === 'found' && answer.unconverted
  }

  assert.deepEqual(await unconverted('overdue:>5k', { rates }), ['GBP'])
  assert.deepEqual(await unconverted('country:FR OR -balance:0'), ['EUR', 'GBP'])
  assert.deepEqual(await unconverted('country:FR', { rates }), [], 'no sum is asked for')
  assert.deepEqual(await unconverted('overdue:>5k', { sight: { administrations: ['XX'], mailboxes: [] } }), [])
})

test('rates are those of the settings’ reporting currency, young enough on the day', async t => {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T10:00:00Z')
  const read = () => readSearchContext(client, { sight: fullSight, clock, timeZone: 'Europe/Amsterdam' })
  const without = await read()
  await client.currencyRate.createMany({
    data: [
      { day: new Date('2026-02-26'), currency: 'GBP', rate: 0.7 },
      { day: new Date('2026-02-27'), currency: 'GBP', rate: 0.8 },
      { day: new Date('2026-03-03'), currency: 'GBP', rate: 0.9 },
      { day: new Date('2026-02-01'), currency: 'PLN', rate: 4 },
    ],
  })

  const { rates, today } = await read()

  assert.equal(without.rates, undefined)
  assert.equal(today.toString(), '2026-03-02')
  assert.equal(rates?.currency, 'EUR')
  assert.deepEqual(
    [...(rates?.rates ?? [])].map(([currency, rate]) => [currency, rate.toFixed()]),
    [
      ['EUR', '1'],
      ['GBP', '1.25'],
    ],
  )
})

test('master data: words, codes, lists and what is missing', async t => {
  const { client } = await createTestDatabase(t)
  await aPortfolio(client)

  assert.deepEqual(await found(client, 'moller'), [moller])
  assert.deepEqual(await found(client, 'name:"lodzka hurt"'), [lodzka])
  assert.deepEqual(await found(client, 'name:=visser'), [], 'the whole name is asked for')
  assert.deepEqual(await found(client, 'name:="Visser Installatie"'), [visser])
  assert.deepEqual(await found(client, 'country:nl,DE'), [visser, moller])
  assert.deepEqual(await found(client, 'country:none'), [lodzka])
  assert.deepEqual((await found(client, 'collector:none')).toSorted(), [moller, lodzka].toSorted())
  assert.deepEqual(await found(client, 'party:prospect'), [moller])
  assert.deepEqual((await found(client, 'number:1000* -number:10001')).toSorted(), [moller, dupont, lodzka].toSorted())
  assert.deepEqual(await found(client, 'company_number:"12.34.56.78"'), [visser])
  assert.deepEqual(await found(client, 'd1'), [dupont], 'a bare word may be an invoice number')
  assert.deepEqual(await found(client, 'administration:"harbourlight trading" BV'), [visser])
})

test('behaviour, contacts and work', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId, id } = await aPortfolio(client)
  const paid = { administrationId, debtorId: id(0), searchNumber: 'X', currency: 'EUR', amount: 10, openAmount: 0, status: 'closed', closedReason: 'paid' }
  await client.invoice.create({ data: { ...paid, number: 'P-1', dueDate: new Date('2026-01-01'), closedOn: new Date('2026-01-31') } })
  await client.invoice.create({ data: { ...paid, number: 'P-2', dueDate: new Date('2026-02-10'), closedOn: new Date('2026-02-05') } })
  await client.promiseToPay.create({ data: { debtorId: id(0), status: 'kept' } })
  await client.promiseToPay.create({ data: { debtorId: id(0), status: 'broken' } })
  await client.promiseToPay.create({ data: { debtorId: id(2), promisedOn: new Date('2026-03-05') } })
  await client.dispute.create({ data: { debtorId: id(1), reason: 'price', ownerId: 1, answerDue: new Date('2030-01-01') } })
  await client.dunningHold.create({ data: { debtorId: id(1), reason: 'dispute' } })
  await client.contact.create({ data: { debtorId: id(0), name: 'Petra Vos', email: 'petra@visser.example', phone: '+31 20 555 0100' } })
  await client.contact.create({ data: { debtorId: id(1), email: 'ap@moller.example', emailStatus: 'bounced', absentUntil: new Date('2026-03-09') } })
  const takenBack = { administrationId, debtorId: id(0), source: 'bank', status: 'reversed', currency: 'EUR' }
  await client.payment.create({ data: { ...takenBack, reference: 'R1', receivedOn: new Date('2026-02-26'), amount: 60 } })
  await client.payment.create({ data: { ...takenBack, reference: 'R2', receivedOn: new Date('2026-02-28'), amount: -60 } })
  await client.note.create({ data: { debtorId: id(2), text: 'Pays on Fridays' } })
  await client.payment.create({ data: { administrationId, debtorId: id(3), reference: 'B1', receivedOn: new Date('2026-02-27'), currency: 'EUR', amount: 75 } })

  assert.deepEqual(await found(client, 'days_late:12.5'), [visser], 'thirty days late and five days early')
  assert.deepEqual(await found(client, 'promises_kept:50%'), [visser])
  assert.deepEqual(await found(client, 'broken_promise'), [visser])
  assert.deepEqual(await found(client, 'promised:today..+7d'), [dupont])
  assert.deepEqual(await found(client, 'dispute hold dispute_reason:price'), [moller])
  assert.deepEqual(await found(client, 'unapplied last_payment:>-7d'), [lodzka])
  assert.deepEqual(await found(client, 'last_payment:>-7d'), [lodzka], 'what the bank took back is no payment')
  assert.deepEqual(await found(client, 'phone:020-5550100'), [visser], 'kept as +31 20')
  assert.deepEqual(await found(client, 'contact:petra email:@visser.example phone:205550100'), [visser])
  assert.deepEqual(await found(client, 'bounced absent'), [moller])
  assert.deepEqual((await found(client, 'unreachable')).toSorted(), [moller, dupont, lodzka].toSorted())
  assert.deepEqual(await found(client, 'note:fridays'), [dupont])
})

test('any query runs, whatever is in it', async t => {
  const { client } = await createTestDatabase(t)
  await aPortfolio(client)
  const rates = { currency: 'EUR', rates: new Map([['GBP', new Prisma.Decimal('1.2')]]) }

  await fc.assert(
    fc.asyncProperty(anyQuery, fc.boolean(), async (query, converted) => {
      const asked = { ...context, ...(converted && { rates }) }

      const [fitting, others, all] = [
        await countDebtors(client, query, asked),
        await countDebtors(client, { kind: 'not', part: query }, asked),
        await countDebtors(client, { kind: 'all' }, asked),
      ]

      assert.equal(fitting + others, all, 'each debtor fits a query or its opposite')
    }),
    { numRuns: 120 },
  )
})

test('no query finds a debtor of an administration out of sight', async t => {
  const { client } = await createTestDatabase(t)
  await aPortfolio(client)
  const other = await client.administration.create({ data: { code: 'XX', name: 'Second Book' } })
  const hidden = await client.debtor.create({ data: { administrationId: other.id, number: '1', name: 'Hidden BV', searchName: 'hidden', country: 'NL' } })
  await anItem(client, { administrationId: other.id, debtorId: hidden.id }, 'H-1', '2026-01-01', '99999')
  const sight = { administrations: ['HL'], mailboxes: [] }

  await fc.assert(
    fc.asyncProperty(anyQuery, async query => {
      const { hits, total } = await searchDebtors(client, query, { ...context, sight }, { limit: 50 })

      assert.ok(hits.every(({ id }) => id !== hidden.id))
      assert.ok(total <= names.length)
    }),
    { numRuns: 120 },
  )
})
