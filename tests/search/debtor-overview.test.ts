import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fullSight } from '#people'
import { fixedClock } from '#platform'
import { debtorOverview, nextStepOf, type OwnItem } from '#search'
import { createTestDatabase } from '../support/database.ts'
import { aLedger, anItem } from './ledger.ts'

const asker = { sight: fullSight, clock: fixedClock('2026-03-02T10:00:00Z') }

test('balance, overdue amount and aging are exact, per currency, and the due date itself is not overdue', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId, debtors } = await aLedger(client, ['Visser Installatie BV'])
  const of = { administrationId, debtorId: debtors[0]?.id ?? 0 }
  await anItem(client, of, 'A-1', '2026-03-02', '100.10')
  await anItem(client, of, 'A-2', '2026-03-01', '200.20')
  await anItem(client, of, 'A-3', '2025-10-30', '300.30')
  await anItem(client, of, 'C-1', '2026-02-20', '-50.05')
  await anItem(client, of, 'P-1', '2026-01-20', '999.99', 'PLN')

  const overview = await debtorOverview(client, asker, of.debtorId)

  const sums = overview?.aging.map(({ currency, balance, buckets }) => [currency, balance.toFixed(2), Object.values(buckets).map(sum => sum.toFixed(2))])
  assert.deepEqual(sums, [
    ['EUR', '550.55', ['100.10', '150.15', '0.00', '0.00', '0.00', '300.30']],
    ['PLN', '999.99', ['0.00', '0.00', '999.99', '0.00', '0.00', '0.00']],
  ])
  assert.deepEqual([overview?.openCount, overview?.openItems[0]?.number, overview?.openItems[0]?.daysOverdue], [5, 'A-3', 123])
})

test('the overview says what is going on: promises past their date, disputes, pinned notes first, last mails, open proposals and holds', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId, debtors } = await aLedger(client, ['Visser Installatie BV'])
  const of = { administrationId, debtorId: debtors[0]?.id ?? 0 }
  const { debtorId } = of
  const invoice = await anItem(client, of, 'A-1', '2026-02-01', '100')
  const invoices = { create: [{ invoiceId: invoice.id }] }
  await client.promiseToPay.create({ data: { debtorId, promisedOn: new Date('2026-03-01'), amount: '100', currency: 'EUR', invoices } })
  await client.promiseToPay.create({ data: { debtorId, promisedOn: new Date('2026-03-02') } })
  await client.dispute.create({ data: { debtorId, reason: 'price', invoices, ownerId: 1, answerDue: new Date('2030-01-01') } })
  await client.dispute.create({ data: { debtorId, reason: 'quality', status: 'resolved', ownerId: 1, answerDue: new Date('2030-01-01') } })
  await client.note.create({ data: { debtorId, text: 'Ask for Petra', pinned: true } })
  await client.note.create({ data: { debtorId, text: 'Called' } })
  await client.contact.create({ data: { debtorId, email: 'p@visser.example', emailStatus: 'bounced' } })
  await client.dunningHold.create({ data: { debtorId, invoiceId: invoice.id, reason: 'promise', until: new Date('2026-03-02') } })
  await client.dunningHold.create({ data: { debtorId, reason: 'promise', until: new Date('2026-03-01') } })
  await client.dunningHold.create({ data: { debtorId, reason: 'staff', endedAt: new Date('2026-02-01') } })
  const mailbox = await client.mailbox.create({
    data: { key: 'debtors', address: 'debtors@harbourlight.example', kind: 'maildir', startAt: new Date('2026-01-01') },
  })
  const mail = { mailboxId: mailbox.id, size: 1, debtorId }
  const asked = await client.message.create({
    data: { ...mail, rawHash: 'a', direction: 'in', subject: 'Question', receivedAt: new Date('2026-03-01T10:00:00Z') },
  })
  await client.message.create({ data: { ...mail, rawHash: 'b', direction: 'in', subject: 'Earlier', receivedAt: new Date('2026-02-01T10:00:00Z') } })
  await client.message.create({ data: { ...mail, rawHash: 'c', direction: 'out', subject: 'Answer', receivedAt: new Date('2026-02-02T10:00:00Z') } })
  await client.proposal.create({ data: { messageId: asked.id, mailboxId: mailbox.id, debtorId, summary: 'reply' } })

  const overview = await debtorOverview(client, asker, debtorId)

  assert.deepEqual(
    overview?.promises.map(({ passed, invoices: numbers }) => [passed, numbers]),
    [
      [false, []],
      [true, ['A-1']],
    ],
  )
  assert.deepEqual(
    overview?.disputes.map(({ reason, invoices: numbers }) => [reason, numbers]),
    [['price', ['A-1']]],
  )
  assert.deepEqual(
    overview?.notes.map(({ text }) => text),
    ['Ask for Petra', 'Called'],
  )
  assert.deepEqual(
    overview?.holds.map(({ reason, until, invoice: number }) => [reason, until?.toString(), number]),
    [['promise', '2026-03-02', 'A-1']],
  )
  assert.deepEqual([overview?.mails.in[0]?.subject, overview?.mails.out[0]?.subject, overview?.proposals.length], ['Question', 'Answer', 1])
  assert.equal(await debtorOverview(client, asker, debtorId + 1), undefined)
})

