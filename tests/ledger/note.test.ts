import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addNote, removeNote } from '#ledger'
import { aDebtor } from './actions-support.ts'

test('a note is written once for one action, on several invoices, and can be removed again', async t => {
  const { db, debtorId, one, two } = await aDebtor(t)
  const input = { debtorId, text: 'belt vrijdag', invoiceIds: [one, two], actionId: 7 }

  const ids = [await addNote(db, input), await addNote(db, input)]
  const standing = await db.note.findMany({ include: { invoices: true } })
  const removed = [await removeNote(db, 7), await removeNote(db, 7)]

  assert.equal(ids[0], ids[1])
  assert.deepEqual(
    standing.map(({ text, invoices }) => [text, invoices.length]),
    [['belt vrijdag', 2]],
  )
  assert.deepEqual(removed, [true, false])
})
