import { currencyDigits } from '../money.ts'

/** An amount of the database (three decimals) with as many decimals as its currency has, or more where it does have more. */
export function plainAmount(text: string, currency: string | null | undefined): string {
  const [whole = '', decimals = ''] = text.split('.')
  const kept = decimals.replace(/0+$/, '').padEnd(currencyDigits(currency ?? ''), '0')
  return kept === '' ? whole : `${whole}.${kept}`
}
