import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Card, createChat } from '#chat'
import type { Staff } from '#people'
import { anOffice } from '../proposals/support.ts'
import { chatSettings } from './chat-settings.ts'

async function aDesk(t: TestContext) {
  const office = await anOffice(t)
  const chat = createChat({ client: office.db, clock: office.clock, proposals: office.proposals, ...chatSettings })
  const bo = await office.db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'manager', language: 'nl' } })
  const type = (text: string, staff: Staff = office.jan) => chat.command({ staff, surface: 'console', text })
  const press = (action: string, data: Record<string, string> = {}, values: Record<string, string> = {}, staff: Staff = office.jan) =>
    chat.click({ staff, surface: 'console', action, data, values })
  const enter = async (values: Record<string, string>) => {
    const form = cardOf(await press('entry.dispute', { debtor: String(office.debtor.id) }))
    return press('entry.save', form.buttons[0]?.data ?? {}, values)
  }
  return { ...office, chat, bo, type, press, enter }
}

const cardOf = (outcome: { kind: string; card?: Card }): Card => outcome.card ?? assert.fail(JSON.stringify(outcome))
const factsOf = (card: Card) =>
  Object.fromEntries(card.elements.flatMap(each => (each.type === 'facts' ? each.facts.map(({ label, value }) => [label, value]) : [])))
const picksOf = (card: Card) => card.elements.flatMap(each => (each.type === 'pick' ? [`${each.text} | ${each.note ?? ''}`] : []))
const actionsOf = ({ buttons, more }: Card) => [...buttons, ...more].map(({ action }) => action)

test('a dispute has a card with its owner, day and contested amount; it is ended, waited on, opened again and handed over from there, with reasons', async t => {
  const { db, debtor, mia, type, press, enter, clock } = await aDesk(t)
  assert.equal(cardOf(await type('/duncan dispute zonneveld')).buttons[0]?.action, 'entry.save') // nothing is open: the form
  await enter({ reason: 'quality', text: 'Half of it was wet', amount: '50', invoices: '2026-002' })
  await enter({ reason: 'price', text: 'Too dear', amount: '', invoices: '' })
  const [{ id } = assert.fail()] = await db.dispute.findMany({ orderBy: { id: 'asc' } })
  const about = { dispute: String(id) }

  const list = cardOf(await type('/duncan dispute zonneveld'))
  const card = cardOf(await press('dispute.show', about))
  const form = cardOf(await press('dispute.credit', about))
  const waits = await press('dispute.move', form.buttons[0]?.data, { reason: 'credit note on its way' })
  const twice = await press('dispute.move', form.buttons[0]?.data, { reason: 'credit note on its way' })
  const resolve = cardOf(await press('dispute.resolve', about)).buttons[0]?.data
  const unsaid = await press('dispute.move', resolve, { reason: ' ' })
  await press('dispute.move', resolve, { reason: 'credited' })
  const ended = cardOf(await press('dispute.show', about))
  const reopened = await press('dispute.move', cardOf(await press('dispute.reopen', about)).buttons[0]?.data, { reason: 'still wet' })
  const handed = cardOf(await press('dispute.hand_over_to', about, { owner: String(mia.id) }))
  clock.set('2026-12-05T09:00:00Z')
  const late = cardOf(await type('/duncan disputes late'))
  const mine = cardOf(await type('/duncan disputes mine'))

  assert.deepEqual(picksOf(list), [
    'quality · Kwekerij Zonneveld BV | answer by 30 Nov 2026 · Jan · 2026-002',
    'price · Kwekerij Zonneveld BV | answer by 30 Nov 2026 · Jan',
  ])
  assert.ok(actionsOf(list).includes('entry.dispute'))
  assert.deepEqual([factsOf(card).Owner, factsOf(card)['Answer due'], factsOf(card).Contested], ['Jan', '30 Nov 2026', '2026-002: €50.00 of €250.50'])
  assert.deepEqual([waits.kind, twice.kind, unsaid.kind, reopened.kind], ['private', 'private', 'refused', 'private'])
  assert.deepEqual([ended.status?.text, actionsOf(ended)], ['Resolved', ['dispute.reopen', 'debtor.show']])
  assert.equal(factsOf(handed).Owner, 'Mia')
  const history = handed.elements.flatMap(each => (each.type === 'text' ? [each.text] : [])).at(-1) ?? ''
  for (const happened of [
    'Jan: opened',
    'waits for our credit note – credit note on its way',
    'resolved – credited',
    'opened again – still wet',
    'handed over',
  ])
    assert.match(history, new RegExp(happened))
  assert.deepEqual([picksOf(late).length, picksOf(mine).length], [2, 1])
  assert.match(picksOf(mine)[0] ?? '', /late: answer was due/)
  assert.equal(await db.dispute.count({ where: { debtorId: debtor.id } }), 2)
})

