import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Card, createChat } from '#chat'
import type { Staff } from '#people'
import { readInstalments } from '../../src/chat/forms/instalment-lines.ts'
import { anOffice } from '../proposals/support.ts'
import { chatSettings } from './chat-settings.ts'

const textOf = (outcome: { kind: string; card?: Card; message?: string }): string => JSON.stringify(outcome.card ?? outcome.message)

test('a colleague agrees a plan by a form, once for one form, sees it with the debtor, and ends it; elsewhere and for a viewer there is none', async t => {
  const { db, clock, proposals, debtor, jan, eve, standingHolds } = await anOffice(t)
  const chat = createChat({ client: db, clock, proposals, ...chatSettings })
  const type = (text: string, staff: Staff = jan) => chat.command({ staff, surface: 'console', text })
  const press = (action: string, data: Record<string, string> = {}, values: Record<string, string> = {}, staff: Staff = jan) =>
    chat.click({ staff, surface: 'console', action, data: { debtor: String(debtor.id), ...data }, values })
  const elsewhere = await db.staff.create({ data: { key: 'el', name: 'El', email: 'el@nordlicht.example', role: 'collector', administrations: ['OTHER'] } })

  const none = await type('/duncan plan zonneveld')
  const form = await press('plan.agree')
  const wrong = await press('plan.save', { form: 'a' }, { instalments: '2026-12-01 veel', invoices: '2026-002' })
  const over = await press('plan.save', { form: 'b' }, { instalments: '2026-11-01 250.50', invoices: '2026-002' })
  const values = { instalments: '1-12-2026  100,50\n2027-01-04 150', invoices: '2026-002' }
  const saved = [await press('plan.save', { form: 'c' }, values), await press('plan.save', { form: 'c' }, values)]
  const second = await press('plan.save', { form: 'd' }, values)
  const shown = await type('/debtor zonneveld')
  const held = await standingHolds()
  const plan = await db.paymentPlan.findFirstOrThrow({ include: { instalments: { orderBy: { dueOn: 'asc' } } } })
  const refused = [
    await press('plan.end', { plan: String(plan.id) }, {}, eve),
    await press('plan.end', { plan: String(plan.id) }, {}, elsewhere),
    await press('plan.show', {}, {}, elsewhere),
    await press('plan.agree', {}, {}, elsewhere),
  ]
  const ended = await press('plan.end', { plan: String(plan.id) })
  const again = await press('plan.end', { plan: String(plan.id) })

  assert.match(textOf(none), /There is no payment plan/)
  assert.match(textOf(form), /2026-12-07 {2}141\.91\\n2027-01-07 {2}141\.91\\n2027-02-07 {2}141\.93/)
  assert.deepEqual([wrong.kind, over.kind, second.kind], ['refused', 'refused', 'refused'])
  assert.match(textOf(second), /another payment plan/)
  assert.deepEqual(
    [saved.map(({ kind }) => kind), await db.paymentPlan.count(), plan.instalments.map(({ amount }) => amount.toFixed(2))],
    [['private', 'private'], 1, ['100.50', '150.00']],
  )
  assert.match(textOf(shown), /€0\.00 of €250\.50 paid · running · next €100\.50 on 1 Dec 2026/)
  assert.deepEqual(held, ['payment_plan 2026-002'])
  assert.ok(refused.every(({ kind }) => kind === 'refused'))
  assert.match(textOf(ended), /The plan has ended/)
  assert.deepEqual([again.kind, await standingHolds()], ['refused', []])
  const audit = await db.auditEntry.findMany({ where: { event: 'plan.ended' }, select: { actor: true, subject: true } })
  assert.deepEqual(audit, [{ actor: `staff:${jan.id}`, subject: `plan:${plan.id}` }])
})

const read = (typed: string) => readInstalments(typed, '.')?.map(({ dueOn, amount }) => `${dueOn} ${amount}`)

test('instalments are read as they are typed, and a line that is no day and amount makes none of them count', () => {
  assert.deepEqual(read('2026-12-01 1.250,50\n\n 31/12/2026: 10 EUR \n1.1.2027;7'), ['2026-12-01 1250.50', '2026-12-31 10', '2027-01-01 7'])
  for (const typed of ['2026-13-01 5', '2026-12-01', '2026-12-01 -5', 'morgen 5', '31-11-2026 5', '2026-12-01 5\nx'])
    assert.equal(read(typed), undefined, typed)
})
