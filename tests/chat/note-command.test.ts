import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChat } from '#chat'
import { searchNumber } from '#ledger'
import { ensureStaff } from '#people'
import { fixedClock } from '#platform'
import { aLedger } from '../search/ledger.ts'
import { createTestDatabase } from '../support/database.ts'
import { chatSettings } from './chat-settings.ts'
import { fakeProposals } from './fake-proposals.ts'

test('a note is written by a form on the debtor that was meant or picked, with its author and an audit row, and by who may alone', async t => {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const person = (key: string, role: 'collector' | 'viewer') => ensureStaff(client, { key, name: key, email: `${key}@harbourlight.example`, role })
  const [jan, vic] = [await person('jan', 'collector'), await person('vic', 'viewer')]
  const { debtors } = await aLedger(client, ['Visser Installatie BV', 'Visser & Zonen NV'])
  const chat = createChat({ client, clock, proposals: fakeProposals([], String, () => new Date()), ...chatSettings })
  const type = (text: string, staff = jan) => chat.command({ staff, surface: 'console', text })
  const press = (action: string, values: Record<string, string> = {}, staff = jan, id = debtors[1]?.id) =>
    chat.click({ staff, surface: 'console', action, data: { debtor: String(id) }, values })

  const picker = await type('/duncan note visser')
  const form = await press('note.open')
  const saved = await press('note.save', { text: '  Calls back in June. ', pinned: 'true' })
  await client.invoice.create({
    data: {
      administrationId: (await client.administration.findFirstOrThrow()).id,
      debtorId: debtors[1]?.id ?? 0,
      number: 'X-9',
      searchNumber: searchNumber('X-9'),
      dueDate: new Date('2026-03-01'),
      currency: 'EUR',
      amount: '1',
      openAmount: '1',
    },
  })
  const onInvoice = await press('note.save', { text: 'Wrong order number', invoices: ' x-9, ' })
  const elsewhere = await client.staff.update({ where: { id: vic.id }, data: { role: 'collector', administrations: ['OTHER'] } })
  const refused = [
    await type('/duncan note visser', vic),
    await press('note.save', { text: 'x' }, vic),
    await press('note.save', { text: 'x' }, elsewhere),
    await press('note.save', { text: ' ' }),
    await press('note.save', { text: 'x', invoices: 'X-9 Y-8' }),
    await press('note.open', {}, jan, 0),
  ]

  assert.deepEqual(picker.kind === 'private' && picker.card.elements.map(element => element.type === 'pick' && element.button.action), [
    'note.open',
    'note.open',
  ])
  assert.equal(form.kind === 'form' && form.card.title, 'Note on Visser & Zonen NV')
  assert.equal(saved.kind === 'private' && saved.card.title, 'Visser & Zonen NV')
  assert.ok(onInvoice.kind === 'private' && JSON.stringify(onInvoice.card).includes('X-9: Wrong order number'))
  assert.ok(refused.every(({ kind }) => kind === 'refused'))
  const notes = await client.note.findMany({ where: { invoices: { none: {} } } })
  assert.deepEqual(
    notes.map(({ debtorId, text, pinned, authorId }) => [debtorId, text, pinned, authorId]),
    [[debtors[1]?.id, 'Calls back in June.', true, jan.id]],
  )
  const audits = await client.auditEntry.findMany({ where: { event: 'note.added' } })
  assert.deepEqual(
    audits.map(({ actor, subject }) => [actor, subject]),
    [1, 2].map(() => [`staff:${jan.id}`, `debtor:${debtors[1]?.id}`]),
  )
})
