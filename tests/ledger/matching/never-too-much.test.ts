import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { PaymentChoice } from '#ledger'
import { type Books, theBooks } from './support.ts'

const inUnits = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`

/** Payments and items of which more is allocated than they hold, items whose open amount makes no sense, returned money that still pays. */
const beyond = (books: Books) => books.db.$queryRaw<unknown[]>`
  SELECT 'payment' AS of, p.id FROM "Payment" p JOIN "PaymentAllocation" a ON a."paymentId" = p.id GROUP BY p.id HAVING sum(a.amount) > p.amount
  UNION ALL SELECT 'currency', p.id FROM "Payment" p JOIN "PaymentAllocation" a ON a."paymentId" = p.id JOIN "Invoice" i ON i.id = a."invoiceId" WHERE p.currency <> i.currency
  UNION ALL SELECT 'item', i.id FROM "Invoice" i JOIN "PaymentAllocation" a ON a."invoiceId" = i.id GROUP BY i.id
    HAVING abs(sum(a.amount + a.waived)) > abs(i.amount) OR sign(sum(a.amount + a.waived)) <> sign(i.amount)
  UNION ALL SELECT 'open', id FROM "Invoice" WHERE "openAmount" * amount < 0 OR abs("openAmount") > abs(amount) OR (status = 'open') <> ("openAmount" <> 0)
  UNION ALL SELECT 'returned', p.id FROM "Payment" p JOIN "PaymentAllocation" a ON a."paymentId" = p.id WHERE p.status IN ('reversed', 'not_ours', 'unapplied', 'review', 'new')`

const cents = fc.integer({ min: 0, max: 20_000 })
const currency = fc.constantFrom('EUR', 'EUR', 'EUR', 'USD')
const anItem = fc.record({ amount: fc.integer({ min: 1, max: 20_000 }), isCredit: fc.boolean(), currency })
const aLine = fc.record({
  amount: cents,
  isReturn: fc.constantFrom(false, false, true),
  names: fc.array(fc.nat(3), { maxLength: 3 }),
  endToEnd: fc.constantFrom('SAME', 'OTHER', undefined),
  charges: fc.constantFrom(undefined, '2.50'),
  day: fc.integer({ min: 1, max: 9 }),
  currency,
})
const aClick = fc.record({
  payment: fc.nat(5),
  other: fc.nat(5),
  invoice: fc.nat(3),
  amount: cents,
  kind: fc.constantFrom<PaymentChoice['kind']>(
    'allocate',
    'pay_invoices',
    'leave_unapplied',
    'not_ours',
    'seen_before',
    'match_anew',
    'unallocate',
    'returned',
  ),
})

test('no payment and no invoice gives more than it holds, whatever comes in, goes back and is clicked at the same time', async t => {
  const books = await theBooks(t)
  const debtor = await books.debtor('D1000', 'Alder BV')
  let run = 0

  await fc.assert(
    fc.asyncProperty(
      fc.array(anItem, { minLength: 1, maxLength: 4 }),
      fc.array(aLine, { minLength: 1, maxLength: 6 }),
      fc.array(aClick, { maxLength: 8 }),
      async (items, lines, clicks) => {
        run += 1
        const number = (index: number) => `${run}26-0${index % items.length}01`
        for (const [index, item] of items.entries())
          await books.invoice(debtor.id, number(index), `${item.isCredit ? '-' : ''}${inUnits(item.amount)}`, { currency: item.currency })
        const ids: number[] = []
        for (const { amount, isReturn, names, day, ...line } of lines) {
          const text = names.map(number).join(' ')
          const given = Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined))
          ids.push(await books.pay(`${isReturn ? '-' : ''}${inUnits(amount)}`, { text, name: 'Alder BV', on: `2026-03-0${day}`, ...given }))
        }
        const choiceOf = async ({ kind, invoice, amount, other }: (typeof clicks)[number]): Promise<PaymentChoice> => {
          if (kind === 'allocate') return { kind, allocations: [await books.allocation(number(invoice), inUnits(amount))] }
          if (kind === 'pay_invoices') return { kind, numbers: [number(invoice), number(invoice + 1)] }
          if (kind === 'leave_unapplied') return { kind, debtorId: debtor.id }
          return kind === 'returned' ? { kind, paymentId: ids[other % ids.length] ?? 0 } : { kind }
        }
        const click = async (each: (typeof clicks)[number]) => books.settle(ids[each.payment % ids.length] ?? 0, await choiceOf(each))

        await Promise.all([books.match(), ...clicks.slice(0, 3).map(click), books.match({ discountPercent: 2 }, true)])
        for (const each of clicks.slice(3)) await click(each)
        await books.match({}, true)

        assert.deepEqual(await beyond(books), [])
        await books.db.payment.deleteMany()
        await books.db.invoice.deleteMany()
      },
    ),
    { numRuns: 6 },
  )
})
