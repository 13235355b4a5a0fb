import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { Prisma } from '#platform'
import { type ChargesInput, lateCharges } from '../../../src/dunning/law/late-charges.ts'
import { lateChargesKind, usableRates } from '../../../src/dunning/law/late-charges-kind.ts'
import { missingRates } from '../../../src/dunning/law/missing-rates.ts'
import { consumerCosts } from '../../../src/dunning/law/recovery-costs.ts'
import { interestLaws } from '../../../src/dunning/law/statutes.ts'
import { kindFaults } from '../../support/kind-faults.ts'

const day = (iso: string) => Temporal.PlainDate.from(iso)
const euro = (amount: string, currency = 'EUR') => ({ currency, amount: new Prisma.Decimal(amount) })
const settings = (written: object = {}) => lateChargesKind.schema.parse(written)
const everything = { interest: true, compensation: true, consumers: { interest: true, costs: ['NL', 'BE'] } }
const rulesOf = (written: object = everything) => {
  const found = settings({ administrations: { a: written } }).administrations.a
  if (!found) throw new Error('no rules')
  return found
}
const confirmed = usableRates(settings())
const newRate = { reference: 'ecb', from: '2026-07-01', until: '2026-12-31', percentage: '2.40', source: 'looked up' }

type Given = Partial<Omit<ChargesInput, 'items' | 'until'>> & { dueOn: string; until: string; open?: string; currency?: string; remindedOn?: string }
function charge({ dueOn, until, open = '10000', currency = 'EUR', remindedOn, ...given }: Given) {
  const item = { invoice: 'F-1', dueOn: day(dueOn), open: euro(open, currency), remindedOn: remindedOn === undefined ? undefined : day(remindedOn) }
  const known = { country: 'NL', party: 'business', rules: rulesOf(), rates: confirmed, zlotyFor: () => undefined } as const
  return lateCharges({ ...known, ...given, items: [item], until: day(until) })
}
const told = (sums: { currency: string; amount: Prisma.Decimal }[]) => sums.map(({ amount, currency }) => `${amount.toFixed(2)} ${currency}`).join()
const untold = ({ untold: list }: ReturnType<typeof charge>) => list.map(({ what, why, on }) => [what, why, on].filter(Boolean).join(' '))

const zlotyAt = (rate: string) => () => ({ perEuro: new Prisma.Decimal(rate), day: '2025-12-31' })
const belgian = { country: 'BE', party: 'consumer' } as const
const agreed = (rate: string) => rulesOf({ interest: true, rate, consumers: { interest: true, rate } })
const faultsOf = (section: string) => kindFaults([lateChargesKind], `lateCharges:\n  ${section}\n`).join('\n')

test('interest is simple, from the day after the due date, and split where the rate changes', () => {
  const one = charge({ dueOn: '2026-01-31', until: '2026-03-17' })
  const two = charge({ dueOn: '2026-06-10', until: '2026-07-25', rates: usableRates(settings({ rates: [newRate] })) })

  assert.equal(told(one.interest), '125.14 EUR') // 10,000 x 10.15% x 45/365
  assert.equal(told(two.interest), '126.85 EUR')
  assert.deepEqual(
    two.working.flatMap(line =>
      line.kind === 'interest' ? [`${line.from} ${line.until} ${line.days} ${line.percentage} ${line.amount.amount.toFixed()}`] : [],
    ),
    ['2026-06-11 2026-06-30 20 10.15 55.62', '2026-07-01 2026-07-25 25 10.4 71.23'],
  )
  assert.match(two.working[1]?.source ?? '', /6:119a.*looked up/)
  assert.deepEqual([one.rate, two.rate], ['10.15', '10.4'])
})

test('each country has its rate between businesses and its lump sum', () => {
  const rates = usableRates(settings({ unconfirmed: true }))
  const of = (country: string, currency = 'EUR') => {
    const { interest, compensation, working } = charge({
      country,
      currency,
      dueOn: '2026-01-31',
      until: '2026-02-01',
      open: '365000',
      rates,
      zlotyFor: zlotyAt('4.25'),
    })
    const [line] = working
    return [country, line?.kind === 'interest' && line.percentage, told(interest), told(compensation)].join(' ')
  }

  assert.deepEqual(
    [of('NL'), of('BE'), of('DE'), of('FR'), of('PL', 'PLN'), of('GB', 'GBP')],
    [
      'NL 10.15 101.50 EUR 40.00 EUR',
      'BE 10.5 105.00 EUR 40.00 EUR', // rounded up to the next half point
      'DE 10.27 102.70 EUR 40.00 EUR',
      'FR 12.15 121.50 EUR 40.00 EUR',
      'PL 14 140.00 PLN 425.00 PLN',
      'GB 11.75 117.50 GBP 100.00 GBP',
    ],
  )
})

