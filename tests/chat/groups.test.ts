import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Card, createChat } from '#chat'
import type { Staff } from '#people'
import { anOffice } from '../proposals/support.ts'
import { chatSettings } from './chat-settings.ts'

/** Three debtors of one central file, one of them in another administration that bills in pounds. */
async function aCentralFile(t: TestContext) {
  const office = await anOffice(t)
  const { db, debtor, other, anInvoice, jan } = office
  const chat = createChat({ client: db, clock: office.clock, proposals: office.proposals, ...chatSettings })
  const group = await db.debtorGroup.create({ data: { name: 'Zonneveld Groep' } })
  const island = await db.administration.create({ data: { code: 'island', name: 'Nordlicht Ltd' } })
  const abroad = await db.debtor.create({ data: { administrationId: island.id, number: 'C7', name: 'Sunfield Ltd', searchName: 'sunfield' } })
  await anInvoice(abroad.id, 'S-1', '80.00', { administrationId: island.id, currency: 'GBP' })
  await db.debtor.updateMany({ where: { id: { in: [debtor.id, other.id, abroad.id] } }, data: { groupId: group.id } })
  await db.currencyRate.create({ data: { currency: 'GBP', day: new Date('2026-11-20'), rate: '0.8' } })
  const press = (action: string, data: Record<string, string> = {}, values: Record<string, string> = {}, staff: Staff = jan) =>
    chat.click({ staff, surface: 'console', action, data, values })
  const type = (text: string) => chat.command({ staff: jan, surface: 'console', text })
  return { ...office, group, abroad, press, type }
}

const cardOf = (outcome: { kind: string; card?: Card }): Card => outcome.card ?? assert.fail(JSON.stringify(outcome))
const factsOf = (card: Card) => card.elements.flatMap(each => (each.type === 'facts' ? each.facts.map(({ label, value }) => `${label}: ${value}`) : []))
const picksOf = (card: Card) => card.elements.flatMap(each => (each.type === 'pick' ? [`${each.text} | ${each.note ?? ''}`] : []))

test('what was written to a central file stands with each of its debtors, for who sees all that it tells of', async t => {
  const { db, debtor, abroad, mailbox, press } = await aCentralFile(t)
  const blind = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'collector', administrations: ['nordlicht'] } })
  const at = new Date('2026-11-22T08:00:00Z')
  const mail = { mailboxId: mailbox.id, rawHash: 'x', size: 1, direction: 'out', receivedAt: at, subject: 'To all of you', fromAddress: mailbox.address }
  await db.message.create({ data: { ...mail, debtorId: debtor.id, alsoDebtorIds: [abroad.id] } })
  const shown = async (action: string, debtorId: number, staff?: Staff) =>
    JSON.stringify(cardOf(await press(action, { debtor: String(debtorId) }, {}, staff))).includes('To all of you')

  assert.deepEqual(
    [
      await shown('debtor.inbox', debtor.id),
      await shown('debtor.inbox', abroad.id),
      await shown('debtor.show', abroad.id),
      await shown('debtor.inbox', debtor.id, blind),
      await shown('debtor.show', debtor.id, blind),
    ],
    [true, true, true, false, false],
  )
})

test('a debtor leads to its central file and back: the sum of its debtors that are in sight, and who gets the reminders', async t => {
  const { db, debtor, other, abroad, group, eve, press, type } = await aCentralFile(t)
  const blind = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'collector', administrations: ['nordlicht'] } })

  const own = cardOf(await press('debtor.show', { debtor: String(debtor.id) }))
  const toggle = own.more.find(({ action }) => action === 'group.show')
  const whole = cardOf(await press('group.show', toggle?.data))
  const typed = cardOf(await type('/duncan group D100'))
  const part = cardOf(await press('group.show', toggle?.data, {}, blind))
  const form = cardOf(await press('group.lead', whole.buttons[0]?.data))
  const saved = await press('group.lead_save', form.buttons[0]?.data, { lead: String(other.id) })
  const led = cardOf(await press('group.show', { debtor: String(abroad.id) }))
  await db.debtor.update({ where: { id: debtor.id }, data: { groupId: null } })
  const alone = await type('/duncan group D100')
  const refused = [
    await press('group.show', { debtor: String(abroad.id) }, {}, blind),
    await press('group.lead', whole.buttons[0]?.data, {}, blind),
    await press('group.lead_save', form.buttons[0]?.data, { lead: '999' }),
    await press('group.lead_save', form.buttons[0]?.data, { lead: String(other.id) }, eve),
  ].map(({ kind }) => kind)

  assert.deepEqual(factsOf(whole), ['Open balance: €1,424.75 + £80.00 (5)', 'Overdue: €1,424.75 + £80.00 (5)', 'All in EUR: €1,525 (overdue: €1,525)'])
  assert.deepEqual(picksOf(whole), [
    'Sunfield Ltd | C7 · island · £80.00 · overdue: £80.00',
    'Kwekerij Zonneveld BV | D100 · nordlicht · €425.75 · overdue: €425.75',
    'Bakkerij De Korf | D200 · nordlicht · €999.00 · overdue: €999.00',
  ])
  assert.deepEqual([typed, alone], [whole, { kind: 'refused', message: 'Kwekerij Zonneveld BV stands in no central file.' }])
  assert.deepEqual([factsOf(part)[0], picksOf(part).length], ['Open balance: €1,424.75 (4)', 2])
  assert.deepEqual([saved, refused], [{ kind: 'done', message: 'Reminders go to Bakkerij De Korf from now on.' }, Array(4).fill('refused')])
  assert.match(picksOf(led)[2] ?? '', /^Bakkerij De Korf · reminders go here/)
  assert.equal(await db.auditEntry.count({ where: { event: 'group.led', subject: `group:${group.id}` } }), 1)
})
