import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type DraftLanguage, draftLanguages, draftReminder, type ItemOwner, type ReminderItem } from '#drafting'
import type { WorkingLine } from '#dunning'
import { Prisma } from '#platform'

const cents = fc.integer({ min: -50_000_00, max: 50_000_00 }).map(each => new Prisma.Decimal(each).div(100).toFixed(2))
const world = fc.record({
  language: fc.constantFrom<DraftLanguage>(...draftLanguages),
  owners: fc.uniqueArray(fc.record({ administration: fc.constantFrom('Nordlicht BV', 'Nordlicht Ltd'), number: fc.integer({ min: 1, max: 9 }).map(String) }), {
    minLength: 2,
    maxLength: 5,
    selector: ({ administration, number }) => `${administration} ${number}`,
  }),
  // Credit notes are negative.
  items: fc.array(fc.record({ owner: fc.nat(4), amount: cents, currency: fc.constantFrom('EUR', 'GBP') }), { minLength: 1, maxLength: 12 }),
  costs: fc.array(fc.record({ owner: fc.nat(4), amount: fc.constantFrom('40.00', '0.00', '12.34') }), { maxLength: 4 }),
})

const sumOf = (amounts: readonly { amount: string; currency: string }[], currency: string): string =>
  amounts.reduce((sum, each) => (each.currency === currency ? sum.add(each.amount) : sum), new Prisma.Decimal(0)).toFixed()

test('whatever the debtors of a central file owe, each has its own part, and parts and charges add up to the totals, currency by currency', () => {
  fc.assert(
    fc.property(world, ({ language, owners: wanted, items: given, costs }) => {
      const owners: ItemOwner[] = wanted.map((owner, index) => ({ ...owner, debtor: `Debtor ${'ABCDE'[index]}` }))
      const ownerOf = (index: number): ItemOwner => owners[index % owners.length] ?? assert.fail()
      const items = given.map(
        ({ owner, amount, currency }, index): ReminderItem => ({
          number: `F-${index}`,
          invoiceDate: null,
          due: '2026-05-01',
          daysLate: 9,
          open: { amount, currency },
          stage: 'final_notice',
          owner: ownerOf(owner),
        }),
      )
      const working = (owner: ItemOwner) =>
        costs.flatMap((cost): WorkingLine[] => {
          const amount = { amount: new Prisma.Decimal(cost.amount), currency: 'EUR' }
          return ownerOf(cost.owner) === owner ? [{ kind: 'compensation', invoice: 'F-0', principal: amount, amount, source: 'x' }] : []
        })
      const apart = owners.map(owner => ({ owner, charges: { kind: 'claim' as const, working: working(owner) } }))

      const drafted = draftReminder(
        { language, administration: 'Nordlicht BV' },
        { template: 'final_notice', channel: 'email', items, apart, creditor: { name: 'Nordlicht BV' }, country: 'NL' },
      )

      const headed = owners.filter(owner => items.some(item => item.owner === owner))
      for (const { debtor } of headed) assert.ok(drafted.overview.includes(`(${debtor})`))
      for (const { number } of items) assert.equal(drafted.overview.split('\n').filter(line => line.startsWith(`${number} `)).length, 1)
      const known = drafted.amounts.map(amount => new Prisma.Decimal(amount).toFixed())
      const extra = costs.map(({ amount }) => ({ amount, currency: 'EUR' }))
      for (const currency of new Set(items.map(({ open }) => open.currency))) {
        const all = items.map(({ open }) => open)
        assert.ok(known.includes(sumOf(all, currency)), 'the total of all')
        if (extra.some(({ amount }) => amount !== '0.00')) assert.ok(known.includes(sumOf([...all, ...extra], currency)), 'the total with all charges')
        for (const owner of headed) {
          const own = items.flatMap(item => (item.owner === owner && item.open.currency === currency ? [item.open] : []))
          if (own.length > 0) assert.ok(known.includes(sumOf(own, currency)), 'a subtotal')
        }
      }
    }),
    { numRuns: 60 },
  )
})
