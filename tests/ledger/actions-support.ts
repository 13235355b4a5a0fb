import type { TestContext } from 'node:test'
import { createTestDatabase } from '../support/database.ts'

/** A debtor with one contact and two open invoices. */
export async function aDebtor(t: Pick<TestContext, 'after'>) {
  const { client: db } = await createTestDatabase(t)
  const administration = await db.administration.create({ data: { code: 'nordlicht', name: 'Nordlicht BV' } })
  const debtor = await db.debtor.create({
    data: {
      administrationId: administration.id,
      number: 'D1',
      name: 'Zonneveld',
      searchName: 'zonneveld',
      contacts: { create: { name: 'Piet', email: 'piet@zonneveld.example' } },
    },
    include: { contacts: true },
  })
  const invoice = {
    administrationId: administration.id,
    debtorId: debtor.id,
    dueDate: new Date('2026-10-31T00:00:00Z'),
    currency: 'EUR',
    amount: 100,
    openAmount: 100,
  }
  const [one, two] = await db.invoice.createManyAndReturn({ data: ['1', '2'].map(number => ({ ...invoice, number, searchNumber: number })) })
  return { db, debtorId: debtor.id, contactId: debtor.contacts[0]?.id ?? 0, one: one?.id ?? 0, two: two?.id ?? 0 }
}
