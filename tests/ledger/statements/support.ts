import type { TestContext } from 'node:test'
import { importStatement, type StatementRequest } from '#ledger'
import { aLedger } from '../support.ts'

/** A ledger with one administration, and what its bank statements leave in it. */
export async function aBank(t: Pick<TestContext, 'after'>) {
  const ledger = await aLedger(t)
  const administration = await ledger.db.administration.create({ data: { code: 'NL01', name: 'Nordlicht BV' } })

  return {
    ...ledger,
    administration,
    statement: (file: string, request: Partial<StatementRequest> = {}) => importStatement(ledger.deps, { file, ...request }),
    /** The payments that came of statements: day, amount, status, who paid, what for. */
    payments: async () => {
      const rows = await ledger.db.payment.findMany({ where: { source: 'bank' }, orderBy: [{ receivedOn: 'asc' }, { amount: 'asc' }, { id: 'asc' }] })
      return rows.map(each => [each.receivedOn.toISOString().slice(0, 10), each.amount.toFixed(2), each.payerIban, each.text, each.structuredReference])
    },
  }
}

/** One MT940 statement: lines are `:61:` and `:86:` fields, balances in EUR. */
export const mt940 = (lines: string[], { opening = '1000,00', closing = '1100,00', number = '1/1', account = 'NL91ABNA0417164300' } = {}): string[] => [
  ':20:REF',
  `:25:${account}`,
  `:28C:${number}`,
  `:60F:C260301EUR${opening}`,
  ...lines,
  `:62F:C260302EUR${closing}`,
  '-',
]
