import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createChat } from '#chat'
import { ensureStaff } from '#people'
import { fixedClock } from '#platform'
import { aLedger, anItem } from '../search/ledger.ts'
import { createTestDatabase } from '../support/database.ts'
import { chatSettings } from './chat-settings.ts'
import { fakeProposals } from './fake-proposals.ts'

async function aDesk(t: TestContext, names: string[]) {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const { administrationId, debtors } = await aLedger(client, names)
  const proposals = fakeProposals(
    [],
    () => '?',
    () => new Date(clock.now().epochMilliseconds),
  )
  const chat = createChat({ client, clock, proposals, ...chatSettings })
  const person = async (key: string, language: string, administrations = ['*']) => {
    const staff = await ensureStaff(client, { key, name: `Name of ${key}`, email: `${key}@harbourlight.example`, role: 'viewer', language })
    await client.staff.update({ where: { id: staff.id }, data: { administrations } })
    const asked = { staff: { ...staff, administrations }, surface: 'console' }
    const card = async (text: string) => cardOf(await chat.command({ ...asked, text }))
    return {
      type: (text: string) => chat.command({ ...asked, text }),
      card,
      press: async (action: string, data: Record<string, string>) => cardOf(await chat.click({ ...asked, action, data, values: {} })),
    }
  }
  return { client, administrationId, debtors, person }
}

type Outcome = Awaited<ReturnType<ReturnType<typeof createChat>['command']>>
const cardOf = (outcome: Outcome) => (outcome.kind === 'private' ? outcome.card : assert.fail(JSON.stringify(outcome)))
const picks = ({ elements }: ReturnType<typeof cardOf>) => elements.flatMap(element => (element.type === 'pick' ? [element.text] : []))

test('find answers a search with amounts, page by page', async t => {
  const names = Array.from({ length: 23 }, (_, index) => `Debtor ${String(index + 1).padStart(2, '0')}`)
  const { client, administrationId, debtors, person } = await aDesk(t, names)
  for (const [index, { id }] of debtors.entries()) await anItem(client, { administrationId, debtorId: id }, `A-${index}`, '2026-02-01', String(1000 - index))
  const anna = await person('anna', 'en')

  const first = await anna.card('/duncan find overdue:>500')
  const [next] = first.buttons
  const second = await anna.press(next?.action ?? '', next?.data ?? {})

  assert.equal(first.subtitle, '[1–20] of 23, the most overdue first')
  assert.deepEqual(first.elements[0], {
    type: 'pick',
    text: 'Debtor 01',
    note: '10001 · Harbourlight Trading · €1,000.00 overdue',
    button: { action: 'debtor.show', label: 'Debtor 01', style: 'default', data: { debtor: String(debtors[0]?.id) } },
  })
  assert.deepEqual(picks(second), ['Debtor 21', 'Debtor 22', 'Debtor 23'])
})

test('a search is kept for oneself or shared, listed, run by name and forgotten', async t => {
  const { debtors, client, person } = await aDesk(t, ['Visser BV', 'Möller GmbH'])
  await client.debtor.update({ where: { id: debtors[0]?.id ?? 0 }, data: { country: 'NL' } })
  const [anna, bart] = [await person('anna', 'en'), await person('bart', 'nl')]

  const kept = await anna.card('/duncan find country:NL save as Dutch ones')
  await anna.card('/duncan find -country:NL share as “All others”')

  assert.equal(kept.subtitle, 'Kept as “Dutch ones”. [1–1] of 1, the most overdue first')
  assert.deepEqual(picks(await anna.card('/duncan find saved')), ['All others', 'Dutch ones'])
  assert.deepEqual(picks(await bart.card('/duncan find saved')), ['All others'])
  assert.deepEqual(picks(await bart.card('/duncan find saved all OTHERS')), ['Möller GmbH'])
  assert.deepEqual(await bart.type('/duncan find forget all others'), { kind: 'refused', message: 'Geen zoekopdracht van u heet “all others”.' })
  assert.equal((await anna.type('/duncan find forget all others')).kind, 'done')
  assert.deepEqual(picks(await bart.card('/duncan find saved')), [])
  assert.equal((await anna.card('/duncan find note:"please save as pdf"')).title, 'note:"please save as pdf"')
})

test('a fault is marked in the search and told in the reader’s language', async t => {
  const { person } = await aDesk(t, ['Visser BV'])
  const bart = await person('bart', 'nl')

  const card = await bart.card('/duncan find country:NL overdeu:>10')

  assert.deepEqual(card.elements[0], { type: 'quote', text: 'country:NL overdeu:>10', marks: [{ start: 11, end: 18 }] })
  assert.equal(card.elements[1]?.type === 'text' && card.elements[1].text, 'Er is geen veld overdeu. Bedoelde u overdue?')
})

test('words that find nothing lead to those that are spelt like them', async t => {
  const { person } = await aDesk(t, ['Visser BV', 'Möller Stahlbau GmbH'])
  const anna = await person('anna', 'en')

  assert.deepEqual(picks(await anna.card('/duncan find stahlbua')), ['Möller Stahlbau GmbH'])
  assert.deepEqual(picks(await anna.card('/duncan find moeler stahlbua')), ['Möller Stahlbau GmbH'])
})

test('the card of an exact name tells the similar ones, and a picker has pages', async t => {
  const { person } = await aDesk(t, ['Visser BV', 'Vissers Transport', ...Array.from({ length: 22 }, (_, index) => `Bakker ${index}`)])
  const anna = await person('anna', 'en')

  const exact = await anna.card('/debtor visser')
  const several = await anna.card('/debtor bakker')
  const rest = await anna.press(several.buttons[0]?.action ?? '', several.buttons[0]?.data ?? {})

  assert.deepEqual([exact.title, picks(exact)], ['Visser BV', ['Vissers Transport']])
  assert.deepEqual([several.subtitle, picks(several).length, picks(rest).length], ['22 found. Which one?', 20, 2])
})

test('what a person may not see is not found by any command or button', async t => {
  const { debtors, person, client, administrationId } = await aDesk(t, ['Visser BV'])
  await anItem(client, { administrationId, debtorId: debtors[0]?.id ?? 0 }, 'A-1', '2026-02-01', '100')
  const other = await person('olga', 'en', ['XX'])

  for (const text of ['/debtor visser', '/debtor 10001', '/debtor A-1', '/inbox visser', '/duncan find visser', '/duncan find *']) {
    assert.doesNotMatch(JSON.stringify(await other.card(text)), /Visser BV/, text)
  }
  const data = { debtor: String(debtors[0]?.id) }
  await assert.rejects(other.press('debtor.show', data), /no longer|refused/)
  await assert.rejects(other.press('debtor.inbox', data), /no longer|refused/)
})
