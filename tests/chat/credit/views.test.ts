import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Card, createChat } from '#chat'
import { creditKind } from '#credit'
import { ensureStaff, type Staff } from '#people'
import { fixedClock } from '#platform'
import type { CreditPort } from '../../../src/chat/commands/registry.ts'
import { wordsOf } from '../../../src/chat/words/index.ts'
import { aCompany, number, text } from '../../search/bureau.ts'
import { aLedger, anItem } from '../../search/ledger.ts'
import { createTestDatabase } from '../../support/database.ts'
import { chatSettings } from '../chat-settings.ts'
import { fakeProposals } from '../fake-proposals.ts'

const at = (day: string) => new Date(`${day}T22:00:00Z`)

/** Aster: rated D, was C a week ago, judgments, a parent that stands lower. Birch: rated A. Cedar: nobody asked. Dogwood is Aster's parent. */
async function aWatchedPortfolio(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const jan = await ensureStaff(client, { key: 'jan', name: 'Jan', email: 'jan@harbourlight.example', role: 'manager' })
  const { administrationId, debtors } = await aLedger(client, ['Aster BV', 'Birch GmbH', 'Cedar SA', 'Dogwood Ltd'])
  const [aster = 0, birch = 0, cedar = 0, dogwood = 0] = debtors.map(({ id }) => id)
  const item = (debtorId: number, key: string, due: string, amount: string) => anItem(client, { administrationId, debtorId }, key, due, amount)
  await item(aster, 'A1', '2026-04-01', '10000.00')
  await item(birch, 'B1', '2026-04-01', '100000.00')
  await item(cedar, 'C1', '2026-04-01', '30000.00')
  await client.order.create({ data: { administrationId, debtorId: aster, number: 'O-77', currency: 'EUR', amount: '6000' } })
  const asterCompany = await aCompany(client, aster, {
    ratingClass: 'D',
    identity: { name: 'Aster Bouw BV', tradeName: 'Aster', legalForm: 'BV', foundedOn: '1998-05-04', capital: { amount: '18000', currency: 'EUR' } },
    values: {
      score: number('25', 100),
      international_rating: text('D'),
      credit_limit: { is: 'money', amount: '20000', currency: 'EUR' },
      contract_limit: { is: 'money', amount: '5000', currency: 'EUR' },
      days_beyond_terms: number('32'),
      industry_days_beyond_terms: number('12'),
      judgments: number('0'),
      status: text('Active', 'ACTIVE'),
      parent: text('Dogwood Ltd', 'GB-X-1'),
      address: text('Kade 1, 9000 Gent'),
    },
  })
  await client.creditCompany.update({ where: { id: asterCompany }, data: { sections: ['financialStatements', 'localFinancialStatements', 'directors'] } })
  const change = (criterion: string, day: string, value: object, before?: object, raw = '') => ({
    companyId: asterCompany,
    criterion,
    value,
    ...(before && { before }),
    raw,
    source: 'report',
    at: at(day),
  })
  await client.creditChange.createMany({
    data: [
      change('international_rating', '2025-12-01', text('C'), undefined, 'C Moderate Risk'),
      change('international_rating', '2026-02-27', text('D'), text('C'), 'D'),
      change('days_beyond_terms', '2025-12-01', number('18'), undefined, '18'),
      change('days_beyond_terms', '2026-02-27', number('32'), number('18'), '32'),
      ...Array.from({ length: 10 }, (_, index) =>
        change('score', `2025-12-${10 + index}`, number(String(60 - index), 100), number(String(61 - index), 100), `${60 - index}`),
      ),
    ],
  })
  await aCompany(client, birch, { ratingClass: 'A', values: { international_rating: text('A') } })
  await aCompany(client, dogwood, { bureauId: 'GB-X-1', ratingClass: 'E', values: { credit_limit: { is: 'money', amount: '1000', currency: 'EUR' } } })
  const chat = createChat({ client, clock, proposals: fakeProposals([], String, () => new Date()), ...chatSettings })
  const type = async (typed: string, staff: Staff = jan): Promise<Card> => cardOf(await chat.command({ staff, surface: 'console', text: typed }))
  const press = (action: string, data: Record<string, string>, staff: Staff = jan) => chat.click({ staff, surface: 'console', action, data, values: {} })
  return { client, jan, aster, administrationId, type, press, item }
}

const cardOf = (outcome: { kind: string; card?: Card }): Card => outcome.card ?? assert.fail(JSON.stringify(outcome))
const picksOf = ({ elements }: Card) => elements.flatMap(element => (element.type === 'pick' ? [[element.text, element.note, element.button.action]] : []))
const factsOf = ({ elements }: Card) =>
  new Map(elements.flatMap(element => (element.type === 'facts' ? element.facts.map(({ label, value }) => [label, value] as const) : [])))

const chartOf = ({ elements }: Card) => elements.find(element => element.type === 'chart')?.points.map(({ label }) => label)

