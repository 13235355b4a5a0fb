import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { fullSight } from '#people'
import { type DbClient, Prisma } from '#platform'
import { find, parseQuery, problemText, queryHelp, type SearchContext } from '#search'
import { createTestDatabase } from '../support/database.ts'
import { aCompany, number, text } from './bureau.ts'
import { aLedger, anItem } from './ledger.ts'

const context: SearchContext = { sight: fullSight, today: Temporal.PlainDate.from('2026-03-02'), timeZone: 'Europe/Amsterdam' }

async function found(client: DbClient, query: string, as: Partial<SearchContext> = {}): Promise<string[]> {
  const result = await find(client, query, { ...context, ...as }, { limit: 50 })
  if (result.kind === 'problem') return assert.fail(`${query}: ${problemText(result.problem)}`)
  return result.hits.map(({ name }) => name)
}

const at = (day: string) => new Date(`${day}T22:00:00Z`)

/** Aster is rated D with 90 % of its limit used, Birch is insolvent, Cedar is another bureau's AAA without credit, Dogwood has no valid number. */
async function aWatchedPortfolio(client: DbClient) {
  const { administrationId, debtors } = await aLedger(client, ['Aster BV', 'Birch GmbH', 'Cedar SA', 'Dogwood Ltd'])
  const [aster = 0, birch = 0, cedar = 0, dogwood = 0] = debtors.map(({ id }) => id)
  await client.debtor.update({ where: { id: aster }, data: { country: 'BE' } })
  const item = (debtorId: number, key: string, due: string, amount: string, currency?: string) =>
    anItem(client, { administrationId, debtorId }, key, due, amount, currency)
  await item(aster, 'A1', '2026-01-15', '12000')
  await item(birch, 'B1', '2026-04-15', '9000')
  await item(cedar, 'C1', '2026-02-01', '500', 'GBP')
  await item(dogwood, 'D1', '2026-02-01', '700')
  await client.order.create({ data: { administrationId, debtorId: aster, number: 'O-1', currency: 'EUR', amount: '1500' } })
  const company = await aCompany(client, aster, {
    ratingClass: 'D',
    normalisedScore: '25',
    values: {
      international_rating: text('D'),
      score: number('25', 100),
      credit_limit: { is: 'money', amount: '15000', currency: 'EUR' },
      days_beyond_terms: number('32'),
      judgments: number('2'),
      privileges: number('0'),
      insolvency: { is: 'none' },
      status: text('Active', 'ACTIVE'),
    },
  })
  await client.creditChange.createMany({
    data: [
      { companyId: company, criterion: 'score', value: number('70', 100), raw: '70', source: 'report', at: at('2025-10-01') },
      { companyId: company, criterion: 'score', before: number('70', 100), value: number('40', 100), raw: '40', source: 'report', at: at('2026-01-10') },
      { companyId: company, criterion: 'score', before: number('40', 100), value: number('25', 100), raw: '25', source: 'report', at: at('2026-02-27') },
    ],
  })
  await aCompany(client, birch, {
    ratingClass: 'E',
    values: {
      international_rating: text('E'),
      score: { is: 'none' },
      insolvency: text('Insolvency proceedings', 'insolven'),
      status: text('NonActive', 'NONACTIVE'),
      credit_limit: { is: 'none' },
    },
    monitoring: 'none',
  })
  await aCompany(client, cedar, {
    bureau: 'lynx',
    ratingClass: 'A',
    normalisedScore: '77',
    values: { rating: text('AAA'), score: number('7.7', 10), credit_limit: { is: 'money', amount: '0', currency: 'GBP' } },
  })
  await client.creditGap.create({ data: { debtorId: dogwood, reason: 'bad_number', checkedAt: at('2026-03-01') } })
  await client.creditPosition.create({
    data: {
      debtorId: aster,
      solvency: 'bad',
      band: 'mid',
      stance: 'reduce',
      exposure: '13500',
      currency: 'EUR',
      why: {},
      version: 0,
      since: at('2026-03-01'),
      placedAt: at('2026-03-01'),
    },
  })
  await client.creditScore.createMany({
    data: [
      { debtorId: aster, version: 0, score: '61', known: 90, terms: [], at: at('2026-02-01') },
      { debtorId: aster, version: 0, score: '33', known: 90, terms: [], at: at('2026-03-01') },
    ],
  })
  await client.creditTag.create({ data: { debtorId: cedar, tag: 'sector_crisis', at: at('2026-03-01') } })
  return { aster, birch, cedar, dogwood }
}

