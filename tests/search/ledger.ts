import { searchName, searchNumber } from '#ledger'
import { type DbClient, Prisma } from '#platform'

/** An administration with one debtor for each name, numbered from 10001. */
export async function aLedger(
  client: DbClient,
  names: string[],
): Promise<{ administrationId: number; debtors: { id: number; number: string; name: string }[] }> {
  const { id: administrationId } = await client.administration.create({
    data: { code: 'HL', name: 'Harbourlight Trading', importedAt: new Date('2026-03-02T05:00:00Z') },
  })
  const debtors = []
  for (const [index, name] of names.entries()) {
    debtors.push(await client.debtor.create({ data: { administrationId, number: String(10_001 + index), name, searchName: searchName(name) } }))
  }
  return { administrationId, debtors }
}

/** An open item of a debtor; `due` is an ISO day. */
export async function anItem(
  client: DbClient,
  of: { administrationId: number; debtorId: number },
  number: string,
  due: string,
  amount: string,
  currency = 'EUR',
) {
  const money = new Prisma.Decimal(amount)
  const kind = money.isNegative() ? 'credit_note' : 'invoice'
  return client.invoice.create({
    data: { ...of, number, searchNumber: searchNumber(number), kind, dueDate: new Date(due), currency, amount: money, openAmount: money },
  })
}
