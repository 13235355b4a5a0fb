import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Card, createChat } from '#chat'
import { ensureStaff, type Staff } from '#people'
import { fixedClock } from '#platform'
import { languages, wordsOf } from '../../src/chat/words/index.ts'
import { aLedger, anItem } from '../search/ledger.ts'
import { createTestDatabase } from '../support/database.ts'
import { chatSettings } from './chat-settings.ts'
import { fakeProposals } from './fake-proposals.ts'

/** A portfolio of four: euros long overdue, more in pounds, an insolvent one whose items are not due, and one that owes nothing late. */
async function aPortfolio(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const jan = await ensureStaff(client, { key: 'jan', name: 'Jan', email: 'jan@harbourlight.example', role: 'viewer' })
  const { administrationId, debtors } = await aLedger(client, ['Visser BV', 'Thames Ltd', 'Möller GmbH', 'Prompt SA'])
  const [visser = 0, thames = 0, moller = 0, prompt = 0] = debtors.map(({ id }) => id)
  const item = (debtorId: number, number: string, due: string, amount: string, currency?: string) =>
    anItem(client, { administrationId, debtorId }, number, due, amount, currency)
  await item(visser, 'A1', '2025-11-01', '1000.00')
  await item(visser, 'A2', '2026-04-01', '3000.00')
  await item(thames, 'B1', '2026-02-01', '900.00', 'GBP')
  await item(moller, 'C1', '2026-05-01', '500.00')
  await item(prompt, 'D1', '2026-03-02', '70000.00') // due today: not overdue
  await client.currencyRate.create({ data: { day: new Date('2026-03-01'), currency: 'GBP', rate: '0.8' } })
  await client.dunningHold.create({ data: { debtorId: moller, reason: 'insolvency' } })
  await client.promiseToPay.create({ data: { debtorId: visser, status: 'broken' } })
  await client.dispute.create({ data: { debtorId: thames, reason: 'price', ownerId: 1, answerDue: new Date('2030-01-01') } })
  await client.debtor.update({ where: { id: thames }, data: { collector: 'JAN' } })
  const chat = createChat({ client, clock, proposals: fakeProposals([], String, () => new Date()), ...chatSettings })
  const type = async (text: string, staff: Staff = jan): Promise<Card> => cardOf(await chat.command({ staff, surface: 'console', text }))
  const press = (action: string, data: Record<string, string>, staff: Staff = jan) => chat.click({ staff, surface: 'console', action, data, values: {} })
  return { client, jan, debtors, administrationId, type, press, item }
}

const cardOf = (outcome: { kind: string; card?: Card }): Card => outcome.card ?? assert.fail(JSON.stringify(outcome))
const picksOf = ({ elements }: Card) => elements.flatMap(element => (element.type === 'pick' ? [[element.text, element.note, element.button.action]] : []))

test('/risk lists what is at risk by its value in the reporting currency, in its own currency, with the signs of the ledger and no rating that nobody gave', async t => {
  const { type } = await aPortfolio(t)

  const card = await type('/risk')
  const found = await type('/duncan find at_risk')

  assert.deepEqual(picksOf(card), [
    ['Thames Ltd', '£900.00 · 29 days late · 1 dispute · 10002 · Harbourlight Trading', 'debtor.show'],
    ['Visser BV', '€1,000.00 · 121 days late · 1 broken promise · 10001 · Harbourlight Trading', 'debtor.show'],
    ['Möller GmbH', '€500.00 · insolvency or legal matter · 10003 · Harbourlight Trading', 'debtor.show'],
  ])
  assert.equal(card.subtitle, '€2,625 at risk at 3 debtors')
  const facts = card.elements.flatMap(element => (element.type === 'facts' ? element.facts.map(({ value }) => value) : []))
  assert.deepEqual(facts, ['1% (€1,000 of €74,500)\n100% (£900 of £900)', '€1,000'])
  assert.ok(JSON.stringify(card.elements.at(-1)).includes('No credit bureau is connected'))
  assert.equal(picksOf(found).length, 3) // the search of that name finds the same debtors
})

test('own accounts, other administrations and further pages: each sees what is theirs', async t => {
  const { client, jan, type, press, debtors, administrationId, item } = await aPortfolio(t)
  for (let index = 0; index < 14; index += 1) {
    const name = `Small ${index}`
    const { id } = await client.debtor.create({ data: { administrationId, number: `9${index}`, name, searchName: name.toLowerCase() } })
    await item(id, `S${index}`, '2026-02-01', '10.00')
  }

  const first = await type('/risk')
  const next = first.buttons[0] ?? assert.fail()
  const second = cardOf(await press(next.action, next.data))
  const mine = await type('/RISK mine')
  const elsewhere = { ...jan, administrations: ['other'] }
  const nothing = await type('/risk', elsewhere)
  const hidden = await press('risk.debtor', { debtor: String(debtors[0]?.id) }, elsewhere)

  assert.deepEqual([picksOf(first).length, picksOf(second).length, second.buttons[0]?.label], [15, 2, 'Previous'])
  assert.deepEqual([mine.title, mine.subtitle, picksOf(mine).map(([name]) => name)], ['Risk of your accounts', '€1,125 at risk at 1 debtor', ['Thames Ltd']])
  assert.deepEqual([picksOf(nothing), nothing.subtitle, hidden.kind], [[], wordsOf('en').risk.none, 'refused'])
})

test('/risk of one debtor says what the ledger knows and what nobody told, in the asker’s language; several hits give a private picker', async t => {
  const { client, jan, type, administrationId } = await aPortfolio(t)
  for (const language of languages) {
    const { risk: say } = wordsOf(language)
    const card = await type('/risk visser', { ...jan, language })

    assert.equal(card.title, say.debtorTitle('Visser BV'))
    assert.deepEqual([card.status?.text, card.status?.tone], [say.broken(1), 'warning'])
    const facts = card.elements.flatMap(element => (element.type === 'facts' ? element.facts : []))
    assert.equal(facts.find(({ label }) => label === say.oldest)?.value, say.days(121))
    assert.equal(facts.find(({ label }) => label === say.rating)?.value, wordsOf(language).credit.noFacts)
  }
  await client.debtor.create({ data: { administrationId, number: '77', name: 'Visser & Zonen', searchName: 'visser & zonen' } })

  const picker = await type('/risk viss')

  assert.deepEqual(
    picksOf(picker).map(([, , action]) => action),
    ['risk.debtor', 'risk.debtor'],
  )
})
