import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Card } from '#chat'
import { dunningKind, reviewActions } from '#dunning'
import { aMorning, buttonOf, cardOf, picksOf } from './reminder-world.ts'

const rowsOf = (card: Card | undefined) => card?.elements.flatMap(element => (element.type === 'table' ? element.rows : [])) ?? []
const noticesOf = (card: Card) => card.elements.flatMap(element => (element.type === 'notice' ? [element.title, ...element.lines] : []))

test('reminders of one kind are looked through and approved with one click, each by itself, and taken back together', async t => {
  const { db, entries, debtors, aDebtor, aReminder, type, press, work, receipt, jan, mia, eve } = await aMorning(t, [
    '100.00',
    '300.00',
    '200.00',
    '50.00',
    '70.00',
    '9000.00',
  ])
  const [, , c, d, e] = debtors
  const late = await aDebtor('D900', 'Klant Z BV', 'z@klant.example')
  await db.debtor.update({ where: { id: late.id }, data: { collector: 'jan' } })
  const final = await aReminder(late.id, '10.00', 1)
  await db.note.create({ data: { debtorId: d?.id ?? 0, text: 'Only by phone', pinned: true } })
  await db.contact.deleteMany({ where: { debtorId: e?.id ?? 0 } })
  const limited = await db.staff.update({ where: { id: jan.id }, data: { amountLimit: '5000' } })
  const list = await type('/actions mine', limited)
  const ofDunning = picksOf(await type('/actions mine dunning', limited)).length
  const kinds = cardOf(await press(buttonOf(list, 'reminders.list'), {}, limited))
  const [set] = picksOf(kinds)
  const offer = cardOf(await press(set?.button, {}, limited))
  const form = cardOf(await press(buttonOf(offer, 'reminders.pick'), {}, limited))
  const fewer = cardOf(await press(form.buttons[0], { [`entry.${entries[2]}`]: 'false' }, limited))
  const byViewer = await press(fewer.buttons[0], {}, eve)
  const byOther = await press(fewer.buttons[0], {}, mia)
  const old = await press(offer.buttons[0], {}, limited)
  const begun = await press(fewer.buttons[0], {}, limited)
  const twice = await press(fewer.buttons[0], {}, limited)
  const running = await receipt()
  await work()
  const done = await receipt()

  assert.equal(ofDunning, 7)
  assert.equal(set?.text, '5 × First reminder · by e-mail')
  assert.deepEqual(
    picksOf(kinds)
      .slice(1)
      .map(({ text, note }) => `${text}: ${note}`),
    [
      'Klant D BV: First reminder · by e-mail · €50.00 · a pinned note on the debtor',
      'Klant Z BV: Final notice · by e-mail · €10.00 · a text that has to be read',
    ],
  )
  assert.deepEqual([offer.title, offer.subtitle], ['3 × First reminder · by e-mail', '€600.00 · in Dutch'])
  assert.deepEqual(noticesOf(offer), [
    'Left out, 3 to be opened one by one',
    'Klant D BV · €50.00: a pinned note on the debtor',
    'Klant F BV · €9,000.00: above your limit, or two people have to agree',
    'Klant E BV · €70.00: nobody to write to',
  ])
  assert.deepEqual(rowsOf(offer)[0], ['Klant B BV', '€300.00'], 'the largest first')
  assert.ok(
    offer.elements.some(element => element.type === 'letter' && element.label === 'For example, to Klant B BV · €300.00' && element.text.includes('300')),
  )
  assert.match(offer.buttons[0]?.confirm?.text ?? '', /^3 reminders about €600\.00 go to 3 debtors\./)
  assert.deepEqual([fewer.title, fewer.subtitle, noticesOf(fewer).length], ['2 × First reminder · by e-mail', '€400.00 · in Dutch', 2])
  assert.deepEqual([byViewer.kind, byOther.kind, old.kind, begun.kind, twice.kind], ['refused', 'refused', 'refused', 'done', 'refused'])
  assert.deepEqual([running?.title, running?.status?.text], ['0 of 2 · First reminder · by e-mail', 'Working…'])
  assert.deepEqual([done?.title, done?.buttons.map(({ label }) => label)], ['2 of 2 · First reminder · by e-mail', ['Take all 2 back']])
  const stands = async () => (await db.debtorEntry.findMany({ orderBy: { id: 'asc' } })).map(({ status }) => status)
  const waits = ['proposed', 'proposed', 'proposed', 'proposed']
  assert.deepEqual(await stands(), ['done', 'done', ...waits, 'proposed'])
  assert.deepEqual([(await db.debtorEntry.findUniqueOrThrow({ where: { id: final } })).status, c?.name], ['proposed', 'Klant C BV'])

  const undone = await press(done?.buttons[0], {}, limited)
  const after = await receipt()

  assert.deepEqual(undone, { kind: 'done', message: 'Taken back: 2. They are planned anew.' })
  assert.deepEqual([(await stands()).slice(0, 2), after?.title, after?.buttons], [['undone', 'undone'], '0 of 2 · First reminder · by e-mail', []])
  assert.deepEqual(
    (await db.outboundMail.findMany()).map(({ state }) => state),
    ['cancelled', 'cancelled'],
  )
  const audits = await db.auditEntry.findMany({ where: { event: { startsWith: 'reminders.' } }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    audits.map(({ event, actor }) => [event, actor]),
    [
      ['reminders.approved', `staff:${jan.id}`],
      ['reminders.finished', 'duncan'],
    ],
  )
})

test('what changed since it was shown is not approved with the others, and a run that broke off is taken up or given up', async t => {
  const { db, clock, chat, debtors, entries, type, press, work, receipt, runs, proposals } = await aMorning(t, ['100.00', '300.00', '200.00'])
  const offer = cardOf(await press(picksOf(await type('/duncan reminders'))[0]?.button))
  await press(offer.buttons[0])
  const [run] = runs
  await db.invoice.updateMany({ where: { debtorId: debtors[0]?.id ?? 0 }, data: { openAmount: '40.00' } })
  await db.dunningHold.create({ data: { debtorId: debtors[2]?.id ?? 0, reason: 'insolvency' } })
  await db.invoice.updateMany({ where: { debtorId: debtors[2]?.id ?? 0 }, data: { status: 'closed', openAmount: '0' } })
  await proposals.refreshMails([debtors[2]?.id ?? 0])
  await work()
  const told = rowsOf(await receipt())

  assert.deepEqual(
    told.map(([name, , became]) => `${name} ${became}`),
    ['Klant A BV ! not approved: it has changed', 'Klant C BV ! not approved: somebody decided before, or it is settled', 'Klant B BV ✓ leaves at 10:02:00'],
  )
  await db.outboundMail.updateMany({ data: { state: 'sent', sentAt: new Date('2026-11-23T09:03:00Z') } })
  await chat.postEntry(entries[1] ?? 0)
  const left = await receipt()
  assert.deepEqual([rowsOf(left).at(-1)?.[2], left?.buttons], ['✓ sent', []], 'nothing is left to take back')

  await db.reminderRun.update({ where: { id: run ?? 0 }, data: { status: 'running', startedAt: new Date(clock.now().epochMilliseconds) } })
  await db.reminderResult.updateMany({ where: { runId: run ?? 0 }, data: { outcome: null } })
  await chat.runReminders(run ?? 0, true)
  assert.deepEqual(
    (await db.reminderResult.findMany({ orderBy: { entryId: 'asc' } })).map(({ outcome }) => outcome),
    ['stopped', 'approved', 'stopped'],
  )
})

test('on a ledger that is too old nothing is offered, and the card says why', async t => {
  const { db, type, press } = await aMorning(t, ['100.00', '300.00'])
  await db.administration.updateMany({ data: { importedAt: new Date('2026-11-01T00:00:00Z') } })

  const offer = cardOf(await press(picksOf(await type('/duncan reminders team'))[0]?.button))

  assert.deepEqual([buttonOf(offer, 'reminders.approve'), noticesOf(offer).length], [undefined, 3])
  assert.match(noticesOf(offer)[1] ?? '', /ledger|old/i)
})

test('who knows that a debtor has paid says so on its reminder, which is withdrawn, and is led to the next one', async t => {
  const { db, clock, debtors, entries, type, press, proposals, eve } = await aMorning(t, ['100.00', '300.00'])
  const [pick] = picksOf(await type('/actions mine dunning'))
  const card = cardOf(await press(pick?.button))
  const paid = buttonOf(card, 'entry.paid')

  const byViewer = await press(paid, {}, eve)
  const form = cardOf(await press(paid))
  const told = cardOf(await press(form.buttons[0], { invoices: String(form.elements[0]?.type === 'field' && form.elements[0].field.value) }))
  const twice = await press(form.buttons[0], { invoices: '' })
  const [hold, ...others] = await db.dunningHold.findMany()
  const held = await db.invoice.findUniqueOrThrow({ where: { id: hold?.invoiceId ?? 0 } })
  const today = clock.today('Europe/Amsterdam')
  const reviewed = await reviewActions(db, { today, now: clock.now(), rules: dunningKind.schema.parse({}), debtorIds: [held.debtorId] })
  await proposals.refreshMails(reviewed.map(({ debtorId }) => debtorId))
  const late = await press(paid)

  assert.deepEqual([byViewer.kind, twice.kind, late.kind], ['refused', 'private', 'refused'], 'a form that is sent twice counts once')
  assert.deepEqual(
    [hold?.reason, others.length, debtors.findIndex(({ id }) => id === held.debtorId)],
    ['payment_claim', 0, entries.indexOf(Number(paid?.data.entry))],
  )
  assert.ok(told.elements.some(element => element.type === 'text' && element.text.startsWith('Next step: None for now, because the debtor says it paid until')))
  assert.equal(told.buttons[0]?.action, 'actions.next')
  const left = await db.debtorEntry.findMany({ where: { id: { in: entries } }, orderBy: { id: 'asc' } })
  assert.deepEqual(left.map(({ status }) => status).toSorted(), ['proposed', 'superseded'])
})