test('debtors are found by what bureaus say of them, on whatever scale, and by why nobody watches them', async t => {
  const { client } = await createTestDatabase(t)
  await aWatchedPortfolio(client)
  const expected: Record<string, string[]> = {
    'rating:D overdue:>10000 country:BE': ['Aster BV'],
    'rating:d,e': ['Aster BV', 'Birch GmbH'],
    'rating:AAA': ['Cedar SA'],
    'rating:A': ['Cedar SA'], // the class that goes with another bureau's letters
    'rating:none': ['Dogwood Ltd'],
    'score:<40': ['Aster BV', 'Cedar SA'],
    'normalised_score:>=70': ['Cedar SA'],
    'score_drop:45': ['Aster BV'], // from 70 in October to 25
    'score_drop_30d:15': ['Aster BV'],
    'score_drop_7d:>20': [],
    'credit_limit:<20000': ['Aster BV', 'Cedar SA'],
    'credit_limit:none': ['Dogwood Ltd', 'Birch GmbH'],
    'limit_used:90': ['Aster BV'], // 12,000 open and 1,500 ordered of 15,000
    'limit_used:>100': ['Cedar SA'], // of a limit of 0 anything is too much
    judgments: ['Aster BV'],
    'judgments:>2': [],
    privileges: [],
    'dbt:>20': ['Aster BV'],
    insolvency: ['Birch GmbH'],
    '-insolvency -monitored': ['Dogwood Ltd'],
    'company_status:nonactive': ['Birch GmbH'],
    monitored: ['Aster BV', 'Cedar SA'],
    not_monitored: ['Dogwood Ltd'],
    'not_monitored:bad_number,gone': ['Dogwood Ltd'],
    'not_monitored:several': [],
    'stance:reduce,stop': ['Aster BV'],
    'scorecard:<40': ['Aster BV'], // the newest result
    'tag:sector_crisis': ['Cedar SA'],
    'exposure_at_risk:>=9000': ['Birch GmbH'], // all of it: insolvent
    'exposure_at_risk:4800': ['Aster BV'], // 40 % for its judgments, not 20 % for its letter
  }

  for (const [query, names] of Object.entries(expected)) {
    assert.deepEqual((await found(client, query)).toSorted(), names.toSorted(), query)
    assert.deepEqual(await found(client, query), await found(client, query), 'the same result twice')
  }
  const rates = { currency: 'EUR', rates: new Map([['GBP', new Prisma.Decimal('1.2')]]) }
  assert.deepEqual(await found(client, 'exposure_at_risk:6', { rates }), ['Cedar SA'], 'one percent of 600 euros')
  assert.deepEqual(await found(client, 'rating:D', { sight: { administrations: ['XX'], mailboxes: 'all' } }), [])
})

test('what is insured is not at risk, up to the limit of the insurer or of the policy, unless a day of the policy was missed', async t => {
  const { client } = await createTestDatabase(t)
  const { aster, birch, cedar } = await aWatchedPortfolio(client)
  const { id } = await client.insurancePolicy.create({
    data: { id: 'all', position: 0, insurer: 'Veilig Krediet', number: 'P-1', warnDays: 7, limitAmount: '400', limitCurrency: 'EUR', insuredPercent: 75 },
  })
  await client.insuredDebtor.createMany({ data: [aster, birch, cedar].map(debtorId => ({ debtorId, policyId: id })) })
  const named = { kind: 'insured', currency: 'EUR', source: 'import', setAt: new Date() }
  await client.debtorLimit.createMany({
    data: [
      { ...named, debtorId: aster, amount: '20000' },
      { ...named, debtorId: birch, amount: '0' }, // refused: the policy's own limit is not for it
    ],
  })
  const rates = { currency: 'EUR', rates: new Map([['GBP', new Prisma.Decimal('1.2')]]) }
  const covered = [
    await found(client, 'exposure_at_risk:1200'), // 40 % of the quarter of 12,000 that is our own
    await found(client, 'exposure_at_risk:>=9000'),
    await found(client, 'exposure_at_risk:5'), // of 500 pounds no limit in euros says anything without a rate
    await found(client, 'exposure_at_risk:3', { rates }), // 600 euros, less three quarters of 400
  ]
  await client.insurancePolicy.update({ where: { id }, data: { reportDays: 1, reportFrom: 'due_date' } })
  const missed = await found(client, 'exposure_at_risk:4800')

  assert.deepEqual(covered, [['Aster BV'], ['Birch GmbH'], ['Cedar SA'], ['Cedar SA']])
  assert.deepEqual(missed, ['Aster BV'])
})

test('a wrong value of a credit field is told at its place, and each field stands in the help', () => {
  const wrong = parseQuery('not_monitored:bad_nubmer')

  assert.equal(wrong.kind === 'problem' && problemText(wrong.problem).includes('Did you mean bad_number?'), true)
  assert.equal(parseQuery('insolvency:yes').kind, 'problem')
  for (const name of ['rating:', 'score_drop_30d:', 'limit_used:', 'insolvency ', 'not_monitored:', 'stance:'])
    assert.ok(queryHelp().includes(`  ${name}`), name)
})
