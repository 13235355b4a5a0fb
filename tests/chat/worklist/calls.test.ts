import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Card, createChat } from '#chat'
import { workflowsKind } from '#dunning'
import type { Staff } from '#people'
import { refreshStanding } from '#search'
import type { ClickOutcome } from '../../../src/chat/click.ts'
import { anOffice } from '../../proposals/support.ts'
import { chatSettings } from '../chat-settings.ts'

const standard = workflowsKind.schema.parse({
  standard: {
    title: 'Standard',
    steps: [
      { name: 'first_call', type: 'call', after: { days: 14 } },
      { name: 'collection', type: 'hand_over', after: { days: 60 } },
    ],
  },
}).standard

/** Monday 23 November 2026: two debtors with a call each that is open since today, of the collectors Jan and Mia. */
async function aDesk(t: TestContext) {
  const office = await anOffice(t)
  const { db, debtor, other, jan, mia } = office
  const chat = createChat({ client: db, clock: office.clock, proposals: office.proposals, ...chatSettings })
  const version = await db.workflowVersion.create({ data: { workflow: 'standard', settingsVersion: 7, content: standard ?? {}, contentHash: 'a' } })
  await db.administration.updateMany({ data: { country: 'NL' } })
  await db.debtor.update({ where: { id: debtor.id }, data: { collector: 'JAN' } })
  await db.debtor.update({ where: { id: other.id }, data: { collector: 'mia' } })
  await db.contact.updateMany({ where: { debtorId: debtor.id }, data: { phone: '+31 20 555 0100' } })
  const aCall = async (debtorId: number, createdAt: string) => {
    const items = await db.invoice.findMany({ where: { debtorId }, orderBy: { id: 'asc' } })
    const of = items.map(({ id, openAmount, currency }) => ({ invoiceId: id, step: 0, stepName: 'first_call', amount: openAmount, currency }))
    const action = { debtorId, versionId: version.id, step: 0, stepName: 'first_call', type: 'call', track: 'outside', status: 'open' }
    const { id } = await db.dunningAction.create({
      data: { ...action, plannedOn: new Date('2026-11-23'), createdAt: new Date(createdAt), items: { create: of } },
    })
    for (const { id: invoiceId } of items) await db.dunningItem.create({ data: { invoiceId, debtorId, versionId: version.id, step: 0, actionId: id } })
    return id
  }
  const [first, second] = [await aCall(debtor.id, '2026-11-23T05:00:00Z'), await aCall(other.id, '2026-11-23T05:01:00Z')]
  const type = async (text: string, staff: Staff = jan) => cardOf(await chat.command({ staff, surface: 'console', text }))
  const press = (button: { action: string; data: Record<string, string> } | undefined, values: Record<string, string> = {}, staff: Staff = jan) =>
    chat.click({ staff, surface: 'console', action: button?.action ?? '', data: button?.data ?? {}, values })
  const stateOf = (id: number) => db.dunningAction.findUniqueOrThrow({ where: { id } })
  return { ...office, chat, first, second, jan, mia, type, press, stateOf }
}

const cardOf = (outcome: ClickOutcome): Card => ('card' in outcome ? outcome.card : assert.fail(JSON.stringify(outcome)))
const picksOf = ({ elements }: Card) => elements.flatMap(element => (element.type === 'pick' ? [element] : []))
const back = (card: Card) => picksOf(card).find(pick => pick.button.action === 'call.undo')?.button
const button = ({ buttons, more }: Card, action: string) => [...buttons, ...more].find(each => each.action === action)
const factsOf = ({ elements }: Card) =>
  Object.fromEntries(elements.flatMap(element => (element.type === 'facts' ? element.facts.map(({ label, value }) => [label, value] as const) : [])))

