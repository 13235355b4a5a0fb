import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Card, createChat } from '#chat'
import type { Staff } from '#people'
import type { ClickOutcome } from '../../../src/chat/click.ts'
import { aDispute, anOffice, aPromise } from '../../proposals/support.ts'
import { chatSettings } from '../chat-settings.ts'

const cardOf = (outcome: ClickOutcome): Card => ('card' in outcome ? outcome.card : assert.fail(JSON.stringify(outcome)))
const countsOf = ({ elements }: Card) => elements.flatMap(element => (element.type === 'facts' ? element.facts.map(({ value }) => Number(value)) : []))
const button = ({ buttons, more }: Card, action: string) => [...buttons, ...more].find(each => each.action === action)

test('a manager moves what one colleague has to another, all of it or what a search fits, is shown the count before, and moves it back', async t => {
  const office = await anOffice(t)
  const { db, clock, proposals, debtor, other, jan, mia, eve, administration } = office
  const chat = createChat({ client: db, clock, proposals, ...chatSettings })
  const boss = await db.staff.create({ data: { key: 'ada', name: 'Ada', email: 'ada@nordlicht.example', role: 'manager' } })
  const [first, second] = [await aPromise(office), await aDispute(office)]
  await db.proposal.updateMany({ data: { ownerId: jan.id } })
  await db.proposal.update({ where: { id: second }, data: { status: 'rejected' } })
  await db.debtor.updateMany({ data: { collector: 'JAN', imported: { collector: 'JAN' } } })
  const hidden = await db.administration.create({ data: { code: 'zuid', name: 'Zuid BV' } })
  await db.debtor.create({ data: { administrationId: hidden.id, number: 'Z1', name: 'Zuid', searchName: 'zuid', collector: 'jan' } })
  await db.staff.update({ where: { id: mia.id }, data: { administrations: [administration.code] } })
  const [task] = [
    await db.task.create({ data: { title: 'Call', assigneeId: jan.id, debtorId: other.id } }),
    await db.task.create({ data: { title: 'Mine', assigneeId: mia.id } }),
  ]
  const type = (text: string, staff: Staff = boss) => chat.command({ staff, surface: 'console', text })
  const press = (pressed: { action: string; data: Record<string, string> } | undefined, values: Record<string, string> = {}, staff: Staff = boss) =>
    chat.click({ staff, surface: 'console', action: pressed?.action ?? '', data: pressed?.data ?? {}, values })
  const standing = async () => ({
    debtors: (await db.debtor.findMany({ orderBy: { id: 'asc' } })).map(({ collector }) => collector?.toLowerCase()),
    owners: (await db.proposal.findMany({ orderBy: { id: 'asc' } })).map(({ ownerId }) => ownerId),
    task: (await db.task.findUniqueOrThrow({ where: { id: task?.id ?? 0 } })).assigneeId,
  })
  const before = await standing()

  const refused = await Promise.all([
    type('/duncan reassign @jan to @mia', jan),
    type('/duncan reassign @jan to @eve'),
    type('/duncan reassign @jan'),
    type('/duncan reassign @jan to @jan'),
  ])
  const list = cardOf(await type('/actions @jan'))
  const form = cardOf(await press(button(list, 'reassign.open')))
  const shown = cardOf(await press(form.buttons[0], { to: 'mia', search: '' }))
  const part = cardOf(await press(form.buttons[0], { to: 'mia', search: 'number:D200' }))
  await db.debtor.update({ where: { id: other.id }, data: { collector: 'eve' } })
  const anew = cardOf(await press(shown.buttons[0]))
  await db.debtor.update({ where: { id: other.id }, data: { collector: 'jan' } })
  const moved = cardOf(await press(shown.buttons[0]))
  const after = await standing()

  assert.deepEqual(
    refused.map(({ kind }) => kind),
    refused.map(() => 'refused'),
  )
  assert.equal(button(cardOf(await type('/actions @jan', mia)), 'reassign.open'), undefined)
  assert.ok(
    form.elements.some(
      element =>
        element.type === 'field' && element.field.type === 'choice' && element.field.options.every(({ value }) => value !== eve.key && value !== 'jan'),
    ),
  )
  assert.deepEqual([shown.title, countsOf(shown)], ['Move the work of Jan to Mia', [2, 1, 1]])
  assert.ok(shown.elements.some(element => element.type === 'text' && element.text === 'Debtors that stay, as Mia does not see them: 1'))
  assert.deepEqual([part.subtitle, countsOf(part)], ['number:D200', [1, 0, 1]])
  assert.deepEqual([anew.title, countsOf(anew)], ['Move the work of Jan to Mia', [1, 1, 1]], 'shown anew, and nothing moved')
  assert.deepEqual([moved.title, countsOf(moved)], ['Moved from Jan to Mia', [2, 1, 1]])
  assert.deepEqual(after, { debtors: ['mia', 'mia', 'jan'], owners: [mia.id, jan.id], task: mia.id })
  assert.deepEqual(
    (await db.decision.findMany({ where: { proposalId: first } })).map(({ kind, staffId }) => [kind, staffId]),
    [['reassign', boss.id]],
  )

  await db.debtor.update({ where: { id: debtor.id }, data: { collector: 'eve' } })
  const stranger = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'manager', administrations: [hidden.code] } })
  assert.equal((await press(moved.buttons[0], {}, stranger)).kind, 'refused', 'who moved it moves it back, and nobody who may not even see it')
  const back = cardOf(await press(moved.buttons[0]))
  assert.deepEqual([back.title, countsOf(back)], ['Moved back from Mia to Jan', [1, 1, 1]], 'what somebody else has by now stays there')
  assert.deepEqual(await standing(), { ...before, debtors: ['eve', 'jan', 'jan'] })
  assert.equal((await press(moved.buttons[0])).kind, 'refused')
  const audits = await db.auditEntry.findMany({ where: { subject: { startsWith: 'reassignment:' } }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    audits.map(({ event, actor }) => [event, actor]),
    [
      ['work.reassigned', `staff:${boss.id}`],
      ['work.moved_back', `staff:${boss.id}`],
    ],
  )
})
