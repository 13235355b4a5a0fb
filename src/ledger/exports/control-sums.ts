import { plainAmount } from './plain-amount.ts'
import type { ExportRow } from './table-file.ts'

/** What the amounts of a column come to in a file, by column and currency, as exact decimals. Amounts of two currencies are never added. */
export type ControlSums = Record<string, Record<string, string>>

/** Adds the named columns of rows up, in the thousandths that the database gives. */
export function controlSums(columns: { name: string }[], summed: string[]) {
  const places = summed.map(name => columns.findIndex(column => column.name === name))
  const currencyPlace = columns.findIndex(({ name }) => name === 'currency')
  const sums = summed.map(() => new Map<string, bigint>())
  return {
    add: (rows: ExportRow[]): void => {
      for (const row of rows) {
        const currency = row[currencyPlace]
        if (!currency) continue
        for (const [index, place] of places.entries()) {
          const value = row[place]
          if (value) sums[index]?.set(currency, (sums[index].get(currency) ?? 0n) + BigInt(value.replace('.', '')))
        }
      }
    },
    result: (): ControlSums =>
      Object.fromEntries(
        summed.map((name, index) => [
          name,
          Object.fromEntries(
            [...(sums[index] ?? [])]
              .toSorted(([one], [other]) => (one < other ? -1 : 1))
              .map(([currency, sum]) => [currency, plainAmount(thousandths(sum), currency)]),
          ),
        ]),
      ),
  }
}

function thousandths(sum: bigint): string {
  const digits = String(sum < 0n ? -sum : sum).padStart(4, '0')
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`
}