test('the calls of workflows stand in the lists of the debtors’ collectors beside tasks that are due, and with who covers them', async t => {
  const { db, clock, jan, mia, other, first, second, type } = await aDesk(t)
  await db.task.create({ data: { title: 'Ask for the contract', dueOn: new Date('2026-11-24'), assigneeId: jan.id } })
  await db.task.create({ data: { title: 'Hand over', assigneeId: jan.id, debtorId: other.id, createdAt: new Date('2026-11-23T05:02:00Z') } })
  await refreshStanding({ client: db, clock, timeZone: 'Europe/Amsterdam' })
  const items = async (list: string, staff?: Staff) => picksOf(await type(`/actions ${list}`, staff)).map(pick => pick.button.data.item)

  assert.deepEqual(await items('mine'), [`call:${first}`, 'task:2'])
  assert.deepEqual(await items('mine', mia), [`call:${second}`])
  assert.deepEqual(await items('@mia'), [`call:${second}`])
  assert.deepEqual(await items('team amount'), [`call:${second}`, 'task:2', `call:${first}`])
  assert.deepEqual([await items('calls'), await items('tasks')], [[`call:${first}`, `call:${second}`], ['task:2']])
  assert.deepEqual(await items('dunning'), [`call:${first}`, `call:${second}`, 'task:2'])
  assert.deepEqual(await items('team', { ...jan, administrations: ['other'] }), [], 'none of a debtor out of sight')
  const [line] = picksOf(await type('/actions mine'))
  assert.deepEqual([line?.text, line?.note], ['Call · Kwekerij Zonneveld BV', '€425.75 · 23 days late · 23 Nov 2026, 06:00 · Jan'])
  await db.staffAbsence.create({ data: { staffId: jan.id, coverId: mia.id, from: new Date('2026-11-23'), until: new Date('2026-11-27'), surface: 'console' } })
  assert.deepEqual(await items('mine', mia), [`call:${first}`, `call:${second}`, 'task:2'])
  assert.match(picksOf(await type('/actions mine', mia))[0]?.note ?? '', /Jan.*Mia/)
  clock.set('2026-11-30T08:00:00Z')
  assert.deepEqual(await items('mine', mia), [`call:${second}`], 'back with who was away')
})

test('a call shows what to know and why now; nobody answers, it comes again tomorrow, and the next one opens in the order of the list', async t => {
  const { db, clock, debtor, first, second, type, press, stateOf } = await aDesk(t)
  await db.note.create({ data: { debtorId: debtor.id, text: 'Ask for Piet', pinned: true } })
  await db.promiseToPay.create({ data: { debtorId: debtor.id, promisedOn: new Date('2026-11-10'), status: 'broken' } })

  const list = await type('/actions team')
  const card = cardOf(await press(picksOf(list)[0]?.button))
  const next = await press(button(card, 'call.no_answer'))
  const again = await press(button(card, 'call.no_answer'))

  assert.deepEqual([card.title, card.status?.text], ['Call · Kwekerij Zonneveld BV', '23 days late'])
  const facts = factsOf(card)
  assert.equal(facts.Phone, '+31 20 555 0100 · Piet Zon')
  assert.deepEqual([facts['To ask for'], facts['Open balance'], facts.Overdue], ['€425.75', '€425.75 (3)', '€425.75 (3)'])
  assert.match(facts['Promises to pay'] ?? '', /broken/)
  const told = JSON.stringify(card.elements)
  assert.ok(told.includes('Ask for Piet') && told.includes('step “First call” of the workflow “Standard” (settings 7)'), told)
  assert.deepEqual(
    card.buttons.map(({ label }) => label),
    ['Reached', 'No answer → 24 Nov 2026', 'Next (1 left)'],
  )
  assert.equal(cardOf(next).title, 'Call · Bakkerij De Korf')
  assert.ok(cardOf(next).elements.some(element => element.type === 'notice' && element.title.startsWith('Nobody answered at Kwekerij Zonneveld BV')))
  assert.equal(again.kind, 'refused', 'of two presses one counts')
  const { tries, callOn, status } = await stateOf(first)
  assert.deepEqual([tries, callOn?.toISOString().slice(0, 10), status], [1, '2026-11-24', 'open'])
  assert.deepEqual(
    picksOf(await type('/actions')).map(pick => pick.button.data.item),
    [`call:${second}`],
  )
  clock.set('2026-11-24T08:00:00Z')
  assert.match(picksOf(await type('/actions mine'))[0]?.note ?? '', /Called once, no answer\./)
})

