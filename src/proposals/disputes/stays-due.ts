import { Prisma } from '#platform'

type Contested = { amount: Prisma.Decimal | null; invoice: { currency: string; status: string; openAmount: Prisma.Decimal } }

/** What is open of a dispute's invoices, and what of that is contested; undefined where it names none, or in several currencies. */
export function openOfDispute(invoices: readonly Contested[]): { currency: string; open: Prisma.Decimal; contested: Prisma.Decimal } | undefined {
  const [currency, ...others] = new Set(invoices.map(({ invoice }) => invoice.currency))
  if (currency === undefined || others.length > 0) return undefined
  const sums = { open: new Prisma.Decimal(0), contested: new Prisma.Decimal(0) }
  for (const { amount, invoice } of invoices) {
    if (invoice.status !== 'open') continue
    sums.open = sums.open.add(invoice.openAmount)
    sums.contested = sums.contested.add(Prisma.Decimal.min(amount ?? invoice.openAmount, invoice.openAmount))
  }
  return { currency, ...sums }
}
