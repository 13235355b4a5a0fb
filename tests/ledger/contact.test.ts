import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markAddressBounced, registerAbsence, registerPoNumber, restoreContacts, restorePoNumbers, updateContact } from '#ledger'
import { aDebtor } from './actions-support.ts'

test('an address that bounced for good is stopped, a passing trouble only marks it and never revives it, and both can be undone', async t => {
  const { db, contactId } = await aDebtor(t)
  const status = async () => (await db.contact.findUniqueOrThrow({ where: { id: contactId } })).emailStatus
  const seen = []

  const passing = await markAddressBounced(db, { address: 'PIET@zonneveld.example', permanent: false, problem: '4.2.2 full' })
  seen.push(await status())
  const permanent = await markAddressBounced(db, { address: 'piet@zonneveld.example', permanent: true, problem: '5.1.1 unknown' })
  seen.push(await status())
  const later = await markAddressBounced(db, { address: 'piet@zonneveld.example', permanent: false, problem: '4.2.2 full' })
  seen.push(await status())
  await restoreContacts(db, permanent)
  seen.push(await status())
  await restoreContacts(db, passing)
  seen.push(await status())

  assert.deepEqual(seen, ['bouncing', 'bounced', 'bounced', 'bouncing', 'ok'])
  assert.deepEqual(later, [])
})

test('an absence is noted on that contact of that debtor only, and can be undone', async t => {
  const { db, debtorId, contactId } = await aDebtor(t)

  const before = await registerAbsence(db, { debtorId, address: 'Piet@Zonneveld.example', until: '2026-12-01', standIn: 'Bea' })
  const elsewhere = await registerAbsence(db, { debtorId: debtorId + 1, address: 'piet@zonneveld.example' })
  const away = await db.contact.findUniqueOrThrow({ where: { id: contactId } })
  await restoreContacts(db, before)
  const back = await db.contact.findUniqueOrThrow({ where: { id: contactId } })

  assert.deepEqual([away.absentUntil?.toISOString().slice(0, 10), away.standIn, elsewhere], ['2026-12-01', 'Bea', []])
  assert.deepEqual([back.absentUntil, back.standIn], [null, null])
})

test('a changed contact keeps what was imported beside it, and a new address is mailed again', async t => {
  const { db, debtorId, contactId } = await aDebtor(t)
  await db.contact.update({ where: { id: contactId }, data: { emailStatus: 'bounced', imported: { email: 'piet@zonneveld.example' } } })

  const before = await updateContact(db, { debtorId, contactId, change: { email: 'Nieuw@Zonneveld.example' } })
  const changed = await db.contact.findUniqueOrThrow({ where: { id: contactId } })
  await restoreContacts(db, [before])
  const restored = await db.contact.findUniqueOrThrow({ where: { id: contactId } })

  assert.deepEqual(
    [changed.email, changed.emailStatus, changed.name, changed.imported],
    ['nieuw@zonneveld.example', 'ok', 'Piet', { email: 'piet@zonneveld.example' }],
  )
  assert.deepEqual([restored.email, restored.emailStatus], ['piet@zonneveld.example', 'bounced'])
})

test('a contact of another debtor is never changed: a new one is added, and goes when that is undone', async t => {
  const { db, debtorId, contactId } = await aDebtor(t)
  const { administrationId } = await db.debtor.findUniqueOrThrow({ where: { id: debtorId } })
  const other = await db.debtor.create({ data: { administrationId, number: 'D2', name: 'Y', searchName: 'y' } })

  const added = await updateContact(db, { debtorId: other.id, contactId, change: { email: 'x@y.example' } })
  const standing = await db.contact.findMany({ where: { debtorId: other.id } })
  await restoreContacts(db, [added])

  assert.deepEqual(
    standing.map(({ email, verified, source }) => [email, verified, source]),
    [['x@y.example', true, 'mail']],
  )
  assert.equal(await db.contact.count({ where: { debtorId: other.id } }), 0)
  assert.equal((await db.contact.findUniqueOrThrow({ where: { id: contactId } })).email, 'piet@zonneveld.example')
})

test('a PO number goes on the invoices of that debtor, and what stood there comes back', async t => {
  const { db, debtorId, one, two } = await aDebtor(t)
  await db.invoice.update({ where: { id: one }, data: { poNumber: 'OLD' } })
  const numbers = async () => (await db.invoice.findMany({ orderBy: { id: 'asc' } })).map(({ poNumber }) => poNumber)

  const before = await registerPoNumber(db, { debtorId, invoiceIds: [one, two], poNumber: 'PO-77' })
  const foreign = await registerPoNumber(db, { debtorId: debtorId + 1, invoiceIds: [one], poNumber: 'X' })
  const registered = await numbers()
  await restorePoNumbers(db, before, 'PO-77')

  assert.deepEqual([registered, foreign, await numbers()], [['PO-77', 'PO-77'], [], ['OLD', null]])
})

test('undoing a change leaves alone what was changed again meanwhile', async t => {
  const { db, debtorId, contactId, one } = await aDebtor(t)
  const bounced = await markAddressBounced(db, { address: 'piet@zonneveld.example', permanent: true, problem: '5.1.1 unknown' })
  await updateContact(db, { debtorId, contactId, change: { email: 'nieuw@zonneveld.example', name: 'Petra' } })
  const po = await registerPoNumber(db, { debtorId, invoiceIds: [one], poNumber: 'PO-1' })
  await registerPoNumber(db, { debtorId, invoiceIds: [one], poNumber: 'PO-2' })

  await restoreContacts(db, bounced)
  await restorePoNumbers(db, po, 'PO-1')

  const { email, emailStatus, name } = await db.contact.findUniqueOrThrow({ where: { id: contactId } })
  assert.deepEqual([email, emailStatus, name], ['nieuw@zonneveld.example', 'ok', 'Petra'])
  assert.equal((await db.invoice.findUniqueOrThrow({ where: { id: one } })).poNumber, 'PO-2')
})
