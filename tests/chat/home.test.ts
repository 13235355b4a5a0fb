import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createChat } from '#chat'
import { ensureStaff, type Role, type Staff } from '#people'
import { fixedClock } from '#platform'
import type { Card, CardButton } from '../../src/chat/card.ts'
import type { ClickOutcome } from '../../src/chat/click.ts'
import { renderHome } from '../../src/chat/slack/render-view.ts'
import { languages, wordsOf } from '../../src/chat/words/index.ts'
import { aLedger, anItem } from '../search/ledger.ts'
import { createTestDatabase } from '../support/database.ts'
import { chatSettings } from './chat-settings.ts'
import { fakeProposals } from './fake-proposals.ts'
import { aView } from './views.ts'

const cardOf = (outcome: ClickOutcome): Card => {
  assert.ok(outcome.kind === 'private' || outcome.kind === 'form', JSON.stringify(outcome))
  return outcome.card
}
const itemsOf = (outcome: ClickOutcome) => picksOf(cardOf(outcome)).map(({ button }) => button.data.item)
const picksOf = ({ elements }: Card) => elements.flatMap(element => (element.type === 'pick' ? [element] : []))

/** A Monday with something behind every tile: five proposals, three tasks, four debtors in every trouble. */
async function aMonday(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T08:00:00Z')
  const person = (key: string, role: Role) => ensureStaff(client, { key, name: key, email: `${key}@harbourlight.example`, role })
  const [jan, mia, sal] = [await person('jan', 'collector'), await person('mia', 'manager'), await person('sal', 'viewer')]
  const { administrationId, debtors } = await aLedger(client, ['Visser BV', 'Zonnebloem NV', 'Möller GmbH', 'Prompt SA'])
  const [visser = 0, zon = 0, moller = 0] = debtors.map(({ id }) => id)
  for (const [index, { id }] of debtors.entries())
    await anItem(client, { administrationId, debtorId: id }, `A${index}`, index < 3 ? '2026-02-01' : '2026-05-01', '100.00')
  await client.debtor.update({ where: { id: moller }, data: { collector: 'sal' } })
  await client.promiseToPay.create({ data: { debtorId: visser, promisedOn: new Date('2026-03-02') } })
  for (const debtorId of [visser, moller]) await client.promiseToPay.create({ data: { debtorId, status: 'broken', promisedOn: new Date('2026-02-01') } })
  for (const debtorId of [zon, moller]) await client.dispute.create({ data: { debtorId, reason: 'price', ownerId: 1, answerDue: new Date('2030-01-01') } })
  await client.dunningHold.create({ data: { debtorId: zon, reason: 'dispute' } })
  const task = (title: string, rest: { assigneeId?: number; dueOn?: string; debtorId?: number }) =>
    client.task.create({ data: { title, ...rest, dueOn: rest.dueOn ? new Date(rest.dueOn) : null } })
  await task('Call Visser', { assigneeId: jan.id, dueOn: '2026-03-02', debtorId: visser })
  await task('Ask for the contract', { dueOn: '2026-03-09', debtorId: zon })
  await task('Call Möller', { dueOn: '2026-02-27', debtorId: moller })
  await client.debtorEntry.create({
    data: {
      debtorId: visser,
      kind: 'hold',
      payload: { kind: 'hold', until: '2026-03-09', invoiceIds: [] },
      staffId: jan.id,
      formKey: 'f',
      surface: 'console',
      status: 'awaiting_second',
    },
  })
  const mailbox = await client.mailbox.create({
    data: { key: 'debtors', address: 'debtors@harbourlight.example', kind: 'maildir', startAt: new Date('2026-01-01') },
  })
  const states = [
    { ownerId: jan.id },
    { ownerId: mia.id },
    {},
    { status: 'awaiting_second', ownerId: jan.id, firstVoteById: jan.id },
    { status: 'snoozed', snoozedUntil: new Date('2026-03-02T15:00:00Z') },
    { status: 'snoozed', snoozedUntil: new Date('2026-03-04T07:00:00Z') },
  ]
  for (const [index, state] of states.entries())
    await client.proposal.create({ data: { id: index + 12, messageId: index + 12, mailboxId: mailbox.id, summary: 's', debtorId: visser, ...state } })
  const views = states.map((_, index) => aView({ id: index + 12 }))
  const chat = createChat({ client, clock, proposals: fakeProposals(views, String, () => new Date()), ...chatSettings })
  const press = (staff: Staff, { action, data }: Pick<CardButton, 'action' | 'data'>, values: Record<string, string> = {}) =>
    chat.click({ staff, surface: 'console', action, data, values })
  const type = (staff: Staff, text: string) => chat.command({ staff, surface: 'console', text })
  /** The tiles of somebody's page: what each says, and how many lines its list has. */
  const tilesOf = async (staff: Staff) => {
    const card = await chat.home(staff, 'slack')
    const tiles = picksOf(card).filter(({ text }) => /^\d+ · /.test(text))
    const lists = await Promise.all(tiles.map(async ({ button }) => picksOf(cardOf(await press(staff, button))).length))
    return { card, tiles: tiles.map(({ text }) => text), counts: tiles.map(({ text }) => Number.parseInt(text, 10)), lists }
  }
  return { client, chat, clock, jan, mia, sal, press, type, tilesOf, moller }
}