test('where a bureau is asked /risk sorts by what is open times its weight, says what moved in a week, and is chosen by rating', async t => {
  const { type, press } = await aWatchedPortfolio(t)

  const card = await type('/risk')
  const onlyD = card.more.find(({ label }) => label === 'Only D') ?? assert.fail()
  const chosen = cardOf(await press(onlyD.action, onlyD.data))
  const [mine, typed, wrong] = [await type('/risk mine rating:D'), await type('/risk balance:>20000 -rating:A'), await type('/risk rating:')]

  assert.equal(card.subtitle, '€4,500 at risk of €140,000 open, at 3 debtors') // 2,000 + 1,000 + 1,500
  assert.deepEqual(picksOf(card), [
    ['Aster BV', '€2,000.00 of €10,000.00 · D, high risk · was C a week ago · limit used 80% · 10001 · Harbourlight Trading', 'risk.debtor'],
    ['Cedar SA', '€1,500.00 of €30,000.00 · not rated · 10003 · Harbourlight Trading', 'risk.debtor'],
    ['Birch GmbH', '€1,000.00 of €100,000.00 · A, very low risk · 10002 · Harbourlight Trading', 'risk.debtor'],
  ])
  assert.deepEqual([chosen.subtitle, picksOf(chosen).length], ['€2,000 at risk of €10,000 open, at 1 debtor', 1])
  assert.equal(mine.subtitle, wordsOf('en').search.none)
  assert.deepEqual([picksOf(mine).length, picksOf(typed).map(([name]) => name)], [0, ['Cedar SA']])
  assert.equal(wrong.title, wordsOf('en').search.problem)
})

test('a debtor’s card has what the bureau says beside the ledger, each with its day, a weaker parent and an order above the contract limit', async t => {
  const { client, type, press, aster, jan } = await aWatchedPortfolio(t)

  const card = await type('/risk aster')
  const company = await type('/duncan company aster')
  await client.debtor.update({ where: { id: aster }, data: { collector: 'jan' } })
  const ofOwn = factsOf(await type('/risk aster', { ...jan, ownAccounts: true }))
  const hidden = await press('credit.company', { debtor: String(aster) }, { ...jan, administrations: ['XX'] })

  const facts = factsOf(card)
  assert.equal(facts.get('Rating'), 'D, high risk (since 27 Feb 2026)')
  assert.equal(facts.get('Days paid late'), '32 days (↑ +14 since 27 Feb 2026) · its industry 12 days')
  assert.equal(facts.get('Parent company'), 'Dogwood Ltd · E, not scored · Limit advised €1,000.00')
  assert.deepEqual([facts.get('Judgments'), facts.get('Advised limit used'), facts.get('Weight of risk')], ['0', '80%', '20%'])
  assert.equal(facts.get('Also at the bureau'), 'annual accounts, local accounts, directors')
  assert.ok(facts.has('How it pays') && facts.has('Oldest overdue item'))
  const notices = card.elements.flatMap(element => (element.type === 'notice' ? [[element.title, ...element.lines]] : []))
  assert.deepEqual(notices, [
    ['The parent company stands lower than the debtor itself', 'Dogwood Ltd'],
    ['Open order above the contract limit', 'Order O-77: €6,000.00, advised per contract €5,000.00'],
  ])
  const blocks = card.elements.flatMap(element => (element.type === 'text' && element.weight === 'strong' ? [element.text] : []))
  assert.deepEqual(blocks, ['Creditsafe, report of 27 Feb 2026', 'Your own ledger, 2 Mar 2026, 06:00'])
  assert.deepEqual(
    [...factsOf(company)],
    [
      ['Legal name', 'Aster Bouw BV'],
      ['Trade name', 'Aster'],
      ['Legal form', 'BV'],
      ['Founded', '4 May 1998'],
      ['Share capital', '€18,000.00'],
      ['Status', 'Active'],
      ['Parent company', 'Dogwood Ltd'],
      ['Address', 'Kade 1, 9000 Gent'],
      ['Creditsafe', `X-${aster}`],
    ],
  )
  assert.equal(hidden.kind, 'refused')
  assert.equal(ofOwn.get('Parent company'), 'Dogwood Ltd', 'what the bureau says of a debtor out of sight is not there')
})

test('how each criterion went: a way to each of many, its values with day, source and the bureau’s own words, eight to a page', async t => {
  const { press, aster } = await aWatchedPortfolio(t)
  const debtor = String(aster)

  const all = cardOf(await press('credit.history', { debtor }))
  const rating = cardOf(await press('credit.history', { debtor, criterion: 'international_rating', page: '0' }))
  const score = cardOf(await press('credit.history', { debtor, criterion: 'score', page: '0' }))
  const next = score.buttons[0] ?? assert.fail()
  const older = cardOf(await press(next.action, next.data))

  assert.deepEqual(picksOf(all), [
    ['Score: 25 of 100', '10 values since 10 Dec 2025', 'credit.history'],
    ['Rating: D, high risk', '2 values since 1 Dec 2025', 'credit.history'],
    ['Days paid late: 32 days', '2 values since 1 Dec 2025', 'credit.history'],
  ])
  assert.deepEqual(rating.elements.find(element => element.type === 'table')?.rows, [
    ['27 Feb 2026', 'D, high risk', 'Creditsafe, report'],
    ['1 Dec 2025', 'C, moderate risk', 'Creditsafe, report, told as “C Moderate Risk”'],
  ])
  assert.deepEqual([chartOf(score)?.length, chartOf(score)?.at(-1), score.elements.length], [8, '19 Dec 2025', 2])
  assert.deepEqual(chartOf(older), ['10 Dec 2025', '11 Dec 2025'])
})

