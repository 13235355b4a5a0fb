import { couldBeTakenBackBy, findingSchema, paymentChoiceSchema, searchNumber } from '#ledger'
import { codeInSight, type Sight } from '#people'
import { type Db, type PaymentModel, Prisma, toPlainDate } from '#platform'
import type { PaymentView, ShareView } from '../cards/payment-cards.ts'

/** One bank payment as its card shows it; undefined when there is none, or none in sight. */
export async function viewPayment(db: Db, sight: Sight, paymentId: number): Promise<PaymentView | undefined> {
  const [view] = await viewPayments(db, Prisma.sql`p.id = ${paymentId}::int AND ${codeInSight(sight, Prisma.sql`a.code`)}`, 1)
  return view
}

/** The payments in sight (of one administration, or of all) that wait for a decision, oldest first, and how many there are. */
export async function paymentsToDecide(db: Db, sight: Sight, most: number, administrationId?: number): Promise<{ payments: PaymentView[]; total: number }> {
  const of = administrationId === undefined ? Prisma.sql`TRUE` : Prisma.sql`p."administrationId" = ${administrationId}::int`
  const where = Prisma.sql`(p.status = 'review' OR ${hasVote}) AND ${of} AND ${codeInSight(sight, Prisma.sql`a.code`)}`
  const [row] = await db.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM "Payment" p JOIN "Administration" a ON a.id = p."administrationId" WHERE p.source = 'bank' AND ${where}`
  return { payments: await viewPayments(db, where, most), total: row?.total ?? 0 }
}

const hasVote = Prisma.sql`EXISTS (SELECT FROM "PaymentVote" v WHERE v."paymentId" = p.id AND v.version = p.version)`

/** The bank payments in sight that cover something of invoices of this number, oldest first. */
export async function paymentsOfInvoice(db: Db, sight: Sight, number: string, most: number): Promise<PaymentView[]> {
  const covers = Prisma.sql`EXISTS (SELECT 1 FROM "PaymentAllocation" l JOIN "Invoice" i ON i.id = l."invoiceId" WHERE l."paymentId" = p.id AND i."searchNumber" = ${searchNumber(number)})`
  return viewPayments(db, Prisma.sql`${covers} AND ${codeInSight(sight, Prisma.sql`a.code`)}`, most)
}

async function viewPayments(db: Db, where: Prisma.Sql, most: number): Promise<PaymentView[]> {
  const ids = await db.$queryRaw<{ id: number }[]>`
    SELECT p.id FROM "Payment" p JOIN "Administration" a ON a.id = p."administrationId" WHERE p.source = 'bank' AND ${where} ORDER BY p."receivedOn", p.id LIMIT ${most}`
  const rows = await db.payment.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ receivedOn: 'asc' }, { id: 'asc' }],
    include: {
      administration: { select: { name: true } },
      debtor: { select: { id: true, number: true, name: true } },
      allocations: { include: { invoice: { select: { number: true } } }, orderBy: { invoiceId: 'asc' } },
    },
  })
  const findings = new Map(rows.map(({ id, finding }) => [id, findingSchema.safeParse(finding).data]))
  const candidates = rows.flatMap(({ id }) => {
    const finding = findings.get(id)
    return finding?.kind === 'review' ? finding.candidates : []
  })
  const numbers = await numbersOf(
    db,
    candidates.flatMap(({ allocations }) => allocations.map(({ invoiceId }) => invoiceId)),
  )
  const debtors = await debtorsOf(
    db,
    candidates.map(({ debtorId }) => debtorId),
  )

  const originals = new Map<number, PaymentView['originals']>()
  for (const row of rows) if (row.amount.isNegative() && row.status === 'review') originals.set(row.id, await originalsOf(db, row))
  const lookalikes = new Map<number, PaymentView['lookalikes']>()
  for (const row of rows) {
    const finding = findings.get(row.id)
    if (finding?.kind === 'review' && finding.why === 'seen_twice') lookalikes.set(row.id, await lookalikesOf(db, row))
  }
  const votes = await votesOn(db, rows)

  return rows.map(row => {
    const finding = findings.get(row.id)
    const allocated = row.allocations.reduce((sum, { amount }) => sum.add(amount), new Prisma.Decimal(0))
    const shares: ShareView[] = row.allocations.map(({ invoice, amount, waived }) => ({
      invoice: invoice.number,
      amount: amount.toFixed(),
      waived: waived.toFixed(),
    }))
    return {
      id: row.id,
      version: row.version,
      administrationId: row.administrationId,
      administration: row.administration.name,
      amount: row.amount.toFixed(),
      currency: row.currency,
      receivedOn: toPlainDate(row.receivedOn).toString(),
      payerName: row.payerName,
      payerIban: row.payerIban,
      text: row.text,
      structuredReference: row.structuredReference,
      debtor: row.debtor,
      status: row.status ?? 'new',
      why: finding?.kind === 'review' ? finding.why : null,
      candidates:
        finding?.kind === 'review'
          ? finding.candidates.flatMap(({ debtorId, allocations, rest, reasons }) => {
              const debtor = debtors.get(debtorId)
              const proposed = allocations.map(({ invoiceId, amount, waived }) => ({ invoice: numbers.get(invoiceId) ?? '?', amount, waived }))
              return debtor ? [{ debtor, shares: proposed, rest, reasons }] : []
            })
          : [],
      allocations: shares,
      rest: row.amount.sub(allocated).toFixed(),
      originals: originals.get(row.id) ?? [],
      lookalikes: lookalikes.get(row.id) ?? [],
      firstVote: votes.get(row.id) ?? null,
    }
  })
}

/** The lines of other statements that a line may be: of its book, day, currency and amount. */
async function lookalikesOf(db: Db, row: Pick<PaymentModel, 'id' | 'administrationId' | 'currency' | 'amount' | 'receivedOn' | 'statementId'>) {
  const { id, administrationId, currency, amount, receivedOn, statementId } = row
  const rows = await db.payment.findMany({
    where: { administrationId, source: 'bank', currency, amount, receivedOn, id: { not: id }, NOT: { statementId } },
    orderBy: { id: 'asc' },
    take: mostOriginals,
    select: { payerName: true, text: true, statement: { select: { number: true, fileName: true } } },
  })
  return rows.map(({ payerName, text, statement }) => ({ payerName, text, statement: statement?.number ?? '', fileName: statement?.fileName ?? '' }))
}

/** The first votes that await a second one, on payments as they stand now: who gave them, and for what. */
async function votesOn(db: Db, payments: { id: number; version: number }[]): Promise<Map<number, NonNullable<PaymentView['firstVote']>>> {
  const rows = await db.paymentVote.findMany({ where: { OR: payments.map(({ id, version }) => ({ paymentId: id, version })) } })
  const people = await db.staff.findMany({ where: { id: { in: rows.map(({ staffId }) => staffId) } }, select: { id: true, name: true } })
  const votes = rows.map(({ paymentId, staffId, createdAt, choice }) => ({
    paymentId,
    by: people.find(({ id }) => id === staffId)?.name ?? '?',
    at: createdAt,
    choice: paymentChoiceSchema.parse(choice),
  }))
  const invoiceIds = votes.flatMap(({ choice }) => (choice.kind === 'allocate' ? choice.allocations.map(({ invoiceId }) => invoiceId) : []))
  const numbers = await numbersOf(db, invoiceIds)
  return new Map(
    votes.map(({ paymentId, by, at, choice }) => [
      paymentId,
      {
        by,
        at,
        kind: choice.kind,
        shares:
          choice.kind === 'allocate'
            ? choice.allocations.map(({ invoiceId, amount, waived = '0' }) => ({ invoice: numbers.get(invoiceId) ?? '?', amount, waived }))
            : choice.kind === 'pay_invoices'
              ? choice.numbers.map(invoice => ({ invoice, amount: null, waived: '0' }))
              : [],
      },
    ]),
  )
}

const mostOriginals = 5

/** The payments that money taken back could be of, newest first. */
async function originalsOf(db: Db, reversal: { administrationId: number; amount: Prisma.Decimal; currency: string }): Promise<PaymentView['originals']> {
  const rows = await db.payment.findMany({
    where: couldBeTakenBackBy(reversal),
    orderBy: [{ receivedOn: 'desc' }, { id: 'desc' }],
    take: mostOriginals,
    select: { id: true, amount: true, receivedOn: true, payerName: true, text: true },
  })
  return rows.map(row => ({ ...row, amount: row.amount.toFixed(), receivedOn: toPlainDate(row.receivedOn).toString() }))
}

async function numbersOf(db: Db, ids: number[]): Promise<Map<number, string>> {
  const rows = await db.invoice.findMany({ where: { id: { in: ids } }, select: { id: true, number: true } })
  return new Map(rows.map(({ id, number }) => [id, number]))
}

async function debtorsOf(db: Db, ids: number[]) {
  const rows = await db.debtor.findMany({ where: { id: { in: ids } }, select: { id: true, number: true, name: true } })
  return new Map(rows.map(row => [row.id, row]))
}
