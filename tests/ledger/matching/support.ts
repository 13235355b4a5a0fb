import type { TestContext } from 'node:test'
import {
  type Allocation,
  defaultMatchingRules,
  findingSchema,
  type MatchingRules,
  matchPayments,
  type PaymentChoice,
  searchName,
  searchNumber,
  settlePayment,
} from '#ledger'
import { fixedClock } from '#platform'
import { createTestDatabase } from '../../support/database.ts'

type Line = { text?: string; name?: string; iban?: string; reference?: string; on?: string; endToEnd?: string; charges?: string; currency?: string }

/** The books of one administration: debtors, open invoices, lines of its bank, and what becomes of them. */
export async function theBooks(t: Pick<TestContext, 'after'>) {
  const { client: db } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-10T08:00:00Z')
  const deps = { client: db, clock, calendars: {}, rules: defaultMatchingRules }
  const administration = await db.administration.create({ data: { code: 'NL01', name: 'Nordlicht BV' } })
  const administrationId = administration.id
  let lines = 0

  const invoiceIdOf = async (number: string) => (await db.invoice.findFirstOrThrow({ where: { number } })).id
  const numbersOf = async (ids: number[]) => (await db.invoice.findMany({ where: { id: { in: ids } }, orderBy: { number: 'asc' } })).map(({ number }) => number)

  return {
    db,
    clock,
    deps,
    administration,
    invoiceIdOf,
    debtor: (number: string, name: string, fields: { groupId?: number; paymentReference?: string } = {}) =>
      db.debtor.create({ data: { administrationId, number, name, searchName: searchName(name), ...fields } }),
    /** Imported on 1 March, due on 1 February, in EUR, unless the fields say otherwise. */
    invoice: (debtorId: number, number: string, amount: string, fields: object = {}) =>
      db.invoice.create({
        data: {
          administrationId,
          debtorId,
          number,
          searchNumber: searchNumber(number),
          dueDate: new Date('2026-02-01T00:00:00Z'),
          currency: 'EUR',
          amount,
          openAmount: amount,
          ledgerOpenSince: new Date('2026-03-01T00:00:00Z'),
          ...(Number(amount) < 0 && { kind: 'credit_note' }),
          ...fields,
        },
      }),
    /** A line of the bank of 5 March, in EUR, that waits to be matched; returns its id. */
    pay: async (amount: string, { text = '', name, iban, reference, on = '2026-03-05', endToEnd, charges, currency = 'EUR' }: Line = {}) => {
      lines += 1
      const { id } = await db.payment.create({
        data: {
          administrationId,
          source: 'bank',
          status: 'new',
          reference: `bank:${lines}`,
          receivedOn: new Date(`${on}T00:00:00Z`),
          currency,
          amount,
          text,
          payerName: name ?? null,
          payerIban: iban ?? null,
          structuredReference: reference ?? null,
          endToEndId: endToEnd ?? null,
          charges: charges ?? null,
        },
      })
      return id
    },
    match: (rules: Partial<MatchingRules> = {}, again = false) => matchPayments({ ...deps, rules: { ...defaultMatchingRules, ...rules } }, { again }),
    /** How a payment stands: its status, why, what it covers, what is left. */
    standing: async (id: number) => {
      const payment = await db.payment.findUniqueOrThrow({ where: { id }, include: { allocations: { include: { invoice: true } } } })
      const finding = payment.finding === null ? undefined : findingSchema.parse(payment.finding)
      const why = finding?.kind === 'matched' || finding?.kind === 'unapplied' ? finding.reason : finding?.kind === 'review' ? finding.why : undefined
      return {
        status: payment.status,
        why,
        rest: finding?.kind === 'matched' ? finding.rest : undefined,
        covers: payment.allocations
          .map(each => `${each.invoice.number} ${each.amount.toFixed(2)}${each.waived.isZero() ? '' : ` waived ${each.waived.toFixed(2)}`}`)
          .toSorted(),
      }
    },
    candidates: async (id: number) => {
      const { finding } = await db.payment.findUniqueOrThrow({ where: { id } })
      const parsed = findingSchema.parse(finding)
      if (parsed.kind !== 'review') return []
      return Promise.all(
        parsed.candidates.map(async ({ allocations, rest, reasons }) => ({
          invoices: await numbersOf(allocations.map(({ invoiceId }) => invoiceId)),
          amounts: allocations.map(({ amount }) => amount),
          rest,
          reasons,
        })),
      )
    },
    open: async (number: string) => {
      const { openAmount, status, ledgerOpenAmount } = await db.invoice.findFirstOrThrow({ where: { number } })
      return [openAmount.toFixed(2), status, ledgerOpenAmount?.toFixed(2) ?? null]
    },
    settle: (paymentId: number, choice: PaymentChoice, version?: number) => settlePayment(deps, { paymentId, actor: 'staff:1', version, choice }),
    allocation: async (number: string, amount: string, waived?: string): Promise<Allocation> => ({
      invoiceId: await invoiceIdOf(number),
      amount,
      ...(waived !== undefined && { waived }),
    }),
  }
}
export type Books = Awaited<ReturnType<typeof theBooks>>
