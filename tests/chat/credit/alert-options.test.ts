import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { type Card, createChat } from '#chat'
import { exposureOf } from '#ledger'
import type { Staff } from '#people'
import { type ProposalRules, shippedRules } from '#proposals'
import { anOffice } from '../../proposals/support.ts'
import { chatSettings } from '../chat-settings.ts'

const rules: ProposalRules = {
  ...shippedRules,
  workflows: {
    amicable: { title: 'Friendly first', administrations: [], patienceDays: 0, absenceDays: 7, branches: [], steps: [] },
    legal: { title: 'Straight to court', administrations: [], patienceDays: 0, absenceDays: 7, branches: [], steps: [] },
  },
}

const limit = (amount: string) => ({ is: 'money', amount, currency: 'EUR' })

/** A company that D100 is, and a second debtor where it is asked for; its advised limit fell to 80,000, and an alert says so. */
async function aDesk(t: TestContext, isShared = false) {
  const office = await anOffice(t, {}, rules)
  const { db, clock, proposals, debtor, other, administration, anInvoice } = office
  const boss = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'manager' } })
  const max = await db.staff.create({ data: { key: 'max', name: 'Max', email: 'max@nordlicht.example', role: 'manager', language: 'de' } })
  await anInvoice(debtor.id, '2026-004', '90000.00', { dueDate: new Date('2026-12-31') })
  await anInvoice(debtor.id, '2026-005', '-400.25', { kind: 'credit_note' })
  await anInvoice(debtor.id, '2026-006', '500.00', { currency: 'USD' })
  await db.order.create({ data: { administrationId: administration.id, debtorId: debtor.id, number: 'O1', currency: 'EUR', amount: '30000' } })
  await db.debtorLimit.createMany({
    data: [
      { debtorId: debtor.id, kind: 'internal', amount: '100000', currency: 'EUR', source: 'import', setAt: new Date() },
      { debtorId: debtor.id, kind: 'insured', amount: '150000', currency: 'EUR', source: 'import', insurer: 'Polder Krediet', setAt: new Date() },
    ],
  })
  const company = await db.creditCompany.create({ data: { bureau: 'creditsafe', bureauId: 'NL-X-1', country: 'NL', name: 'Kwekerij Zonneveld', sections: [] } })
  for (const { id } of isShared ? [debtor, other] : [debtor])
    await db.creditLink.create({ data: { debtorId: id, companyId: company.id, source: 'number', linkedBy: 'duncan', linkedAt: new Date() } })
  const told = { companyId: company.id, criterion: 'credit_limit', value: limit('80000'), raw: '80000', source: 'report' }
  await db.creditValue.create({ data: { ...told, since: new Date(), seenAt: new Date() } })
  const raised = { administrationId: administration.id, rule: 'limit-cut', urgency: 'now', channel: 'credit', raisedAt: new Date() }
  const { id: alertId } = await db.creditAlert.create({
    data: { ...raised, companyId: company.id, criterion: 'credit_limit', before: limit('120000'), value: limit('80000'), fact: 'limit' },
  })
  const link = 'https://bureau.example/companies/{id}'
  const credit = { rules: async () => ({ bureaus: { creditsafe: { kind: 'creditsafe' } }, link }) } as never
  const chat = createChat({ client: db, clock, proposals, ...chatSettings, workflows: () => rules.workflows, credit })
  const press = (action: string, data: Record<string, string>, values: Record<string, string> = {}, staff: Staff = boss) =>
    chat.click({ staff, surface: 'console', action, data, values })
  /** What the queue would do. */
  const work = async () => {
    for (const { name, payload } of office.jobs.splice(0)) if (name === 'entry.changed') await chat.postEntry(payload.entryId ?? 0)
  }
  const posted = async (subject: string) => (await db.chatPost.findFirstOrThrow({ where: { subject, privateTo: null } })).card as Card
  return { ...office, boss, max, alertId, chat, press, work, posted }
}

const cardOf = (outcome: { kind: string; card?: Card }): Card => outcome.card ?? assert.fail(JSON.stringify(outcome))
const everyButton = ({ elements, buttons, more }: Card) => [...buttons, ...more, ...elements.flatMap(each => (each.type === 'pick' ? [each.button] : []))]
const button = (card: Card, action: string) =>
  everyButton(card).find(each => each.action === action) ?? assert.fail(`${action}: ${JSON.stringify(everyButton(card))}`)
const factsOf = ({ elements }: Card) =>
  new Map(elements.flatMap(each => (each.type === 'facts' ? each.facts.map(({ label, value }) => [label, value] as const) : [])))