test('the number of every tile is that of the list which its button opens, for each role', async t => {
  const { jan, mia, sal, tilesOf } = await aMonday(t)

  const [collector, manager, viewer] = [await tilesOf(jan), await tilesOf(mia), await tilesOf(sal)]

  assert.deepEqual(collector.tiles, [
    '4 · Waits for you',
    '2 · Due today: reminders, calls and tasks',
    '3 · Debtors with something overdue',
    '1 · Debtors whose reminders are on hold',
    '1 · Debtors who promised to pay today',
    '1 · Comes back today',
    '2 · Debtors with a broken promise',
  ])
  assert.deepEqual(manager.tiles.slice(0, 3), ['7 · Waits for the team', '2 · Waits for your second vote', '1 · Entered or proposed, waits for your decision'])
  assert.deepEqual(viewer.tiles.slice(0, 2), ['3 · Debtors with something overdue', '3 · Debtors with something at risk'])
  for (const { counts, lists } of [collector, manager, viewer]) assert.deepEqual(counts, lists)
})

test('each person chooses view and tiles; sales counts its own accounts, and no page is longer than Slack takes', async t => {
  const { client, jan, sal, press, tilesOf } = await aMonday(t)
  const form = cardOf(await press(sal, { action: 'home.tiles', data: {} }))
  const save = form.buttons[0] ?? assert.fail()

  await press(sal, save, { view: 'sales' })
  const ofSal = await tilesOf(sal)
  await press(
    jan,
    { action: 'home.tiles_save', data: { view: 'collector' } },
    { view: 'collector', 'tile.tasks': 'true', 'tile.second': 'true', 'tile.risk': 'true' },
  )
  const ofJan = await tilesOf(jan)
  const refused = await press(jan, save, { view: 'boss' })

  assert.equal(ofSal.card.subtitle, 'Your own accounts')
  assert.deepEqual(ofSal.tiles, [
    '1 · Debtors with something overdue',
    '0 · Debtors who promised to pay today',
    '1 · Debtors with a broken promise',
    '1 · Open disputes (0 invoices)',
    '0 · Debtors whose reminders are on hold',
  ])
  assert.deepEqual(ofSal.counts, ofSal.lists)
  // The second vote is not Jan's to give, whatever is ticked.
  assert.deepEqual(ofJan.tiles, ['2 · Your open tasks', '3 · Debtors with something at risk'])
  assert.deepEqual(ofJan.counts, ofJan.lists)
  assert.equal(refused.kind, 'refused')
  const every = Object.fromEntries(Object.keys(wordsOf('en').home.tiles).map(name => [`tile.${name}`, 'true']))
  await client.staff.update({ where: { id: jan.id }, data: { role: 'admin' } })
  await press({ ...jan, role: 'admin' }, { action: 'home.tiles_save', data: { view: 'manager' } }, { view: 'manager', ...every })
  const longest = await tilesOf({ ...jan, role: 'admin' })
  assert.deepEqual([longest.counts, longest.counts.length], [longest.lists, 13])
  for (const language of languages) {
    const drawn = renderHome((await tilesOf({ ...jan, role: 'admin', language })).card, { words: wordsOf(language).platforms, publicUrl: '' })
    assert.ok(drawn.blocks.length <= 100)
  }
  assert.equal(await client.auditEntry.count({ where: { event: 'staff.page_saved' } }), 3)
})

