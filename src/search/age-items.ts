import type { Temporal } from 'temporal-polyfill'
import { type InvoiceModel, Prisma, toPlainDate } from '#platform'
import type { DebtorOverview, Totals } from './debtor-overview.ts'

export const bucketNames = ['not_due', 'd1_30', 'd31_60', 'd61_90', 'd91_120', 'd120_plus'] as const
export type BucketName = (typeof bucketNames)[number]

export type Aging = { currency: string; buckets: Record<BucketName, Prisma.Decimal> }
export type AgedItem = {
  id: number
  number: string
  kind: string
  dueDate: Temporal.PlainDate
  daysOverdue: number
  openAmount: Prisma.Decimal
  amount: Prisma.Decimal
  currency: string
}

const zero = new Prisma.Decimal(0)
const lastDays: [BucketName, number][] = [
  ['not_due', 0], // on its due date itself an item is not overdue
  ['d1_30', 30],
  ['d31_60', 60],
  ['d61_90', 90],
  ['d91_120', 120],
]

/** Totals and aging of open items on a day, per currency. Pure. */
export function ageItems(
  invoices: InvoiceModel[],
  today: Temporal.PlainDate,
): Pick<DebtorOverview, 'balance' | 'overdue' | 'openCount' | 'overdueCount' | 'aging' | 'openItems'> {
  const openItems = invoices.map((invoice): AgedItem => {
    const dueDate = toPlainDate(invoice.dueDate)
    return { ...invoice, dueDate, daysOverdue: Math.max(0, today.since(dueDate, { largestUnit: 'day' }).days) }
  })
  const late = openItems.filter(({ daysOverdue }) => daysOverdue > 0)
  const aging = [...Map.groupBy(openItems, ({ currency }) => currency)].map(([currency, items]): Aging => {
    const buckets = Object.fromEntries(bucketNames.map(name => [name, zero])) as Aging['buckets']
    for (const { daysOverdue, openAmount } of items) {
      const name = lastDays.find(([, last]) => daysOverdue <= last)?.[0] ?? 'd120_plus'
      buckets[name] = buckets[name].add(openAmount)
    }
    return { currency, buckets }
  })
  return { balance: sums(openItems), overdue: sums(late), openCount: openItems.length, overdueCount: late.length, aging, openItems }
}

const sums = (items: AgedItem[]): Totals[] =>
  [...Map.groupBy(items, ({ currency }) => currency)].map(([currency, of]) => ({
    currency,
    amount: of.reduce((sum, { openAmount }) => sum.add(openAmount), zero),
  }))