test('what a call brought is entered and noted, ends it, and lets its items go on; one that is skipped says why', async t => {
  const { db, first, second, eve, jan, type, press, stateOf } = await aDesk(t)
  const open = async (id: number) => cardOf(await press({ action: 'call.show', data: { call: String(id), list: 'team', item: `call:${id}` } }))

  const form = cardOf(await press(button(await open(first), 'call.reached')))
  const save = form.buttons[0]
  const invoices = form.elements.flatMap(element => (element.type === 'field' && element.field.id === 'invoices' ? [element.field.value] : []))
  const wrong = await press(save, { outcome: 'promise', day: 'soon', invoices: '' })
  const saved = await press(save, { outcome: 'promise', day: '2026-12-04', amount: '100', invoices: '2026-001', text: 'Spoke to Piet' })
  const twice = await press(save, { outcome: 'promise', day: '2026-12-04', amount: '100', invoices: '2026-001' })
  const skipping = cardOf(await press(button(cardOf(saved), 'call.skip')))
  const skipped = cardOf(await press(skipping.buttons[0], { reason: 'no_number' }))
  const byViewer = await press({ action: 'call.no_answer', data: { call: String(second) } }, {}, eve)

  assert.deepEqual(invoices, ['2026-001, 2026-002, 2026-003'])
  assert.deepEqual([wrong.kind, twice.kind, byViewer.kind], ['refused', 'refused', 'refused'])
  const [promise, ...others] = await db.promiseToPay.findMany({ include: { invoices: true } })
  assert.deepEqual([promise?.amount?.toFixed(2), promise?.invoices.length, others.length], ['100.00', 1, 0])
  assert.deepEqual(
    (await db.note.findMany()).map(({ text }) => text),
    ['Spoke to Piet'],
  )
  const done = await stateOf(first)
  assert.deepEqual([done.status, done.outcome, done.staffId, done.doneOn?.toISOString().slice(0, 10)], ['done', 'promise', jan.id, '2026-11-23'])
  assert.deepEqual(
    (await db.dunningItem.findMany({ orderBy: { invoiceId: 'asc' } })).map(({ step, actionId }) => [step, actionId]),
    ['first', 'second', 'third', 'other'].map(() => [1, null]),
  )
  assert.equal(cardOf(saved).title, 'Call · Bakkerij De Korf', 'done opens the next one')
  assert.deepEqual([(await stateOf(second)).status, (await stateOf(second)).outcome], ['skipped', 'no_number'])
  assert.match(skipped.subtitle ?? '', /^Nothing waits\. All done\. · today 2 handled, 0 need you/)
  const audits = await db.auditEntry.findMany({ where: { event: { startsWith: 'dunning.' } }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    audits.map(({ event, detail }) => [event, (detail as { outcome: string }).outcome]),
    [
      ['dunning.done', 'promise'],
      ['dunning.skipped', 'no_number'],
    ],
  )
  assert.deepEqual(picksOf(await type('/actions')), [])
})

test('what was done about a call today is taken back with what was entered on it, and no longer once the workflow went on', async t => {
  const { db, clock, debtor, first, second, mia, press, stateOf } = await aDesk(t)
  const earlier = await db.dunningAction.findUniqueOrThrow({ where: { id: first }, include: { items: true } })
  const { id: _earlier, items, ...row } = earlier
  const reminder = { ...row, type: 'email', track: 'internal', status: 'done', doneOn: new Date('2026-11-10') }
  const { id: reminderId } = await db.dunningAction.create({ data: reminder })
  await db.dunningActionItem.createMany({ data: items.map(item => ({ ...item, actionId: reminderId })) })
  await db.dunningItem.updateMany({ where: { debtorId: debtor.id }, data: { lastOn: new Date('2026-11-10') } })
  const open = async (id: number) => cardOf(await press({ action: 'call.show', data: { call: String(id), list: 'team', item: `call:${id}` } }))
  const positions = async () =>
    (await db.dunningItem.findMany({ where: { debtorId: debtor.id }, orderBy: { invoiceId: 'asc' } })).map(({ step, lastOn, actionId }) => [
      step,
      lastOn?.toISOString().slice(0, 10),
      actionId,
    ])

  const form = cardOf(await press(button(await open(first), 'call.reached')))
  const forged = await press(
    { action: 'call.save', data: { call: String(first), form: `call ${second} x` } },
    { outcome: 'promise', day: '2026-12-04', invoices: '' },
  )
  const next = cardOf(await press(form.buttons[0], { outcome: 'promise', day: '2026-12-04', invoices: '', text: 'Piet pays' }))
  const byOther = await press(back(next), {}, mia)
  const again = cardOf(await press(back(next)))

  assert.deepEqual([forged.kind, byOther.kind], ['refused', 'refused'])
  assert.equal(again.title, 'Call · Kwekerij Zonneveld BV')
  assert.deepEqual(
    await positions(),
    [1, 2, 3].map(() => [0, '2026-11-10', first]),
  )
  assert.deepEqual(
    [(await stateOf(first)).status, (await stateOf(first)).outcome, await db.promiseToPay.count({ where: { status: 'open' } })],
    ['open', null, 0],
  )
  assert.equal((await press(back(next))).kind, 'refused', 'once')

  const moved = cardOf(await press(button(await open(first), 'call.no_answer')))
  await press(back(moved))
  assert.deepEqual([(await stateOf(first)).tries, (await stateOf(first)).callOn], [0, null])

  const skipped = cardOf(await press({ action: 'call.skip_for', data: { call: String(first), list: 'team' } }, { reason: 'other' }))
  await db.dunningItem.updateMany({ where: { debtorId: debtor.id, step: 1 }, data: { step: 2 } })
  assert.equal((await press(back(skipped))).kind, 'refused', 'the workflow went on')
  await db.dunningItem.updateMany({ where: { debtorId: debtor.id }, data: { step: 1 } })
  clock.set('2026-11-23T23:30:00Z')
  assert.equal((await press(back(skipped))).kind, 'refused', 'in Amsterdam the day is over')
  clock.set('2026-11-23T22:30:00Z')
  assert.equal((await press(back(skipped))).kind, 'private')
  const events = (await db.auditEntry.findMany({ where: { subject: `dunning:${first}` }, orderBy: { id: 'asc' } })).map(({ event }) => event)
  assert.deepEqual(events, ['dunning.done', 'dunning.undone', 'dunning.no_answer', 'dunning.no_answer_undone', 'dunning.skipped', 'dunning.undone'])
})

test('a call to a central file is about the invoices of each of its debtors, and is taken back with all that was entered on it', async t => {
  const { db, debtor, other, first, second, press } = await aDesk(t)
  await db.dunningActionItem.updateMany({ where: { actionId: second }, data: { actionId: first } })
  await db.dunningItem.updateMany({ where: { actionId: second }, data: { actionId: first } })
  const { id: groupId } = await db.debtorGroup.create({ data: { name: 'Zonneveld' } })
  await db.debtor.updateMany({ where: { id: { in: [debtor.id, other.id] } }, data: { groupId } })
  await db.dunningAction.update({ where: { id: first }, data: { groupId } })
  await db.dunningAction.update({ where: { id: second }, data: { status: 'withdrawn' } })
  const card = cardOf(await press({ action: 'call.show', data: { call: String(first), list: 'team', item: `call:${first}` } }))
  const form = cardOf(await press(button(card, 'call.reached')))
  const invoices = form.elements.flatMap(element => (element.type === 'field' && element.field.id === 'invoices' ? [element.field.value] : [])).join()
  const save = form.buttons[0]
  const promises = async () =>
    (await db.promiseToPay.findMany({ include: { invoices: true }, orderBy: { debtorId: 'asc' } })).filter(({ status }) => status === 'open')

  const oneAmount = await press(save, { outcome: 'promise', day: '2026-12-04', amount: '100', invoices })
  const wrong = await press(save, { outcome: 'promise', day: '2026-12-04', invoices: `${invoices}, X-999` })
  const nothing = await promises()
  const saved = cardOf(await press(save, { outcome: 'promise', day: '2026-12-04', invoices }))
  const both = await promises()
  await press(back(saved))

  assert.match(invoices, /^2026-001, 2026-002, 2026-003, \S+$/)
  assert.deepEqual([oneAmount.kind, wrong.kind, nothing.length], ['refused', 'refused', 0])
  assert.match(oneAmount.kind === 'refused' ? oneAmount.message : '', /of one debtor/)
  assert.deepEqual(
    both.map(({ debtorId, invoices: of }) => [debtorId, of.length]),
    [
      [debtor.id, 3],
      [other.id, 1],
    ],
  )
  assert.equal((await promises()).length, 0)
})
