import { searchName } from '#ledger'
import { ensureStaff } from '#people'
import { type Database, Prisma } from '#platform'

/** Two administrations with a debtor each, open and paid invoices of both, and people who see one of them or both. The day is 23 November 2026. */
export async function twoBooks({ client }: Pick<Database, 'client'>) {
  const [a, b] = await Promise.all(
    [
      { code: 'A', name: 'Harbourlight NL' },
      { code: 'B', name: 'Harbourlight BE', country: 'BE' },
    ].map(data => client.administration.create({ data: { ...data, importedAt: new Date('2026-11-23T05:00:00Z') } })),
  )
  const debtor = (administrationId: number, number: string, name: string, collector: string) =>
    client.debtor.create({ data: { administrationId, number, name, searchName: searchName(name), collector, country: 'NL' } })
  const aId = a?.id ?? 0
  const bId = b?.id ?? 0
  const visser = await debtor(aId, 'A-1', '=HYPERLINK("http://evil.example";"Visser")', 'anna')
  const lodz = await debtor(aId, 'A-2', 'Łódź Handel Sp. z o.o.', 'bram')
  const secret = await debtor(bId, 'B-1', 'Geheim Staalbouw NV', 'bram')
  const invoice = (of: { id: number; administrationId: number }, number: string, dated: string, due: string, amount: string, more: object = {}) =>
    client.invoice.create({
      data: {
        administrationId: of.administrationId,
        debtorId: of.id,
        number,
        searchNumber: number.replace('-', ''),
        currency: 'EUR',
        invoiceDate: new Date(dated),
        dueDate: new Date(due),
        amount: new Prisma.Decimal(amount),
        openAmount: new Prisma.Decimal(amount),
        ...more,
      },
    })
  const first = await invoice(visser, 'V-1', '2026-09-10', '2026-10-10', '1000.10') // 44 days late
  await invoice(visser, 'V-2', '2026-10-24', '2026-11-23', '200.20') // due today: not late
  await invoice(visser, 'V-3', '2026-10-05', '2026-11-04', '-50.05', { kind: 'credit_note' })
  await invoice(lodz, 'L-1', '2026-07-01', '2026-07-31', '300', { currency: 'USD' }) // 115 days late
  await invoice(lodz, 'L-2', '2026-10-01', '2026-10-31', '600', { status: 'closed', openAmount: 0, closedOn: new Date('2026-11-10') })
  await invoice(secret, 'S-1', '2026-08-01', '2026-08-31', '7777.77')
  const person = (key: string, role: 'collector' | 'manager', administrations: string[], language = 'en') =>
    ensureStaff(client, { key, name: key, email: `${key}@harbourlight.example`, role, language }).then(staff =>
      client.staff.update({ where: { id: staff.id }, data: { administrations } }),
    )
  return {
    debtors: { visser, lodz, secret },
    first,
    anna: await person('anna', 'manager', ['A']),
    bram: await person('bram', 'collector', ['*'], 'nl'),
    cfo: await person('cfo', 'manager', ['*'], 'de'),
  }
}