test('the overview tells how a debtor pays, what it paid, and which step comes next', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId, debtors } = await aLedger(client, ['Visser Installatie BV'])
  const of = { administrationId, debtorId: debtors[0]?.id ?? 0 }
  const { debtorId } = of
  const paid = { ...of, searchNumber: 'X', currency: 'EUR', amount: 100, openAmount: 0, status: 'closed', closedReason: 'paid' }
  const late = await client.invoice.create({ data: { ...paid, number: 'P-1', dueDate: new Date('2026-01-01'), closedOn: new Date('2026-02-20') } })
  await client.invoice.create({ data: { ...paid, number: 'P-2', dueDate: new Date('2026-02-01'), closedOn: new Date('2026-01-28') } })
  await client.invoice.create({ data: { ...paid, number: 'P-3', dueDate: new Date('2024-01-01'), closedOn: new Date('2024-06-01') } })
  const payment = { administrationId, debtorId, currency: 'EUR' }
  const covering = { create: { invoiceId: late.id, amount: 100 } }
  await client.payment.create({ data: { ...payment, reference: 'B1', receivedOn: new Date('2026-01-31'), amount: 130, allocations: covering } })
  await client.payment.create({ data: { ...payment, reference: 'B2', receivedOn: new Date('2026-02-02'), amount: 99, source: 'bank', status: 'not_ours' } })
  // The bank tells of the same money as B3; of B4 it says nothing.
  await client.payment.create({ data: { ...payment, reference: 'B3', receivedOn: new Date('2026-01-12'), amount: 70 } })
  await client.payment.create({
    data: { ...payment, reference: 'bank:1', receivedOn: new Date('2026-01-09'), amount: 70, source: 'bank', status: 'unapplied' },
  })
  await client.payment.create({ data: { ...payment, reference: 'B4', receivedOn: new Date('2025-12-12'), amount: 70 } })
  await client.promiseToPay.create({ data: { debtorId, status: 'kept' } })
  await client.promiseToPay.create({ data: { debtorId, status: 'partly_kept' } })
  await anItem(client, of, 'A-1', '2026-02-20', '500')
  await client.contact.create({ data: { debtorId, email: 'ap@visser.example' } })

  const overview = await debtorOverview(client, asker, debtorId)

  // The day of the payment counts, not the day on which the ledger closed the invoice: 30 days late and 4 early.
  assert.deepEqual(overview?.behavior, { averageDaysLate: 13, paidInvoices: 2, promises: { kept: 1, partlyKept: 1, broken: 0 }, keepsPercent: 62 })
  assert.deepEqual(
    overview?.payments.map(({ receivedOn, amount, unapplied, invoices }) => [receivedOn.toString(), amount.toFixed(), unapplied.toFixed(), invoices]),
    [
      ['2026-01-31', '130', '30', ['P-1']],
      ['2026-01-09', '70', '70', []],
      ['2025-12-12', '70', '70', []],
    ],
  )
  assert.deepEqual(
    overview?.unapplied.map(({ currency, amount }) => [currency, amount.toFixed()]),
    [['EUR', '170']],
  )
  assert.deepEqual(overview?.next, { kind: 'chase', items: 1, daysOverdue: 10 })
})

test('a debtor out of sight has no overview, and mails of a mailbox out of sight are not in it', async t => {
  const { client } = await createTestDatabase(t)
  const { debtors } = await aLedger(client, ['Visser Installatie BV'])
  const debtorId = debtors[0]?.id ?? 0
  const mailbox = await client.mailbox.create({
    data: { key: 'debtors', address: 'debtors@harbourlight.example', kind: 'maildir', startAt: new Date('2026-01-01') },
  })
  const mail = { mailboxId: mailbox.id, size: 1, debtorId, receivedAt: new Date('2026-03-01T10:00:00Z') }
  const asked = await client.message.create({ data: { ...mail, rawHash: 'a', direction: 'in', subject: 'Question' } })
  await client.proposal.create({ data: { messageId: asked.id, mailboxId: mailbox.id, debtorId, summary: 'reply' } })
  await client.task.create({ data: { debtorId, messageId: asked.id, title: 'Quotes the mail' } })

  const see = (administrations: string[], mailboxes: string[]) => debtorOverview(client, { ...asker, sight: { administrations, mailboxes } }, debtorId)
  const [none, without, all] = [await see(['XX'], ['debtors']), await see(['HL'], ['other']), await see(['HL'], ['debtors'])]

  assert.equal(none, undefined)
  assert.deepEqual([without?.mails, without?.proposals, without?.tasks, without?.next.kind], [{ in: [], out: [] }, [], [], 'nothing_open'])
  assert.deepEqual([all?.mails.in[0]?.subject, all?.proposals.length, all?.tasks.length, all?.next.kind], ['Question', 1, 1, 'decide'])
})

