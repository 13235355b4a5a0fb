import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createChat } from '#chat'
import { ensureStaff, type Staff } from '#people'
import { fixedClock } from '#platform'
import type { ProposalView } from '#proposals'
import { refreshStanding } from '#search'
import type { Card } from '../../src/chat/card.ts'
import type { ClickOutcome } from '../../src/chat/click.ts'
import { aLedger, anItem } from '../search/ledger.ts'
import { createTestDatabase } from '../support/database.ts'
import { chatSettings } from './chat-settings.ts'
import { fakeProposals } from './fake-proposals.ts'
import { aView } from './views.ts'

/** Three debtors and two mailboxes; Jan and Bo decide. It is Monday 2 March 2026. */
async function aDesk(t: TestContext, views: ProposalView[] = []) {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const person = (key: string, name: string, rest = {}) => ensureStaff(client, { key, name, email: `${key}@harbourlight.example`, role: 'collector', ...rest })
  const [jan, bo] = [await person('jan', 'Jan Willems'), await person('bo', 'Bo Smit')]
  const { administrationId, debtors } = await aLedger(client, ['Visser Installatie BV', 'Zonnebloem NV', 'Möller Stahlbau GmbH'])
  for (const [id, key] of [
    [1, 'debtors'],
    [2, 'export'],
  ] as const) {
    await client.mailbox.create({ data: { id, key, address: `${key}@harbourlight.example`, kind: 'maildir', startAt: new Date('2026-01-01') } })
  }
  const item = (index: number, number: string, due: string, amount: string) =>
    anItem(client, { administrationId, debtorId: debtors[index]?.id ?? 0 }, number, due, amount)
  const aProposal = (id: number, debtor: number | undefined, rest: { ownerId?: number; mailboxId?: number; status?: string; decidedAt?: Date } = {}) =>
    client.proposal.create({
      data: { id, messageId: id, mailboxId: 1, summary: 'x', debtorId: (debtor !== undefined && debtors[debtor]?.id) || null, ...rest },
    })
  /** What Duncan does every five minutes, for the order of lists. */
  const refresh = () => refreshStanding({ client, clock, timeZone: 'Europe/Amsterdam' })
  const proposals = fakeProposals(
    views,
    () => 'Jan Willems',
    () => new Date(clock.now().epochMilliseconds),
  )
  const chat = createChat({ client, clock, proposals, ...chatSettings })
  const type = (text: string, staff: Staff = jan) => chat.command({ staff, surface: 'console', text })
  const press = ({ action, data }: { action: string; data: Record<string, string> }, values: Record<string, string> = {}) =>
    chat.click({ staff: jan, surface: 'console', action, data, values })
  return { client, clock, debtors, jan, bo, item, aProposal, refresh, proposals, chat, type, press }
}

const cardOf = (outcome: ClickOutcome): Card => {
  assert.ok(outcome.kind === 'private', JSON.stringify(outcome))
  return outcome.card
}
const picksOf = (card: Card) => card.elements.flatMap(element => (element.type === 'pick' ? [element] : []))
const idsOf = (outcome: ClickOutcome) => picksOf(cardOf(outcome)).map(({ button }) => Number(button.data.proposal))
const buttonOf = (card: Card, label: string | RegExp) => {
  const found = [...card.buttons, ...card.more].find(button => (typeof label === 'string' ? button.label === label : label.test(button.label)))
  assert.ok(found, `a button ${label.toString()} among ${[...card.buttons, ...card.more].map(button => button.label).join(', ')}`)
  return found
}

const three = [12, 13, 14].map(id => aView({ id }))

test('/actions lists what waits, oldest first, and says so when nothing does', async t => {
  const { aProposal, type } = await aDesk(t, three)
  const empty = cardOf(await type('/actions'))
  await aProposal(12, 0)

  const [pick] = picksOf(cardOf(await type('/actions')))

  assert.equal(empty.subtitle, 'Nothing waits. All done. · today 0 handled, 0 need you')
  assert.deepEqual(
    [pick?.text, pick?.note, pick?.button.data.proposal],
    ['Visser Installatie BV · register promise, send reply', '€1,210.00 · 2 Mar 2026, 13:57', '12'],
  )
})

