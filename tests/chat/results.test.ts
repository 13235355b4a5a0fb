import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Card, createChat } from '#chat'
import { experimentsKind, followExperiments, workflowsKind } from '#dunning'
import { ensureStaff, fullSight } from '#people'
import { fixedClock, silentLog } from '#platform'
import { readSearchContext } from '#search'
import { languages, wordsOf } from '../../src/chat/words/index.ts'
import { doneActions, pay } from '../dunning/results/done-actions.ts'
import { aLedger, anItem } from '../search/ledger.ts'
import { createTestDatabase } from '../support/database.ts'
import { chatSettings } from './chat-settings.ts'
import { fakeProposals } from './fake-proposals.ts'

const workflows = workflowsKind.schema.parse({
  standard: { title: 'Business customers', steps: [{ name: 'first', type: 'email', template: 'reminder_first', after: { days: 1 } }] },
})

test('/duncan results tells channels, steps, promises and tests of what its asker sees, for a period and a search, in their language', async t => {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const jan = await ensureStaff(client, { key: 'jan', name: 'Jan', email: 'jan@harbourlight.example', role: 'manager' })
  const { administrationId, debtors } = await aLedger(client, ['Visser BV', 'Möller GmbH', 'Duarte Lda'])
  const [visser = 0, moller = 0, duarte = 0] = debtors.map(({ id }) => id)
  await client.debtor.update({ where: { id: moller }, data: { country: 'DE' } })
  await client.segment.create({ data: { key: 'germany', title: 'Germany', query: 'country:DE', priority: 0 } })
  const done = await doneActions(client)
  const item = (debtorId: number, number: string) => anItem(client, { administrationId, debtorId }, number, '2026-01-01', '100.00')
  const [a, b, c] = [await item(visser, 'A1'), await item(moller, 'B1'), await item(duarte, 'C1')]
  await done({ debtorId: visser, on: '2026-01-10', items: [{ id: a.id, amount: '100.00' }] })
  await done({ debtorId: moller, on: '2026-01-10', items: [{ id: b.id, amount: '100.00' }] })
  await done({ debtorId: moller, on: '2026-02-27', items: [{ id: b.id, amount: '100.00' }], type: 'call', step: 'call_again' })
  await pay(client, a.id, '2026-01-12', '100.00')
  await client.promiseToPay.create({ data: { debtorId: moller, status: 'broken', promisedOn: new Date('2026-02-01') } })
  const experiments = experimentsKind.schema.parse({
    plain: {
      title: 'Plain words',
      workflow: 'standard',
      step: 'first',
      from: '2026-03-01',
      until: '2026-06-01',
      variants: { b: { tone: 'firm', attachInvoices: false } },
    },
  })
  await client.settingsVersion.create({ data: { actor: 'cli', content: { experiments } } })
  await done({ debtorId: duarte, on: '2026-03-02', items: [{ id: c.id, amount: '100.00' }], status: 'planned' })
  const search = (db: typeof client) => readSearchContext(db, { sight: fullSight, clock, timeZone: 'Europe/Amsterdam' })
  await followExperiments({ client, log: silentLog, experiments, search: db => search(db as typeof client) })
  const chat = createChat({ client, clock, proposals: fakeProposals([], String, () => new Date()), ...chatSettings, workflows: () => workflows })
  const type = async (text: string, staff = jan) => {
    const outcome = await chat.command({ staff, surface: 'console', text })
    return outcome.kind === 'private' ? outcome.card : assert.fail(JSON.stringify(outcome))
  }
  const press = (action: string, data: Record<string, string>) => chat.click({ staff: jan, surface: 'console', action, data, values: {} })

  const quarter = await type('/duncan results')
  const steps = await type('/duncan results 30 steps')
  const german = await type('/duncan results germany')
  const searched = await type('/duncan results 90 country:DE')
  const inWords = await type('/duncan results 30 days steps')
  const elsewhere = await type('/duncan results', { ...jan, administrations: ['other'] })
  const wrong = await chat.command({ staff: jan, surface: 'console', text: '/duncan results 90 contry:DE' })
  const clicked = await press('results.show', { asked: '7 steps drop table' })
  const tests = await type('/duncan results tests')
  const pressed = await press('results.tests', {})

  assert.deepEqual(
    [quarter.title, quarter.subtitle],
    ['Results of dunning · 90 days', '3 times debtors were written to or called. Paid in full within 30 days: 50% (1/2)'],
  )
  assert.deepEqual(rowsOf(quarter), [
    ['E-mail', '2', '€200', '50% (1/2)', '50% (1/2)', '50% (1/2)'],
    ['Call', '1', '€100', 'not yet known', 'not yet known', 'not yet known'],
  ])
  assert.deepEqual(factsOf(quarter), ['E-mail (2): paid 1 · nothing 1 | of €200 came €100', 'Call (1): days not over 1', 'not on record: broken 1'])
  assert.deepEqual(rowsOf(steps), [['Business customers: Call again (Call)', '1', '€100', 'not yet known', 'not yet known', 'not yet known']])
  for (const one of [german, searched])
    assert.deepEqual(
      rowsOf(one).map(row => row.slice(0, 4)),
      [
        ['E-mail', '1', '€100', '0% (0/1)'],
        ['Call', '1', '€100', 'not yet known'],
      ],
    )
  assert.deepEqual([inWords.title, rowsOf(inWords)], [steps.title, rowsOf(steps)])
  assert.deepEqual([elsewhere.subtitle, rowsOf(elsewhere)], ['Nothing reached a debtor in this time.', []])
  assert.equal(wrong.kind, 'private')
  assert.equal(clicked.kind === 'private' && clicked.card.title, 'Results of dunning · 7 days · drop table')
  assert.equal(pressed.kind, 'private')
  const said = tests.elements.flatMap(each => (each.type === 'text' ? [each.text] : []))
  assert.deepEqual(said.slice(0, 3), [
    'Plain words',
    'Business customers: First · running · until 1 Jun 2026',
    'No difference shown yet: it is judged once, at its planned end.',
  ])
  assert.deepEqual(
    rowsOf(tests).map(([name]) => name),
    ['A: as the workflow says', 'B: tone: firm, without copies of the invoices'],
  )
  for (const language of languages) {
    const { results: say } = wordsOf(language)
    const period = wordsOf(language).report.period(90)
    assert.equal((await type(`/duncan results ${period}`, { ...jan, language })).title, `${say.title} · ${period}`)
    assert.equal((await type('/duncan results tests', { ...jan, language })).title, say.testsTitle)
  }
})

const rowsOf = ({ elements }: Card) => elements.flatMap(each => (each.type === 'table' ? each.rows : []))
const factsOf = ({ elements }: Card) =>
  elements.flatMap(each => (each.type === 'facts' ? each.facts.map(({ label, value }) => `${label}: ${value.replaceAll('\n', ' | ')}`) : []))
