import { Prisma } from '#platform'

/** What was invoiced in a month, credit notes taken off, and how many days it has. */
export type Month = { sales: Prisma.Decimal; days: number }

/** Days sales outstanding by three formulas, in days; null where there was nothing to divide by, or the sales known do not reach back far enough. */
export type DsoFigures = { monthly: Prisma.Decimal | null; year: Prisma.Decimal | null; countBack: Prisma.Decimal | null }

/**
 * DSO from what was open at the end of a month and the months before that end, the newest first:
 * monthly = open ÷ the month's sales × its days; year = open ÷ sales of twelve months × 365; count-back takes month after month off what was
 * open, counts their days, and the last one in part.
 */
export const dsoFigures = (open: Prisma.Decimal, months: readonly Month[]): DsoFigures => ({
  monthly: quotient(open, months.slice(0, 1), months[0]?.days ?? 0),
  year: months.length < 12 ? null : quotient(open, months.slice(0, 12), 365),
  countBack: countBack(open, months),
})

function quotient(open: Prisma.Decimal, months: readonly Month[], days: number): Prisma.Decimal | null {
  const sales = months.reduce((sum, month) => sum.add(month.sales), new Prisma.Decimal(0))
  return sales.lte(0) || open.lt(0) ? null : open.div(sales).mul(days)
}

function countBack(open: Prisma.Decimal, months: readonly Month[]): Prisma.Decimal | null {
  if (open.lt(0)) return null
  let [left, days] = [open, new Prisma.Decimal(0)]
  for (const month of months) {
    if (left.isZero()) return days
    if (month.sales.gt(left)) return days.add(left.div(month.sales).mul(month.days))
    left = left.sub(month.sales) // a month of more credit notes than invoices makes it more
    days = days.add(month.days)
  }
  return left.lte(0) ? days : null
}