test('the list is sorted by what is at risk, balance, due date or number of invoices, and shows what it is sorted by', async t => {
  const { client, debtors, item, aProposal, refresh, type, press } = await aDesk(t, three)
  await client.dunningHold.create({ data: { debtorId: debtors[0]?.id ?? 0, reason: 'insolvency' } })
  await item(0, '2026-0001', '2026-02-01', '500.00')
  await item(1, '2026-0002', '2026-01-15', '2000.00')
  for (const number of ['2026-0003', '2026-0004', '2026-0005']) await item(2, number, '2026-02-20', '300.00')
  for (const [index, id] of [12, 13, 14].entries()) await aProposal(id, index)
  await refresh()

  const oldest = await type('/actions')
  const [amount, due, invoices] = [await type('/actions amount'), await type('/actions team DUE'), await press(buttonOf(cardOf(oldest), 'Most invoices'))]

  const risk = await type('/actions team risk')
  await client.insurancePolicy.create({ data: { id: 'all', position: 0, insurer: 'Veilig Krediet', number: 'P-1', warnDays: 7, insuredPercent: 90 } })
  await client.insuredDebtor.create({ data: { debtorId: debtors[0]?.id ?? 0, policyId: 'all' } })
  await client.debtorLimit.create({
    data: { debtorId: debtors[0]?.id ?? 0, kind: 'insured', amount: '450', currency: 'EUR', source: 'import', setAt: new Date() },
  })
  await refresh()
  const insured = await type('/actions team risk')

  assert.deepEqual([oldest, risk, insured, amount, due, invoices].map(idsOf), [
    [12, 13, 14],
    [12, 13, 14],
    [13, 12, 14],
    [13, 14, 12],
    [13, 12, 14],
    [14, 12, 13],
  ])
  const notes = [risk, amount, due, invoices].map(outcome => picksOf(cardOf(outcome))[0]?.note?.split(' · ')[0])
  assert.deepEqual(notes, ['€500.00 at risk', '€2,000.00 open', 'due since 15 Jan 2026', '3 open invoices'])
  assert.match(picksOf(cardOf(insured))[1]?.note ?? '', /^€95\.00 at risk, €405\.00 insured · /)
  assert.match(cardOf(invoices).subtitle ?? '', /^\[1–3\] of 3, most invoices first/)
})

test('a balance whose currency has no rate comes last and is not counted as nothing', async t => {
  const { client, item, aProposal, refresh, type } = await aDesk(t, three)
  await item(0, '2026-0001', '2026-02-01', '500.00')
  const foreign = await item(1, '2026-0002', '2026-01-15', '900000.00')
  await client.invoice.update({ where: { id: foreign.id }, data: { currency: 'JPY' } })
  await aProposal(12, 1)
  await aProposal(13, 0)
  await aProposal(14, undefined)
  await refresh()

  const list = await type('/actions amount')

  assert.deepEqual(idsOf(list), [13, 14, 12])
  assert.doesNotMatch(picksOf(cardOf(list))[2]?.note ?? '', /open/)
})

test('mine, the team’s and a colleague’s lists differ; a mailbox and overdue promises narrow them', async t => {
  const { client, debtors, jan, bo, aProposal, type, press } = await aDesk(t, [...three, aView({ id: 15 })])
  await aProposal(12, 0, { ownerId: jan.id })
  await aProposal(13, 1, { ownerId: bo.id, mailboxId: 2 })
  await aProposal(14, 2)
  await aProposal(15, 2, { mailboxId: 2 })
  await client.promiseToPay.create({ data: { debtorId: debtors[1]?.id ?? 0, promisedOn: new Date('2026-02-27') } })
  await client.promiseToPay.create({ data: { debtorId: debtors[2]?.id ?? 0, promisedOn: new Date('2026-03-02') } })

  const team = await type('/actions')
  const filtered = await press(buttonOf(cardOf(team), 'Only mailbox export'))
  const lists = [team, await type('/actions mine'), await type('/actions mine', bo), await type('/actions @bo'), filtered, await type('/actions promise')]
  const back = await press(buttonOf(cardOf(filtered), 'Without filter'))
  const wrong = [await type('/actions @nobody'), await type('/actions everything')]

  assert.deepEqual(lists.map(idsOf), [[12, 13, 14, 15], [12, 14, 15], [13, 14, 15], [13], [13, 15], [13]])
  assert.deepEqual(idsOf(back), [12, 13, 14, 15])
  assert.deepEqual(
    wrong.map(outcome => outcome.kind === 'refused' && outcome.message.split('.')[0]),
    ['There is nobody called @nobody who is active', '“everything” is nothing to choose by'],
  )
})

