import { currencyDigits, type Money } from '#ledger'
import { Prisma } from '#platform'
import { type Band, belgianDamages, dutchCosts, lumpSums } from './statutes.ts'

/** What recovery costs by law. `invoice`: null where the law looks at the whole sum. `rate`: how euro became another currency, and the ISO day of it. */
export type CostLine = {
  kind: 'compensation'
  invoice: string | null
  principal: Money
  amount: Money
  source: string
  rate?: { perEuro: Prisma.Decimal; day: string }
}

/** How many units of a currency one euro was on an ISO day. */
export type EuroRate = { perEuro: Prisma.Decimal; day: string }

type Untold = 'no_law' | 'no_exchange_rate' | 'other_currency'

/** The lump sum for one invoice between businesses, in the currency that the law pays in; Polish law pays euro in zloty, by `zloty`. */
export function lumpSumFor(country: string, invoice: string, principal: Money, zloty: EuroRate | undefined): CostLine | Untold {
  const law = lumpSums.find(each => each.country === country)
  if (!law) return 'no_law'
  const { currency, bandsIn, bands, source } = law
  if (bandsIn !== undefined && bandsIn !== principal.currency) return 'other_currency'
  const amount = new Prisma.Decimal(bandOf(bands, principal.amount).amount)
  const line = { kind: 'compensation', invoice, principal, source } as const
  if (bandsIn !== 'PLN') return { ...line, amount: { currency, amount } }
  if (zloty === undefined) return 'no_exchange_rate'
  return { ...line, amount: rounded('PLN', amount.mul(zloty.perEuro)), rate: zloty }
}

const rounded = (currency: string, amount: Prisma.Decimal): Money => ({
  currency,
  amount: amount.toDecimalPlaces(currencyDigits(currency), Prisma.Decimal.ROUND_HALF_UP),
})

function bandOf(bands: readonly Band[], amount: Prisma.Decimal): Band {
  const found = bands.find(({ below, upTo }) => (below === undefined || amount.lt(below)) && (upTo === undefined || amount.lte(upTo)))
  if (!found) throw new Error('the last band of a lump sum has no limit')
  return found
}

/** What collecting a sum may cost a private person in that country, whatever invoices it is made of; in euro alone. */
export function consumerCosts(country: string, principal: Money): CostLine | Untold {
  const scale = { NL: dutchScale, BE: belgianCap }[country]
  if (!scale) return 'no_law'
  if (principal.currency !== 'EUR') return 'other_currency'
  const { amount, source } = scale(principal.amount)
  return { kind: 'compensation', invoice: null, principal, amount: rounded('EUR', amount), source }
}

function dutchScale(sum: Prisma.Decimal): { amount: Prisma.Decimal; source: string } {
  const { slices, least, most, source } = dutchCosts
  let [amount, below] = [new Prisma.Decimal(0), new Prisma.Decimal(0)]
  for (const { upTo, percent } of slices) {
    const slice = Prisma.Decimal.max(Prisma.Decimal.min(sum, upTo).sub(below), 0)
    amount = amount.add(slice.mul(percent).div(100))
    below = new Prisma.Decimal(upTo)
  }
  return { amount: Prisma.Decimal.min(Prisma.Decimal.max(amount, least), most), source }
}

function belgianCap(sum: Prisma.Decimal): { amount: Prisma.Decimal; source: string } {
  const { bands, most, source } = belgianDamages
  const band = bands.find(({ upTo }) => sum.lte(upTo))
  if (!band) throw new Error('the last band of the damages has no limit')
  const amount = sum.sub(band.above).mul(band.percent).div(100).add(band.base)
  return { amount: Prisma.Decimal.min(amount, most), source }
}
