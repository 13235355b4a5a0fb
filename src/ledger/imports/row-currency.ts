import { dollarSign } from './amounts.ts'

/** The book that a row is of, its country and its currency. */
export type Administration = { id: number; country: string; currency: string }

type Currency = { code: string; problem?: string }

/** `named`: by the row; `said`: by the cell of an amount. Without either, the book's. */
export function currencyOf(named: string | null, said: string | null, administration: Administration): Currency {
  const code = named ?? (said === dollarSign ? null : said) ?? administration.currency
  if (said === null || said === code || (said === dollarSign && isDollar.test(code))) return { code }
  if (said === dollarSign && named === null)
    return { code, problem: 'the amount says $, of which there are many: give the currency a column, or a value under "constants" in the mapping file' }
  return { code, problem: `the amount says ${said}, and the currency of the row is ${code}` }
}

const isDollar = /^(?:USD|CAD|AUD|NZD|SGD|HKD|TWD|MXN|BRL|CLP|COP|ARS)$/