test('a British debt keeps the rate of the half-year in which it became late; a German consumer owes five points from the first reminder on', () => {
  const british = charge({ country: 'GB', currency: 'GBP', dueOn: '2025-06-10', until: '2026-02-28', open: '999.99' })
  const german = charge({ country: 'DE', party: 'consumer', dueOn: '2026-01-10', remindedOn: '2026-02-01', until: '2026-02-11', open: '3650' })

  assert.deepEqual(
    british.working.flatMap(line => (line.kind === 'interest' ? [`${line.from} ${line.percentage} ${line.yearDays}`] : line.amount.amount.toFixed())),
    ['2025-06-11 12.75 365', '2026-01-01 12.75 365', '40'],
  )
  assert.equal(told(german.interest), '6.27 EUR')
  assert.deepEqual([untold(german), told(german.compensation)], [[], ''])
})

test('lump sums follow the bands of the law to the cent', () => {
  const british = ['999.99', '1000', '9999.99', '10000'].map(open =>
    told(charge({ country: 'GB', currency: 'GBP', dueOn: '2026-01-31', until: '2026-02-01', open }).compensation),
  )
  const polish = ['5000', '5000.01', '49999.99', '50000'].map(open =>
    told(charge({ country: 'PL', currency: 'PLN', dueOn: '2024-01-31', until: '2024-02-01', open, zlotyFor: zlotyAt('4.3333') }).compensation),
  )

  assert.deepEqual(british, ['40.00 GBP', '70.00 GBP', '70.00 GBP', '100.00 GBP'])
  assert.deepEqual(polish, ['173.33 PLN', '303.33 PLN', '303.33 PLN', '433.33 PLN'])
})

test('what collecting costs a private person follows the Dutch scale and the Belgian limits', () => {
  const costs = (country: string, sums: string[]) =>
    sums.map(sum => {
      const found = consumerCosts(country, euro(sum))
      return typeof found === 'string' ? found : found.amount.amount.toNumber()
    })

  assert.deepEqual(
    costs('NL', ['125', '266.67', '2500', '5000', '10000', '23000', '200000', '1000000', '9999999']),
    [40, 40, 375, 625, 875, 1005, 2775, 6775, 6775],
  )
  assert.deepEqual(costs('BE', ['100', '150', '150.01', '500', '1000', '50000']), [20, 20, 30, 65, 90, 2000])
  assert.deepEqual([consumerCosts('NL', euro('100', 'GBP')), consumerCosts('FR', euro('100'))], ['other_currency', 'no_law'])
})

test('what is not known is said and is part of no sum', () => {
  const cases = [
    charge({ dueOn: '2026-06-01', until: '2026-07-25' }), // the second half of 2026 is not confirmed
    charge({ country: 'PL', currency: 'PLN', dueOn: '2024-01-31', until: '2024-03-01' }),
    charge({ country: 'GB', dueOn: '2026-01-31', until: '2026-02-01' }),
    charge({ country: 'CH', dueOn: '2026-01-31', until: '2026-02-01' }),
    charge({ party: undefined, dueOn: '2026-01-31', until: '2026-02-01' }),
    charge({ country: 'DE', party: 'consumer', dueOn: '2026-01-31', until: '2026-02-01' }),
    charge({ country: 'BE', party: 'consumer', dueOn: '2026-01-31', remindedOn: '2026-02-02', until: '2026-02-09' }),
    charge({ rules: rulesOf({}), dueOn: '2026-01-31', until: '2026-02-01' }),
    charge({ dueOn: '2026-02-01', until: '2026-02-01' }),
  ]

  assert.deepEqual(cases.map(untold), [
    ['interest no_rate 2026-07-01'],
    ['compensation no_exchange_rate'],
    ['compensation other_currency'],
    ['interest no_law', 'compensation no_law'],
    ['interest party_unknown', 'compensation party_unknown'],
    ['interest not_reminded'],
    ['interest no_law'],
    [],
    [],
  ])
  assert.deepEqual(
    cases.map(({ interest, compensation }) => `${told(interest)}|${told(compensation)}`),
    ['|40.00 EUR', '129.45 PLN|', '3.22 EUR|', '|', '|', '|', '|540.00 EUR', '|', '|'],
  )
})