test('follow-ups stand in the list beside proposals, in its order and as their debtor’s collector’s; their button opens their card', async t => {
  const { client, bo, debtors, item, aProposal, refresh, type, press } = await aDesk(t, three)
  await item(0, '2026-1', '2026-01-20', '900.00')
  await item(1, '2026-2', '2026-01-10', '50.00')
  await aProposal(12, 0)
  await client.debtor.update({ where: { id: debtors[1]?.id ?? 0 }, data: { collector: 'BO' } })
  const why = { code: 'instalment_missed', dueOn: '2026-02-20', amount: '25.00', currency: 'EUR', planId: 1 }
  const payload = { kind: 'follow_up', about: 'instalment', refId: 1, invoiceIds: [], mail: null }
  const entry = { kind: 'follow_up', payload, why, surface: 'duncan', status: 'proposed' }
  for (const [index, createdAt] of [
    [1, '2026-02-21'],
    [2, '2026-12-22'],
  ] as const) {
    const debtorId = debtors[index]?.id ?? 0
    await client.debtorEntry.create({ data: { ...entry, debtorId, formKey: `follow ${index}`, createdAt: new Date(`${createdAt}T08:00:00Z`) } })
  }
  await refresh()
  const texts = async (list: string, staff?: Staff) => picksOf(cardOf(await type(`/actions ${list}`, staff))).map(({ text }) => text.split(' · ')[0])
  const [first] = picksOf(cardOf(await type('/actions')))

  assert.deepEqual([first?.text, first?.note], ['Instalment missed · Zonnebloem NV', '€25.00 · 21 Feb 2026, 09:00 · Bo Smit'])
  assert.deepEqual(await texts(''), ['Instalment missed', 'Visser Installatie BV', 'Instalment missed'])
  assert.deepEqual(await texts('amount'), ['Visser Installatie BV', 'Instalment missed', 'Instalment missed'])
  assert.deepEqual(await texts('mine'), ['Visser Installatie BV', 'Instalment missed'], 'nobody is the collector of the third')
  assert.deepEqual([(await texts('mine', bo)).length, await texts('second'), await texts('promise')], [3, [], []])
  assert.match(cardOf(await type('/actions')).subtitle ?? '', /3 need you$/)
  const opened = cardOf(await press(first?.button ?? assert.fail()))
  assert.equal(opened.title, 'Follow-up · Zonnebloem NV')
})

test('114 come in pages of 30, the fourth with the last 24, and the day’s count is the number of cards that wait', async t => {
  const ids = Array.from({ length: 114 }, (_, index) => 100 + index)
  const { client, aProposal, type, press } = await aDesk(
    t,
    ids.map(id => aView({ id })),
  )
  await client.proposal.createMany({ data: ids.map(id => ({ id, messageId: id, mailboxId: 1, summary: 'x' })) })
  await aProposal(1, 0, { status: 'approved', decidedAt: new Date('2026-03-02T08:00:00Z') })
  await aProposal(2, 0, { status: 'approved', decidedAt: new Date('2026-03-01T08:00:00Z') })

  const first = cardOf(await type('/actions'))
  const fourth = cardOf(await press({ action: 'actions.show', data: { list: 'team oldest', page: '3' } }))
  const beyond = cardOf(await press({ action: 'actions.show', data: { list: 'team oldest', page: '99' } }))

  assert.deepEqual(
    first.buttons.map(({ label }) => label),
    ['Next', 'Mine'],
  )
  assert.deepEqual(
    fourth.buttons.map(({ label }) => label),
    ['Previous', 'Mine'],
  )
  assert.equal(first.subtitle, '[1–30] of 114, waiting longest first · today 1 handled, 114 need you')
  assert.match(fourth.subtitle ?? '', /^\[91–114\] of 114/)
  assert.deepEqual([picksOf(fourth).length, beyond.subtitle], [24, fourth.subtitle])
})

test('who decides a card of the list goes on to the next one, also by way of a form, and hears when nothing is left', async t => {
  const { client, item, aProposal, refresh, proposals, type, press } = await aDesk(t, three)
  await item(1, '2026-0002', '2026-01-15', '2000.00')
  await refresh()
  for (const [index, id] of [12, 13, 14].entries()) await aProposal(id, index)
  const settle = (id: number) => client.proposal.update({ where: { id }, data: { status: 'approved' } })

  const list = cardOf(await type('/actions amount'))
  const first = cardOf(await press(picksOf(list)[0]?.button ?? buttonOf(list, 'none')))
  const skipped = cardOf(await press(buttonOf(first, 'Next (2 left)')))
  const decided = press(buttonOf(first, /^Approve/), { tick_1: 'true', tick_2: 'true' })
  await settle(13)
  const approved = cardOf(await decided)
  const second = cardOf(await press(buttonOf(approved, /^Next/)))
  const form = await press(buttonOf(second, 'Reject'))
  assert.ok(form.kind === 'form')
  const rejecting = press(form.card.buttons[0] ?? buttonOf(form.card, 'none'), { reason: 'A duplicate' })
  await settle(12)
  const rejected = cardOf(await rejecting)
  await settle(14)
  const done = await press(buttonOf(rejected, /^Next/))

  assert.deepEqual(
    [first, skipped, second].map(card => buttonOf(card, 'Why?').data.proposal),
    ['13', '12', '12'],
  )
  assert.ok(approved.elements[0]?.type === 'notice' && approved.elements[0].title.startsWith('Done. Visser'))
  assert.deepEqual(
    proposals.requests.map(({ kind, proposalId }) => [kind, proposalId]),
    [
      ['approve', 13],
      ['reject', 12],
    ],
  )
  assert.match(cardOf(done).subtitle ?? '', /^Nothing waits\./)
})