test('the day is that of the administration, and a promise for one item leaves the others to be asked for', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId, debtors } = await aLedger(client, ['Visser Installatie BV'])
  await client.administration.update({ where: { id: administrationId }, data: { timeZone: 'Europe/London' } })
  const of = { administrationId, debtorId: debtors[0]?.id ?? 0 }
  const promised = await anItem(client, of, 'A-1', '2026-02-01', '100')
  await client.promiseToPay.create({ data: { debtorId: of.debtorId, promisedOn: new Date('2026-03-09'), invoices: { create: [{ invoiceId: promised.id }] } } })
  await client.promiseToPay.createMany({ data: Array.from({ length: 12 }, () => ({ debtorId: of.debtorId, status: 'kept' })) })
  await client.contact.create({ data: { debtorId: of.debtorId, email: 'ap@visser.example' } })
  await anItem(client, of, 'A-2', '2026-03-01', '200')
  const at = (moment: string) => debtorOverview(client, { ...asker, clock: fixedClock(moment) }, of.debtorId)

  // Past midnight in Amsterdam, not yet in London.
  const [before, after] = [await at('2026-03-01T23:30:00Z'), await at('2026-03-02T00:30:00Z')]

  assert.deepEqual([before?.overdueCount, before?.next.kind], [1, 'wait'])
  assert.deepEqual([after?.overdueCount, after?.next], [2, { kind: 'chase', items: 1, daysOverdue: 1 }])
})

test('a reminder of a central file is the next step of each of its debtors, and on its own card the step after it is', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId, debtors } = await aLedger(client, ['Visser Noord BV', 'Visser Zuid BV'])
  const [lead, member] = debtors.map(({ id }) => id) as [number, number]
  const item = await anItem(client, { administrationId, debtorId: member }, 'A-1', '2026-02-01', '100')
  await client.contact.create({ data: { debtorId: member, email: 'ap@visser.example' } })
  const steps = [{ name: 'reminder' }, { name: 'second_reminder', title: 'Twee' }]
  const version = await client.workflowVersion.create({ data: { workflow: 'standard', settingsVersion: 1, content: { steps }, contentHash: 'x' } })
  const entry = await client.debtorEntry.create({
    data: { debtorId: lead, kind: 'dunning', payload: {}, formKey: 'one', surface: 'duncan', status: 'proposed' },
  })
  const step = { versionId: version.id, step: 0, plannedOn: new Date('2026-03-02') }
  const action = await client.dunningAction.create({
    data: { ...step, debtorId: lead, stepName: 'reminder', type: 'email', track: 'outside', status: 'open', entryId: entry.id },
  })
  await client.dunningItem.create({ data: { invoiceId: item.id, debtorId: member, versionId: version.id, step: 0, actionId: action.id } })
  const next = (own?: OwnItem) => nextStepOf(client, asker, member, own)
  const own = { kind: 'entry', id: entry.id } as const

  const [waiting, onItsCard] = [await next(), await next(own)]
  await client.dunningAction.update({ where: { id: action.id }, data: { step: 1 } })
  const last = await next(own)
  await client.dunningItem.update({ where: { invoiceId: item.id }, data: { actionId: null, step: 1, nextOn: new Date('2026-03-16') } })
  await client.dunningHold.create({ data: { debtorId: member, invoiceId: item.id, reason: 'dispute', amount: '40' } })
  const later = await next(own)
  await client.dunningHold.updateMany({ data: { amount: null } })
  const held = await next(own)

  assert.equal(waiting?.kind, 'entry')
  assert.deepEqual(onItsCard, { kind: 'under_way', step: { name: 'reminder' }, following: { name: 'second_reminder', title: 'Twee' } })
  assert.deepEqual(last, { kind: 'under_way', step: { name: 'second_reminder', title: 'Twee' }, following: null })
  assert.deepEqual([later?.kind, later?.kind === 'planned' && later.on.toString()], ['planned', '2026-03-16'], 'what is not contested goes on')
  assert.deepEqual(held, { kind: 'wait', reason: 'dispute', until: null })
})
