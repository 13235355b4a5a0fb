import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChat } from '#chat'
import { ensureStaff, type Staff } from '#people'
import { fixedClock } from '#platform'
import { acceptSegment, segmentsKind } from '#search'
import { createSettings, listVersions } from '#settings'
import { aLedger, anItem } from '../search/ledger.ts'
import { createTestDatabase } from '../support/database.ts'
import { chatSettings } from './chat-settings.ts'
import { fakeProposals } from './fake-proposals.ts'

test('who sets segments accepts a suggested one in chat as they saw it, once; everybody sees the segments with their debtors in sight', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId, debtors } = await aLedger(client, ['Visser BV', 'Möller GmbH', 'Atelier Dupont'])
  for (const [index, country] of ['NL', 'DE', 'FR'].entries()) await client.debtor.update({ where: { id: debtors[index]?.id ?? 0 }, data: { country } })
  await anItem(client, { administrationId, debtorId: debtors[0]?.id ?? 0 }, 'V-1', '2025-10-01', '900')
  const settings = createSettings({ client, kinds: [segmentsKind] })
  const proposals = fakeProposals(
    [],
    () => '?',
    () => new Date(),
  )
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const chat = createChat({ client, clock, proposals, ...chatSettings, acceptSegment: (segment, by) => acceptSegment({ client, settings }, segment, by) })
  const person = (key: string, role: 'manager' | 'viewer') =>
    ensureStaff(client, { key, name: `Name of ${key}`, email: `${key}@harbourlight.example`, role, language: 'en' })
  const [mia, vera] = [await person('mia', 'manager'), await person('vera', 'viewer')]
  const type = async (staff: Staff) => chat.command({ staff, surface: 'console', text: '/duncan segments' })
  const press = (staff: Staff, action: string, data = {}) => chat.click({ staff, surface: 'console', action, data, values: {} })
  const cardOf = (outcome: Awaited<ReturnType<typeof type>>) => (outcome.kind === 'private' ? outcome.card : assert.fail(JSON.stringify(outcome)))
  const picks = (outcome: Awaited<ReturnType<typeof type>>) => cardOf(outcome).elements.flatMap(element => (element.type === 'pick' ? [element] : []))

  const before = cardOf(await type(mia))
  const benelux = picks(await press(mia, 'segment.suggest')).find(({ text }) => text === 'Benelux')
  const refused = await press(vera, 'segment.accept', benelux?.button.data)
  const outdated = await press(mia, 'segment.accept', { segment: 'benelux', query: 'country:NL' })
  const accepted = await press(mia, 'segment.accept', benelux?.button.data)
  const again = await press(mia, 'segment.accept', benelux?.button.data)

  assert.deepEqual(
    before.elements.map(element => element.type === 'text' && element.text),
    ['The settings have no segments yet.'],
  )
  assert.match(benelux?.note ?? '', /^in BE, NL, LU · 1 of 3 debtors · country:BE,NL,LU$/)
  assert.equal(refused.kind, 'refused')
  assert.match(cardOf(outdated).subtitle ?? '', /nothing was written/)
  assert.equal(cardOf(accepted).subtitle, '“Benelux” is in the settings, version 1.')
  assert.match(cardOf(again).subtitle ?? '', /nothing was written/)
  assert.deepEqual(
    (await listVersions(client)).map(({ actor }) => actor),
    [`staff:${mia.id}`],
  )
  assert.deepEqual(
    picks(await type(vera)).map(({ text, note }) => [text, note]),
    [
      ['Benelux', 'Debtors: 1, leading for 1'],
      ['In no segment', 'Debtors: 2'],
    ],
  )
  const inside = await press(vera, 'find.show', picks(await type(vera))[0]?.button.data)
  assert.deepEqual(
    picks(inside).map(({ text }) => text),
    ['Visser BV'],
  )
})