test('a call that nobody answers comes again on the next working day; one that is done is off the list, once, by who may', async t => {
  const { client, jan, sal, type, press, moller } = await aMonday(t)
  const list = cardOf(await type(jan, '/duncan tasks'))
  const [first] = picksOf(list)
  const task = cardOf(await press(jan, first?.button ?? assert.fail()))
  const noAnswer = task.buttons.find(({ action }) => action === 'task.no_answer') ?? assert.fail()
  await client.administration.updateMany({ data: { country: 'NL' } })

  const both = await Promise.all([press(jan, noAnswer), press(jan, noAnswer)])
  const { id: contract } = await client.task.findFirstOrThrow({ where: { title: 'Ask for the contract' } })
  const done = await press(jan, { action: 'task.done', data: { task: String(contract), list: 'mine', item: `task:${contract}` } })
  const byViewer = await press(sal, { action: 'task.done', data: { task: noAnswer.data.task ?? '' } })
  const elsewhere = { ...sal, role: 'collector', administrations: ['other'] }
  const hidden = [await press(elsewhere, { action: 'task.show', data: noAnswer.data }), await press(elsewhere, { action: 'task.done', data: noAnswer.data })]

  assert.deepEqual([task.title, task.status?.text], ['Call Visser', 'due 2 Mar 2026'])
  assert.deepEqual(both.map(({ kind }) => kind).toSorted(), ['private', 'refused'])
  assert.ok(both.some(outcome => outcome.kind === 'private' && outcome.card.subtitle?.startsWith('Nobody answered: the same again on 3 Mar 2026.')))
  const again = await client.task.findMany({ where: { title: 'Call Visser' }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    again.map(({ status, dueOn, assigneeId }) => [status, dueOn?.toISOString().slice(0, 10), assigneeId]),
    [
      ['done', '2026-03-02', jan.id],
      ['open', '2026-03-03', jan.id],
    ],
  )
  assert.ok(
    done.kind === 'private' && done.card.elements[0]?.type === 'notice' && done.card.elements[0].title === wordsOf('en').tasks.wasDone,
    'in a list it is told above the next one',
  )
  assert.deepEqual(
    [byViewer, ...hidden].map(({ kind }) => kind),
    ['refused', 'refused', 'refused'],
  )
  assert.equal(await client.task.count({ where: { debtorId: moller, status: 'open' } }), 1)
  const audits = await client.auditEntry.findMany({ where: { event: { startsWith: 'task.' } }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    audits.map(({ event, actor }) => [event, actor]),
    [
      ['task.no_answer', `staff:${jan.id}`],
      ['task.done', `staff:${jan.id}`],
    ],
  )
})

test('the words behind /actions may be those of one’s language, English always works', async t => {
  const { mia, type } = await aMonday(t)
  const typed = { en: 'team second', nl: 'iedereen stem', fr: 'équipe vote', de: 'alle stimme', pl: 'zespół głos' }

  for (const language of languages) {
    assert.deepEqual(itemsOf(await type({ ...mia, language }, `/actions ${typed[language]}`)), ['entry:1', 'proposal:15'], language)
    assert.deepEqual(itemsOf(await type({ ...mia, language }, '/actions team snoozed')), ['proposal:16'], language)
    const say = wordsOf(language)
    assert.equal(cardOf(await type({ ...mia, language }, `/duncan tasks ${typed[language].split(' ')[0]}`)).title, `${say.tasks.title} · ${say.button.team}`)
  }
  const wrong = await type({ ...mia, language: 'nl' }, '/actions morgen')
  assert.equal(wrong.kind, 'refused')
})
