import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { defaultMapping, defaultMatchingRules, matchPayments } from '#ledger'
import { aBank, mt940 } from '../statements/support.ts'
import { theBooks } from './support.ts'

const header = 'administration,debtor_number,debtor_name,invoice_number,due_date,amount,open_amount'
const alderRow = (number: string, open: string) => `NL01,1,Alder BV,${number},2026-02-01,100.00,${open}`
/** Cents as an amount. */
const inUnits = (amount: number) => (amount / 100).toFixed(2)
type Bank = Awaited<ReturnType<typeof aBank>>

const imports = (bank: Bank, content: string[], full = false) =>
  bank.import({ file: bank.file('ledger.csv', content), mapping: { ...defaultMapping(), full_export: full }, confirm: true })
const match = (bank: Bank) => matchPayments({ client: bank.db, clock: bank.clock, calendars: {}, rules: defaultMatchingRules }, { again: true })
const owed = async (bank: Bank, administration: string) => {
  const rows = await bank.db.invoice.findMany({ where: { administration: { code: administration } }, orderBy: { number: 'asc' } })
  return rows.map(each => `${each.number} ${each.openAmount.toFixed(2)} ${each.status}`)
}
/** A statement of 2 March with these payments, for an account of its own. */
const statementOf = (payments: [string, string][], account: string) => {
  const total = payments.reduce((sum, [amount]) => sum + Math.round(Number(amount) * 100), 0)
  const lines = payments.flatMap(([amount, text]) => [`:61:2603020302C${amount.replace('.', ',')}NTRFNONREF`, `:86:${text}`])
  const closing = `${Math.floor((100_000 + total) / 100)},${String((100_000 + total) % 100).padStart(2, '0')}`
  return mt940(lines, { account, closing })
}

test('bank money that is ahead of the ledger counts, until the ledger shows it; nothing is closed twice', async t => {
  const bank = await aBank(t)
  bank.clock.set('2026-03-01T08:00:00Z')
  await imports(bank, [header, alderRow('2026-0001', '100.00'), alderRow('2026-0002', '100.00')])
  bank.clock.set('2026-03-03T08:00:00Z')
  await bank.statement(
    bank.file(
      's.sta',
      statementOf(
        [
          ['100.00', '2026-0001'],
          ['40.00', 'Alder 2026-0002'],
        ],
        'NL91ABNA0417164300',
      ),
    ),
  )
  await match(bank)
  await bank.db.payment.updateMany({ where: { amount: 40 }, data: { payerName: 'Alder BV' } })
  await match(bank)
  const ahead = await owed(bank, 'NL01')

  await imports(bank, [header, alderRow('2026-0001', '100.00'), alderRow('2026-0002', '100.00')])
  const behind = await owed(bank, 'NL01')
  bank.clock.set('2026-03-04T08:00:00Z')
  const caughtUp = await imports(bank, [header, alderRow('2026-0002', '60.00')], true)

  assert.deepEqual(ahead, ['2026-0001 0.00 closed', '2026-0002 60.00 open'])
  assert.deepEqual(behind, ahead)
  assert.deepEqual(await owed(bank, 'NL01'), ahead)
  assert.equal(caughtUp.counts.invoicesClosed, 0)
  assert.equal((await bank.db.invoice.findFirstOrThrow({ where: { number: '2026-0001' } })).closedReason, 'paid')
})

test('the word of a ledger that had ten days for it counts again', async t => {
  const bank = await aBank(t)
  const file = [header, 'NL01,1,Alder BV,2026-0001,2026-02-01,100.00,100.00']
  bank.clock.set('2026-03-01T08:00:00Z')
  await imports(bank, file)
  await bank.statement(bank.file('s.sta', statementOf([['100.00', '2026-0001']], 'NL91ABNA0417164300')))
  await match(bank)
  const paid = await owed(bank, 'NL01')

  bank.clock.set('2026-03-20T08:00:00Z')
  await imports(bank, file)

  assert.deepEqual([paid, await owed(bank, 'NL01')], [['2026-0001 0.00 closed'], ['2026-0001 100.00 open']])
})

test('a credit that the ledger booked before a payment came does not hide behind the payment', async t => {
  const bank = await aBank(t)
  bank.clock.set('2026-03-01T08:00:00Z')
  await imports(bank, [header, 'NL01,1,Alder BV,2026-0001,2026-02-01,100.00,80.00'])

  await bank.statement(bank.file('s.sta', statementOf([['80.00', '2026-0001']], 'NL91ABNA0417164300')))
  await match(bank)

  assert.deepEqual(await owed(bank, 'NL01'), ['2026-0001 0.00 closed'])
})

