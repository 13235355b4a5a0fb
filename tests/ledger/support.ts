import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type ImportRequest, type ImportResult, importLedger } from '#ledger'
import { fixedClock, silentLog } from '#platform'
import { createTestDatabase } from '../support/database.ts'

/** A flat file with the required columns only. */
export const flatCsv = (rows: string[]): string[] => ['debtor_number,debtor_name,invoice_number,due_date,amount', ...rows]

/** A ledger of its own, a folder for files, and what a test asks of them. */
export async function aLedger(t: Pick<TestContext, 'after'>) {
  const database = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T08:00:00Z')
  const dataDir = mkdtempSync(join(tmpdir(), 'duncan-import-'))
  t.after(() => rmSync(dataDir, { recursive: true, force: true }))
  const deps = { database, clock, log: silentLog, dataDir }
  const db = database.client

  return {
    ...deps,
    deps,
    db,
    /** Writes a file; lines are joined with newlines, a buffer is written as it is. */
    file: (name: string, content: string[] | Buffer): string => {
      const path = join(dataDir, name)
      writeFileSync(path, Array.isArray(content) ? `${content.join('\n')}\n` : content)
      return path
    },
    import: (request: ImportRequest): Promise<ImportResult> => importLedger(deps, request),
    /** What the ledger says, without ids and moments. */
    dump: async () => {
      const debtors = await db.debtor.findMany({
        orderBy: [{ number: 'asc' }],
        include: { contacts: { orderBy: { email: 'asc' } }, group: true, administration: true },
      })
      const invoices = await db.invoice.findMany({ orderBy: [{ number: 'asc' }], include: { debtor: true } })
      const allocations = await db.paymentAllocation.findMany({ include: { payment: true, invoice: true } })
      return {
        debtors: debtors.map(({ administration, number, name, country, language, companyNumber, vatNumber, collector, group, contacts }) => ({
          administration: administration.code,
          number,
          name,
          country,
          language,
          companyNumber,
          vatNumber,
          collector,
          group: group?.name,
          contacts: contacts.map(each => ({ email: each.email, name: each.name, phone: each.phone })),
        })),
        invoices: invoices.map(each => [
          each.debtor.number,
          each.number,
          each.dueDate.toISOString().slice(0, 10),
          each.amount.toFixed(3),
          each.openAmount.toFixed(3),
          each.status,
        ]),
        allocations: allocations.map(each => `${each.payment.reference} ${each.invoice.number} ${each.amount.toFixed(2)}`).toSorted(),
      }
    },
  }
}