test('coverage, tips and the week’s list follow the data: they fall when a number breaks, and nothing stands where credit is off', async t => {
  const { client, jan, aster, administrationId, press, item } = await aWatchedPortfolio(t)
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const rules = creditKind.schema.parse({ on: true })
  const bureaus = [
    {
      name: 'creditsafe',
      kind: 'creditsafe',
      countries: undefined,
      state: 'active',
      activeSince: at('2026-01-05'),
      lastRun: undefined,
      inScope: 3,
      monitored: 2,
      reportsThisYear: 7,
      quotas: [{ country: 'NL', paid: 500, used: 412 }],
    },
  ]
  const status = { state: 'active', activeSince: at('2026-01-05'), lastRun: undefined, inScope: 3, monitored: 2, reportsThisYear: 7, gaps: [], bureaus }
  const port = { rules: async () => rules, status: async () => status } as unknown as CreditPort
  const chat = createChat({ client, clock, proposals: fakeProposals([], String, () => new Date()), ...chatSettings, credit: port })
  const type = async (typed: string, staff: Staff = jan) => cardOf(await chat.command({ staff, surface: 'console', text: typed }))
  const counts = { administrationId, inScope: 3, changed: 1, unchanged: 1, failed: 0, overQuota: 0, gone: 0, notMonitored: 1 }
  const { id: runId } = await client.creditRun.create({
    data: { bureau: 'creditsafe', trigger: 'night', startedAt: at('2026-03-01'), finishedAt: at('2026-03-01'), eventsFrom: at('2026-02-28'), counts: [counts] },
  })
  await item(aster, 'A2', '2026-02-01', '5000.00')
  await client.creditLink.updateMany({ where: { debtorId: aster }, data: { source: 'number', number: '0403019261' } })
  await client.debtor.update({ where: { id: aster }, data: { country: 'BE', companyNumber: '0403019261' } })
  await client.creditGap.create({ data: { debtorId: aster + 2, reason: 'no_number', checkedAt: at('2026-03-01') } })

  const before = await type('/duncan creditsafe status')
  const home = await chat.home(jan, 'console')
  const tips = [await type('/duncan tips'), cardOf(await press('tip.show', { place: '1' })), cardOf(await press('tip.show', { place: '2' }))]
  await client.debtor.update({ where: { id: aster }, data: { companyNumber: null, companyNumberProblem: 'check_digit' } })
  const after = factsOf(await type('/duncan creditsafe status'))
  await chat.postCreditNight(runId)
  await chat.postCreditNight(runId)

  assert.deepEqual(
    ['Last run', 'Reports left', 'Valid company number', 'Monitored', 'Data of the last 24 hours', 'company number missing'].map(label =>
      factsOf(before).get(label),
    ),
    [
      '1 Mar 2026, 23:00 · 1 of 3 debtors changed',
      'NL 88 of 500',
      '79% (€115,000 of €145,000)',
      '79% (€115,000 of €145,000)',
      '79% (€115,000 of €145,000)',
      '1',
    ],
  )
  assert.equal(after.get('Monitored'), '69% (€100,000 of €145,000)')
  assert.ok(picksOf(home).some(([said, , action]) => said === '79% · Of what is open is monitored' && action === 'credit.status'))
  assert.deepEqual(
    tips.map(({ elements }) => elements.map(element => (element.type === 'text' ? element.text : ''))[0]),
    [
      'More than the advised limit is used by 1 debtor (€15,000 open). Ask for a prepayment, or decide on a limit of your own.',
      'Nobody watches 1 debtor with €30,000 open, because country or company number is missing. Add it.',
      'Overdue, and no contact that mail can be sent to: 1 debtor, €15,000 open. Add one.',
    ],
  )
  const posts = await client.chatPost.findMany({ where: { subject: { startsWith: 'credit-risk:' } } })
  assert.deepEqual(
    posts.map(({ channel, subject }) => [channel, subject]),
    [['credit', `credit-risk:${administrationId}:2026-03-02`]],
  )
  assert.ok(JSON.stringify(posts[0]?.card).includes('Risk of the week: Harbourlight Trading'))
  rules.on = false
  await client.chatPost.deleteMany({ where: { subject: { startsWith: 'credit-risk:' } } })
  await chat.postCreditNight(runId)
  assert.equal(await client.chatPost.count({ where: { subject: { startsWith: 'credit-risk:' } } }), 0)
  const help = await type('/duncan help creditsafe')
  assert.deepEqual(
    [help.title, factsOf(help).has('/duncan creditsafe status'), factsOf(help).has('/inbox <debtor>')],
    ['Credit risk: how it works', true, false],
  )
})
