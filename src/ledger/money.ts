import { Prisma } from '#platform'

const digitsByCurrency = new Map<string, number>()

/** How many decimals a currency has (ISO 4217): EUR 2, JPY 0, KWD 3. Unknown codes have 2. */
export function currencyDigits(currency: string): number {
  const known = digitsByCurrency.get(currency)
  if (known !== undefined) return known
  const digits = /^[A-Z]{3}$/.test(currency) ? new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits : undefined
  digitsByCurrency.set(currency, digits ?? 2)
  return digits ?? 2
}

/** An amount in a currency as a reader of the language writes it, rounded half up to the currency's decimals. */
export function formatAmount(amount: Prisma.Decimal | string | number, currency: string, language = 'en'): string {
  const digits = currencyDigits(currency)
  const exact = new Prisma.Decimal(amount).toFixed(digits, Prisma.Decimal.ROUND_HALF_UP)
  // A decimal string, not a number: Intl formats it exactly, whatever its size.
  return new Intl.NumberFormat(locales[language] ?? language, { style: 'currency', currency }).format(exact as Intl.StringNumericLiteral)
}

// Where the language alone would choose another country's habits.
const locales: Record<string, string> = { en: 'en-GB', und: 'en-GB' }
