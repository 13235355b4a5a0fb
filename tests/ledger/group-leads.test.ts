import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseGroupLeads, leadGroup } from '#ledger'
import { Prisma } from '#platform'
import { createTestDatabase } from '../support/database.ts'

test('who can be written to leads a group: the one called like it, else the one with the most open; who leads stays, as long as it can', async t => {
  const { client: db } = await createTestDatabase(t)
  const { id: administrationId } = await db.administration.create({ data: { code: 'a', name: 'Nordlicht BV' } })
  const group = async (name: string) => (await db.debtorGroup.create({ data: { name } })).id
  const member = async (groupId: number, number: string, name: string, contact: object | null, open: [amount: string, currency: string][] = []) => {
    const contacts = contact ? { contacts: { create: [contact] } } : {}
    const { id } = await db.debtor.create({ data: { administrationId, groupId, number, name, searchName: name.toLowerCase(), ...contacts } })
    for (const [index, [amount, currency]] of open.entries()) {
      const invoice = { administrationId, debtorId: id, number: `${number}-${index}`, searchNumber: `${number}${index}`, dueDate: new Date('2026-05-01') }
      await db.invoice.create({ data: { ...invoice, currency, amount, openAmount: amount } })
    }
    return id
  }
  const leadOf = async (id: number) => (await db.debtorGroup.findUniqueOrThrow({ where: { id } })).leadId
  const mail = { email: 'x@zonneveld.example' }
  const rates = new Map([
    ['EUR', new Prisma.Decimal(1)],
    ['PLN', new Prisma.Decimal('0.25')],
  ])
  const one = await group('Zonneveld')
  const two = await group('Korf')
  const [bounced, namesake] = [
    await member(one, '1', 'Big BV', { ...mail, emailStatus: 'bounced' }, [['900', 'EUR']]),
    await member(one, '2', 'ZONNEVELD', mail),
  ]
  await member(two, '3', 'Korf', { address: 'Laan 1' }, [['500', 'EUR']])
  const many = await member(two, '4', 'Bakker', mail, [['300', 'PLN']])
  const most = await member(two, '5', 'Slager', mail, [['100', 'EUR']])

  const chosen = await chooseGroupLeads(db, rates)
  const first = [await leadOf(one), await leadOf(two)]
  await db.invoice.updateMany({ where: { debtorId: most }, data: { openAmount: '1' } })
  const again = await chooseGroupLeads(db, rates)
  const byHand = [await leadGroup(db, { groupId: two, debtorId: many, staffId: 3 }), await leadGroup(db, { groupId: two, debtorId: namesake })]
  await db.debtor.update({ where: { id: namesake }, data: { groupId: null } })
  await db.contact.updateMany({ where: { debtorId: many }, data: { verified: false } })
  const anew = await chooseGroupLeads(db, rates)

  assert.deepEqual([chosen, first, again], [[one, two], [namesake, most], []])
  assert.deepEqual(byHand, [true, false])
  assert.deepEqual([anew, await leadOf(one), await leadOf(two)], [[one, two], bounced, most])
  assert.deepEqual(
    (await db.auditEntry.findMany({ where: { event: 'group.led' }, orderBy: { id: 'asc' } })).map(({ actor }) => actor),
    ['duncan', 'duncan', 'staff:3', 'duncan', 'duncan'],
  )
})