/** Amounts in English as one writes them, by currency. */
const amounts = (text = '') =>
  new Map(
    [...text.matchAll(/(-?)(€|US\$)([\d,.]+)/g)].map(([, sign, currency = '', figure = '']) => [currency, Number(`${sign}${figure.replaceAll(',', '')}`)]),
  )

test('the figures of an alert add up to the ledger’s, each limit is held against its own currency, and the card says what happens next', async t => {
  const { db, chat, alertId, debtor, posted } = await aDesk(t)
  await chat.postAlert(alertId)

  const card = await posted(`alert:${alertId}`)

  const facts = factsOf(card)
  const part = (label: string, currency = '€') => amounts(facts.get(label)).get(currency) ?? 0
  const open = await db.invoice.findMany({ where: { debtorId: debtor.id, status: 'open', currency: 'EUR' } })
  const ledger = open.reduce((sum, { openAmount }) => sum + Math.round(openAmount.toNumber() * 100), 0) / 100
  assert.equal(part('Overdue') + part('Not yet due'), ledger)
  assert.equal(part('Together'), ledger + 30_000)
  assert.deepEqual([part('Together', 'US$'), part('Open orders')], [500, 30_000])
  const [euros] = await exposureOf(db, Temporal.PlainDate.from('2026-11-23'), [debtor.id])
  assert.equal(euros?.total.toNumber(), part('Together'))
  const share = (of: number) => `${Math.round((part('Together') / of) * 100)}%`
  assert.ok(facts.get('Limit advised')?.includes(`€80,000.00 · ${share(80_000)} used`), facts.get('Limit advised'))
  assert.ok(facts.get('Our limit')?.includes(`${share(100_000)} used`))
  assert.equal(amounts(facts.get('Insured (Polder Krediet)')?.split('·')[1]).get('€'), 150_000 - part('Together'))
  assert.equal(facts.get('As things stand'), 'reminders go on')
  assert.ok(card.elements.some(each => each.type === 'text' && each.text.includes('US$500.00')))
  assert.ok(card.elements.some(each => each.type === 'link' && each.url === 'https://bureau.example/companies/NL-X-1'))
  assert.deepEqual(
    [card.buttons, card.more].map(buttons => buttons.map(({ action }) => action)),
    [
      ['alert.acknowledge', 'alert.limit', 'entry.hold'],
      ['alert.workflow', 'note.open', 'credit.history', 'alert.snooze'],
    ],
  )
})

test('a limit that is chosen on an alert is proposed with the advised amount, stands in the channel and on the alert, and is approved as edited', async t => {
  const { db, chat, press, work, posted, alertId, debtor, boss, max, jan } = await aDesk(t)
  await chat.postAlert(alertId)
  const alert = await posted(`alert:${alertId}`)

  const form = await press('alert.limit', button(alert, 'alert.limit').data)
  assert.ok(form.kind === 'form')
  const [field] = form.card.elements
  assert.deepEqual([field?.type === 'field' && field.field.value, form.card.subtitle], ['80000', '€100,000.00 → €80,000.00'])
  const send = () => press('alert.propose', form.card.buttons[0]?.data ?? {}, { amount: '80.000' }, max)
  const [shown, again] = [await send(), await send()]
  await work()

  const entryId = button(cardOf(shown), 'entry.approve_risk').data.entry ?? ''
  assert.equal(button(cardOf(again), 'entry.approve_risk').data.entry, entryId)
  assert.equal(await db.debtorEntry.count(), 1)
  const card = await posted(`entry:${entryId}`)
  assert.deepEqual([card.title, card.status?.text], ['Credit limit · Kwekerij Zonneveld BV', 'Needs a decision'])
  assert.equal(button(await posted(`alert:${alertId}`), 'entry.show').data.entry, entryId)
  const list = cardOf(await chat.command({ staff: boss, surface: 'console', text: '/duncan entries' }))
  assert.equal(button(list, 'entry.show').data.entry, entryId)

  await chat.postEntryReminder(boss.id)
  const reminder = await db.chatPost.findFirstOrThrow({ where: { privateTo: boss.id } })
  assert.deepEqual([reminder.subject, button(reminder.card as Card, 'entry.show').data.entry], ['entries:2026-11-23', entryId])

  const edit = await press('entry.edit_risk', button(card, 'entry.edit_risk').data)
  assert.ok(edit.kind === 'form')
  const approve = edit.card.buttons[0] ?? assert.fail()
  const wrong = await press(approve.action, approve.data, { amount: 'much' })
  const refused = await press(approve.action, approve.data, { amount: '75000' }, jan)
  const done = await press(approve.action, approve.data, { amount: '75000' })
  await work()

  assert.deepEqual([wrong.kind, refused.kind, cardOf(done).status?.text], ['refused', 'refused', 'Done'])
  const set = await db.debtorLimit.findFirstOrThrow({ where: { debtorId: debtor.id, kind: 'internal', endedAt: null } })
  assert.deepEqual([set.amount.toFixed(), set.source, set.decidedById], ['75000', 'decided', boss.id])
  assert.equal((await posted(`entry:${entryId}`)).status?.text, 'Done')
  assert.ok(!everyButton(await posted(`alert:${alertId}`)).some(({ action }) => action === 'entry.show'))
  assert.ok(
    factsOf(await posted(`alert:${alertId}`))
      .get('Our limit')
      ?.startsWith('€75,000.00'),
  )
})