test('who does not see the debtor sees no dispute; who only looks up has no buttons that decide', async t => {
  const { db, eve, press, enter } = await aDesk(t)
  await enter({ reason: 'price', text: 'Too dear', invoices: '' })
  const { id } = await db.dispute.findFirstOrThrow()
  const elsewhere = await db.staff.create({ data: { key: 'al', name: 'Al', email: 'al@x.example', role: 'collector', administrations: ['other'] } })
  const about = { dispute: String(id) }

  const hidden = await Promise.all(['dispute.show', 'dispute.resolve', 'dispute.hand_over'].map(action => press(action, about, {}, elsewhere)))
  const refused = await press('dispute.move', { ...about, move: 'resolved', form: 'x' }, { reason: 'x' }, eve)
  const listed = cardOf(await press('dispute.list', { list: 'team' }, {}, elsewhere))

  assert.deepEqual(
    hidden.map(({ kind }) => kind),
    ['refused', 'refused', 'refused'],
  )
  assert.deepEqual([refused.kind, picksOf(listed)], ['refused', []])
  assert.equal((await press('dispute.show', about, {}, eve)).kind, 'private')
})

test('a late answer is told privately, in the language of who is told; figures and tile say the same three numbers', async t => {
  const { db, clock, chat, bo, jan, type, enter } = await aDesk(t)
  await enter({ reason: 'quality', text: 'Wet', amount: '50', invoices: '2026-002' })
  await enter({ reason: 'price', text: 'Too dear', invoices: '2026-002, 2026-003' })
  const { id } = await db.dispute.findFirstOrThrow({ orderBy: { id: 'asc' } })

  const early = await chat.postLateDispute(id, bo.id)
  clock.set('2026-12-01T09:00:00Z')
  const post = await chat.postLateDispute(id, bo.id)
  const report = cardOf(await type('/duncan disputes report 30'))
  const home = cardOf(await type('/duncan home', bo))

  assert.equal(early, undefined)
  assert.deepEqual([post?.privateTo, post?.card.status?.text], [bo.id, 'te laat: antwoord was beloofd voor 30 nov 2026'])
  assert.match(report.subtitle ?? '', /2 disputes on 2 invoices, €325\.75/)
  const table = report.elements.find(each => each.type === 'table')
  assert.deepEqual(table?.type === 'table' && table.rows.map(row => row.slice(0, 3)), [
    ['price', '1', '€325.75'],
    ['quality', '1', '€50.00'],
  ])
  assert.ok(
    picksOf(home).some(pick => /^2 · Openstaande betwistingen \(2 facturen, €\s325,75\)/.test(pick)),
    picksOf(home).join('\n'),
  )
  assert.ok(jan)
})

test('the tone of a debtor is set by command, with an audit row, and its next reply sounds so', async t => {
  const { db, debtor, other, proposals, mail, type, press } = await aDesk(t)
  const draft = async () => {
    const text = 'Stuur mij een overzicht.'
    const input = await mail(text, { intents: [{ intent: 'statement_request', confidence: 0.9 }] })
    const action = (await proposals.plan(input)).actions.find(({ kind }) => kind === 'send_reply')
    return action?.kind === 'send_reply' ? action.payload.text.split('\n')[0] : assert.fail()
  }
  const form = cardOf(await type('/duncan tone zonneveld'))
  const texts = [await draft()]
  for (const tone of ['friendly', 'firm', 'firm', 'default']) {
    await press('tone.save', form.buttons[0]?.data, { tone })
    texts.push(await draft())
  }
  await db.segment.create({ data: { key: 'all', title: 'All', query: 'overdue', priority: 1, tone: 'friendly' } })
  texts.push(await draft())

  assert.deepEqual(
    texts.map(text => text?.split(' ')[0]),
    ['Beste', 'Hallo', 'Geachte', 'Geachte', 'Beste', 'Hallo'],
  )
  assert.equal(await db.auditEntry.count({ where: { event: 'debtor.tone', subject: `debtor:${debtor.id}` } }), 3)
  assert.equal((await db.debtor.findUniqueOrThrow({ where: { id: other.id } })).tone, null)
})
