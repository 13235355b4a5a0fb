import type { RowProblem, RowReader } from './compile-rows.ts'
import { excessDecimals } from './parse-values.ts'
import { type Administration, currencyOf } from './row-currency.ts'
import type { SourceRow } from './table-source.ts'

const limitFields = [
  { field: 'credit_limit', key: 'creditLimit', kind: 'internal' },
  { field: 'insured_limit', key: 'insuredLimit', kind: 'insured' },
] as const

/** What a row says of a debtor's limits. `imported`: what is remembered of it; a value that cannot be read is no value, and changes nothing. */
type ReadLimits = { internal: string | null; insured: string | null; currency: string; imported: Record<string, string | null> }

export type LimitsReader = {
  fields: string[]
  /** `said`: the currency that the amounts' own cells name. */
  read: (
    row: SourceRow,
    value: (name: string) => string | null,
    said: string | null,
    administration: Administration,
    onWarning: (problem: RowProblem) => void,
  ) => ReadLimits
}

/** Reads the limits of debtors: amounts in the row's own currency, else in the book's. */
export function limitsReader(reader: RowReader): LimitsReader {
  const given = limitFields.filter(({ field }) => reader.has(field))
  return {
    fields: given.length > 0 ? [...given.map(({ field }) => field), 'insurer', 'limit_currency'] : [],
    read: (row, value, said, administration, onWarning) => {
      const { code: currency, problem: wrongCurrency } = currencyOf(value('limit_currency'), said, administration)
      const read: ReadLimits = { internal: null, insured: null, currency, imported: {} }
      for (const { field, key, kind } of given) {
        const amount = value(field)
        const isUnreadable = amount === null && reader.text(row, field) !== ''
        if (isUnreadable) continue // its own warning is given already
        const problem = amount === null ? undefined : (wrongCurrency ?? belowZero(amount) ?? excessDecimals(amount, currency))
        if (problem !== undefined) {
          onWarning({ line: row.line, column: field, problem })
          continue
        }
        read[kind] = amount
        const insurer = kind === 'insured' ? value('insurer') : null
        read.imported[key] = amount === null ? null : [amount, currency, insurer].filter(Boolean).join(' ')
      }
      return read
    },
  }
}

const belowZero = (amount: string): string | undefined => (amount.startsWith('-') ? `${amount} is below zero, and no limit is` : undefined)