test('an alert about several debtors leads to each of them; a workflow is one of the settings, and a debtor that the alert is not about is not there', async t => {
  const { db, chat, press, work, posted, alertId, debtor, other, aDebtor } = await aDesk(t, true)
  const third = await aDebtor('D300', 'Slagerij De Haan', 'post@dehaan.example')
  await chat.postAlert(alertId)
  const alert = await posted(`alert:${alertId}`)
  const picks = alert.elements.flatMap(each => (each.type === 'pick' ? [each.button.data.debtor] : []))

  const one = cardOf(await press('alert.show', { alert: String(alertId), debtor: String(other.id) }))
  const form = await press('alert.workflow', button(one, 'alert.workflow').data)
  assert.ok(form.kind === 'form')
  const data = form.card.buttons[0]?.data ?? {}
  const unknown = await press('alert.propose', data, { workflow: 'gone' })
  const proposed = cardOf(await press('alert.propose', data, { workflow: 'legal' }))
  await press('entry.approve_risk', button(proposed, 'entry.approve_risk').data)
  await work()
  const after = cardOf(await press('alert.show', { alert: String(alertId), debtor: String(other.id) }))
  const elsewhere = await Promise.all(
    ['alert.show', 'alert.limit', 'alert.workflow'].map(action => press(action, { alert: String(alertId), debtor: String(third.id) })),
  )

  assert.deepEqual(picks, [debtor.id, other.id].map(String))
  assert.deepEqual(
    alert.buttons.map(({ action }) => action),
    ['alert.acknowledge'],
  )
  assert.ok(unknown.kind === 'refused' && unknown.message.includes('amicable, legal'))
  assert.equal(factsOf(after).get('As things stand'), 'Straight to court · reminders go on')
  assert.equal((await db.workflowAssignment.findFirst())?.workflow, 'legal')
  assert.deepEqual(
    elsewhere.map(({ kind }) => kind),
    ['refused', 'refused', 'refused'],
  )
})

test('a limit is set and a workflow chosen without an alert, within the rights of who does it, and above them a second person is asked', async t => {
  const { db, chat, press, debtor, boss, max, jan } = await aDesk(t)
  const type = (text: string, staff: Staff = boss) => chat.command({ staff, surface: 'console', text })
  await db.staff.update({ where: { id: boss.id }, data: { amountLimit: '60000' } })

  const form = await type('/duncan limit zonneveld')
  assert.ok(form.kind === 'form')
  assert.equal(form.card.subtitle, '€100,000.00')
  const save = form.card.buttons[0] ?? assert.fail()
  const done = cardOf(await press(save.action, save.data, { amount: '50,000' }))
  const again = await type('/duncan limit zonneveld')
  const above = cardOf(await press(save.action, again.kind === 'form' ? (again.card.buttons[0]?.data ?? {}) : {}, { amount: '70000' }))
  const voted = cardOf(await press('entry.second_vote', button(above, 'entry.withdraw_risk').data, {}, max))
  const chosen = await type('/duncan workflow zonneveld')
  assert.ok(chosen.kind === 'form')
  const workflow = await press('entry.save_risk', chosen.card.buttons[0]?.data ?? {}, { workflow: 'legal' })
  const refused = await type('/duncan limit zonneveld', jan)

  assert.deepEqual(
    [done.status?.text, above.status?.text, voted.status?.text, cardOf(workflow).status?.text],
    ['Done', 'Needs a second vote', 'Erledigt', 'Needs a second vote'],
  )
  assert.equal(refused.kind, 'refused')
  const limits = await db.debtorLimit.findMany({ where: { debtorId: debtor.id, kind: 'internal' }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    limits.map(({ amount, decidedById, endedAt }) => [amount.toFixed(), decidedById, endedAt === null]),
    [
      ['100000', null, false],
      ['50000', boss.id, false],
      ['70000', max.id, true],
    ],
  )
})