test('wherever the statement comes between two exports of the ledger, and however often each comes, the end is the same', async t => {
  const bank = await aBank(t)
  let run = 0
  const cents = fc.integer({ min: 100, max: 50_000 })
  const step = fc.array(fc.constantFrom('old', 'new', 'bank'), { maxLength: 3 })

  await fc.assert(
    fc.asyncProperty(cents, cents, step, async (full, part, extra) => {
      const ends: string[][] = []
      const more = inUnits(full + part)
      for (const order of [
        ['old', 'new', 'bank'],
        ['old', 'bank', 'new'],
        ['bank', 'old', 'new'],
      ]) {
        run += 1
        const [code, account] = [`R${run}`, `ACC${String(run).padStart(8, '0')}`]
        await bank.db.administration.create({ data: { code, name: code } })
        await bank.db.bankAccount.create({ data: { number: account, administration: { connect: { code } } } })
        const row = (number: string, open: string) => `${code},1,Alder BV,${number},2026-02-01,${more},${open}`
        const files = {
          old: () => imports(bank, [header, row('2026-0001', more), row('2026-0002', more)]),
          new: () => imports(bank, [header, row('2026-0001', '0.00'), row('2026-0002', inUnits(part))]),
          bank: async () => {
            await bank.statement(
              bank.file(
                's.sta',
                statementOf(
                  [
                    [more, '2026-0001'],
                    [inUnits(full), '+++000/0000/00101+++ 2026-0002'],
                  ],
                  account,
                ),
              ),
            )
            await match(bank)
          },
        }
        // The partly paid one is known by its reference, which makes a part payment sure.
        const steps = [...order, ...extra.filter(each => each !== 'old')] as (keyof typeof files)[]
        for (const each of steps) {
          await files[each]()
          await bank.db.invoice.updateMany({ where: { number: '2026-0002', administration: { code } }, data: { paymentReference: '000000000101' } })
        }
        await match(bank)
        ends.push(await owed(bank, code))
      }

      assert.deepEqual(ends[0], ['2026-0001 0.00 closed', `2026-0002 ${inUnits(part)} open`])
      assert.deepEqual(ends[1], ends[0])
      assert.deepEqual(ends[2], ends[0])
    }),
    { numRuns: 3 },
  )
})

test('allocations never exceed a payment or an invoice, whoever allocates what in whatever order, and taking all back restores everything', async t => {
  const books = await theBooks(t)
  const debtor = await books.debtor('D1000', 'Alder BV')
  let run = 0
  const cents = fc.integer({ min: 1, max: 20_000 })
  const invoices = fc.array(fc.record({ amount: cents, isCredit: fc.boolean() }), { minLength: 1, maxLength: 5 })
  const payments = fc.array(fc.record({ amount: cents, names: fc.array(fc.nat(4), { maxLength: 4 }), day: fc.integer({ min: 20, max: 28 }) }), { maxLength: 6 })
  const clicks = fc.array(fc.record({ payment: fc.nat(5), invoice: fc.nat(4), amount: cents, waived: fc.nat(500), sign: fc.constantFrom('', '-') }), {
    maxLength: 6,
  })

  await fc.assert(
    fc.asyncProperty(invoices, payments, clicks, async (items, money, decisions) => {
      run += 1
      const number = (index: number) => `${run}26-0${index}01`
      for (const [index, { amount, isCredit }] of items.entries()) await books.invoice(debtor.id, number(index), `${isCredit ? '-' : ''}${inUnits(amount)}`)
      const ids: number[] = []
      for (const { amount, names, day } of money)
        ids.push(await books.pay(inUnits(amount), { text: names.map(number).join(' '), on: `2026-02-${day}`, name: 'Alder BV' }))
      const click = async ({ payment, invoice, amount, waived, sign }: (typeof decisions)[number]) => {
        const [id, item] = [ids[payment % Math.max(1, ids.length)], number(invoice % items.length)]
        if (id !== undefined)
          await books.settle(id, { kind: 'allocate', allocations: [await books.allocation(item, `${sign}${inUnits(amount)}`, `${sign}${inUnits(waived)}`)] })
      }

      await Promise.all([books.match(), ...decisions.slice(0, 3).map(click)])
      for (const decision of decisions.slice(3)) await click(decision)

      const beyond = await books.db.$queryRaw<unknown[]>`
        SELECT p.id FROM "Payment" p JOIN "PaymentAllocation" a ON a."paymentId" = p.id GROUP BY p.id HAVING sum(a.amount) > p.amount
        UNION ALL SELECT i.id FROM "Invoice" i JOIN "PaymentAllocation" a ON a."invoiceId" = i.id GROUP BY i.id
          HAVING abs(sum(a.amount + a.waived)) > abs(i.amount) OR sign(sum(a.amount + a.waived)) <> sign(i.amount)
        UNION ALL SELECT id FROM "Invoice" WHERE "openAmount" * amount < 0 OR abs("openAmount") > abs(amount) OR (status = 'open') <> ("openAmount" <> 0)`
      assert.deepEqual(beyond, [])
      for (const id of ids) await books.settle(id, { kind: 'unallocate' })
      assert.equal(await books.db.invoice.count({ where: { NOT: { openAmount: { equals: books.db.invoice.fields.amount } } } }), 0)
      await books.db.invoice.deleteMany()
    }),
    { numRuns: 12 },
  )
})
