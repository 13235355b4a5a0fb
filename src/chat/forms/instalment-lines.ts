import { z } from 'zod'
import { parseAmount } from './parse-amount.ts'

type Instalment = { dueOn: string; amount: string }

/** Instalments as a form shows them: one a line, an ISO day and an amount. */
export const writeInstalments = (instalments: readonly Instalment[]): string => instalments.map(({ dueOn, amount }) => `${dueOn}  ${amount}`).join('\n')

/**
 * Instalments as somebody typed them, days as 2026-12-31 or day first as 31-12-2026, amounts as the reader's language writes them; undefined when
 * a line is not a day and an amount.
 */
export function readInstalments(typed: string, groupSeparator: string): Instalment[] | undefined {
  const lines = typed.split(/\n/).map(line => line.trim())
  const read = lines.filter(line => line !== '').map(line => readLine(line, groupSeparator))
  return read.every(line => line !== undefined) ? read : undefined
}

function readLine(line: string, groupSeparator: string): Instalment | undefined {
  const { iso, day, month, year, rest } =
    /^(?:(?<iso>\d{4}-\d{2}-\d{2})|(?<day>\d{1,2})[-./](?<month>\d{1,2})[-./](?<year>\d{4}))[\s:;]+(?<rest>.{1,40})$/.exec(line)?.groups ?? {}
  const dueOn = z.iso.date().safeParse(iso ?? `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`)
  const amount = parseAmount((rest ?? '').replace(/\s*[A-Z]{3}$/, ''), groupSeparator)
  return dueOn.success && amount !== undefined && !amount.startsWith('-') ? { dueOn: dueOn.data, amount } : undefined
}