test('an agreed rate counts before the law’s; a Belgian consumer never owes more than the law allows', () => {
  const cases = [{ rules: agreed('6') }, { rules: agreed('15'), country: 'BE' }, { ...belgian, rules: agreed('15') }, { ...belgian, rules: agreed('6') }]

  const interest = cases.map(given => told(charge({ dueOn: '2025-12-31', remindedOn: '2025-12-31', until: '2026-01-10', open: '36500', ...given }).interest))

  assert.deepEqual(interest, ['60.00 EUR', '150.00 EUR', '105.00 EUR', '60.00 EUR'])
})

// With the longest delay no day lies behind the last that every reference has.
const anyDay = fc.integer({ min: 0, max: 1550 }).map(days => day('2020-01-01').add({ days }))
const anyLaw = fc.constantFrom(...interestLaws)
const anySum = fc.integer({ min: 1, max: 1_000_000_000 }).map(cents => new Prisma.Decimal(cents).div(100))

test('a longer delay and a larger sum never cost less, splitting a period changes nothing but rounding, and nothing is owed before it is late', () => {
  const rates = usableRates(settings({ unconfirmed: true }))
  fc.assert(
    fc.property(anyLaw, anySum, anyDay, fc.nat(400), fc.nat(400), ({ country, party, changes }, sum, dueOn, some, more) => {
      const interest = (amount: Prisma.Decimal, from: Temporal.PlainDate, until: Temporal.PlainDate) => {
        const item = { invoice: 'F', dueOn: from, remindedOn: from, open: { currency: 'EUR', amount } }
        const found = lateCharges({
          country,
          party,
          items: [item],
          until,
          rules: rulesOf({ ...everything, compensation: false }),
          rates,
          zlotyFor: () => undefined,
        })
        return { total: found.interest[0]?.amount ?? new Prisma.Decimal(0), lines: found.working.filter(({ kind }) => kind === 'interest').length }
      }
      const [middle, end] = [dueOn.add({ days: some }), dueOn.add({ days: some + more })]
      const [whole, first] = [interest(sum, dueOn, end), interest(sum, dueOn, middle)]

      assert.ok(whole.total.gte(first.total))
      assert.ok(interest(sum.mul(2), dueOn, end).total.gte(whole.total))
      assert.ok(interest(sum, dueOn, dueOn).total.eq(0))
      if (changes === 'never') return // a debt that becomes late later has another rate
      const second = interest(sum, middle, end)
      assert.ok(
        whole.total
          .sub(first.total)
          .sub(second.total)
          .abs()
          .lte(new Prisma.Decimal('0.01').mul(1 + first.lines + second.lines)),
      )
    }),
    { numRuns: 60 },
  )
})

test('rates that nobody confirmed for a day are named by those who ask for interest by law', () => {
  const books = ['nord', 'sud', 'own', 'none'].map(code => ({ code, country: code === 'sud' ? 'DE' : 'NL' }))
  const consumers = { interest: true }
  const asked = { administrations: { nord: { interest: true, consumers }, sud: { consumers }, own: { interest: true, rate: '8' }, none: {} } }

  assert.deepEqual(missingRates(settings(asked), books, '2026-11-22'), ['bundesbank', 'dutch_consumer', 'ecb'])
  assert.deepEqual(missingRates(settings({ ...asked, rates: [newRate] }), books, '2026-11-22'), ['bundesbank', 'dutch_consumer'])
  assert.deepEqual(missingRates(settings(asked), books, '2024-02-29'), [])
})

test('faults of the section are told at their place', () => {
  assert.match(faultsOf('administrations: { a: { interest: true } }'), /^:2:.*names a/)
  assert.match(faultsOf('rates: [{ reference: ecb, from: 2026-07-01, until: 2026-06-30, percentage: "2.4", source: x }]'), /until lies before its first day/)
  assert.match(faultsOf('rates: [{ reference: ecb, from: 2026-07-01, until: 2026-12-31, percentage: 2.4, source: x }]'), /percentage/)
})
