import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { chooseRoute, type Route, type Routed, routesKind, unreachableRoutes } from '#people'
import { Prisma } from '#platform'
import { intents } from '#triage'
import { createTestDatabase } from '../support/database.ts'

const aRoute = (key: string, fields: Partial<Route> = {}): Route => ({
  key,
  channel: key,
  priority: 0,
  mailboxes: [],
  administrations: [],
  languages: [],
  segments: [],
  partyTypes: [],
  intents: [],
  risks: [],
  amountFrom: null,
  amountBelow: null,
  owners: [],
  lead: null,
  ...fields,
})
const euros = (amount: number) => new Prisma.Decimal(amount)
const dutch: Routed = {
  mailbox: 'debtors',
  folders: ['INBOX'],
  language: 'nl',
  administration: 'NL',
  partyType: 'debtor',
  segments: ['large'],
  intents: ['promise_to_pay'],
  risks: [],
  amount: euros(900),
}
const chosen = (routes: Route[], change: Partial<Routed> = {}) => chooseRoute(routes, { ...dutch, ...change })?.key

test('a route fits when each of its conditions does; of several the one with the most conditions is taken', () => {
  const routes = [
    aRoute('everything'),
    aRoute('dutch', { administrations: ['NL'] }),
    aRoute('dutch-large', { administrations: ['NL'], segments: ['large', 'huge'] }),
    aRoute('archive', { mailboxes: ['debtors/Archive'] }),
  ]

  assert.equal(chosen(routes), 'dutch-large')
  assert.equal(chosen(routes, { segments: [] }), 'dutch')
  assert.equal(chosen(routes, { administration: 'BE' }), 'everything')
  assert.equal(chosen(routes, { administration: null, partyType: null, folders: ['Archive'] }), 'archive')
  assert.equal(chosen(routes.slice(1), { administration: 'BE' }), undefined)
})

test('suppliers have a channel of their own, and a priority counts before the number of conditions', () => {
  const routes = [aRoute('dutch-large', { administrations: ['NL'], segments: ['large'] }), aRoute('purchasing', { partyTypes: ['supplier'], priority: 1 })]

  assert.equal(chosen(routes, { partyType: 'supplier' }), 'purchasing')
  assert.equal(chosen(routes), 'dutch-large')
})

test('the order in which routes are written does not matter: of equals the first by the alphabet is taken', () => {
  const routes = [aRoute('b', { languages: ['nl'] }), aRoute('a', { mailboxes: ['debtors'] })]

  assert.deepEqual([chosen(routes), chosen(routes.toReversed())], ['a', 'a'])
})

test('a whole table of routes: the first in order that fits is taken, whatever is asked', () => {
  const routes = [
    aRoute('rest'),
    aRoute('insolvency', { intents: ['insolvency_notice', 'legal_reply'], priority: 10 }),
    aRoute('large', { amountFrom: euros(10_000), priority: 5 }),
    aRoute('middle', { amountFrom: euros(1000), amountBelow: euros(10_000) }),
    aRoute('risky', { risks: ['broken_promise', 'long_overdue'], intents: ['promise_to_pay'] }),
    aRoute('disputes', { intents: ['dispute'] }),
  ]
  const table: [Partial<Routed>, string][] = [
    [{}, 'rest'],
    [{ intents: ['dispute'] }, 'disputes'],
    [{ intents: [] }, 'rest'],
    [{ intents: ['dispute', 'legal_reply'], amount: euros(50_000) }, 'insolvency'],
    [{ amount: euros(9999.99) }, 'middle'],
    [{ amount: euros(10_000) }, 'large'],
    [{ amount: euros(1000), intents: ['dispute'] }, 'disputes'],
    [{ amount: null }, 'large'],
    [{ risks: ['broken_promise'] }, 'risky'],
    [{ risks: ['dispute'] }, 'rest'],
    [{ risks: ['long_overdue', 'dispute'], intents: ['payment_made'] }, 'rest'],
    [{ risks: ['long_overdue'], amount: euros(20_000) }, 'large'],
  ]

  assert.deepEqual(
    table.map(([change]) => chosen(routes, change)),
    table.map(([, key]) => key),
  )
  assert.deepEqual(unreachableRoutes(routes), [])
})

test('a route that another one always comes before is told of, and no other', () => {
  const routes = [
    aRoute('first', { priority: 1, mailboxes: ['debtors'], amountFrom: euros(100) }),
    aRoute('folder', { mailboxes: ['debtors/INBOX'], amountFrom: euros(500), languages: ['nl'] }),
    aRoute('less', { mailboxes: ['debtors'], amountFrom: euros(50) }),
    aRoute('twin-a', { languages: ['fr'] }),
    aRoute('twin-b', { languages: ['fr'] }),
  ]

  assert.deepEqual(unreachableRoutes(routes), [
    { key: 'folder', behind: 'first' },
    { key: 'twin-b', behind: 'twin-a' },
  ])
})

const some = <T>(...values: T[]) => fc.subarray(values, { maxLength: 2 })

test('whatever the routes are, one that is told to get nothing is never chosen', () => {
  const amounts = fc.constantFrom(null, euros(0), euros(100), euros(1000))
  const routes = fc.uniqueArray(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      priority: fc.nat(1),
      mailboxes: some('m', 'm/INBOX', 'n'),
      languages: some('nl', 'fr'),
      intents: some('dispute', 'bounce'),
      risks: some('dispute', 'pays_late'),
      amountFrom: amounts,
      amountBelow: amounts,
    }),
    { selector: ({ key }) => key, minLength: 2 },
  )
  const routed = fc.record({
    mailbox: fc.constantFrom('m', 'n'),
    folders: some('INBOX', 'Other'),
    language: fc.constantFrom('nl', 'fr', 'de'),
    intents: some('dispute', 'bounce', 'other_question'),
    risks: some('dispute' as const, 'pays_late' as const),
    amount: amounts,
  })
  fc.assert(
    fc.property(routes, fc.array(routed, { maxLength: 20 }), (given, mails) => {
      const table = given.map(({ key, ...fields }) => aRoute(key, fields))
      const never = unreachableRoutes(table).map(({ key }) => key)

      for (const mail of mails) assert.ok(!never.includes(chosen(table, mail) ?? ''))
    }),
  )
})

test('routes stand in the settings, replaced as a whole, with references for every name in them', async t => {
  const { client } = await createTestDatabase(t)
  const settings = routesKind(intents)
  const section = settings.schema.parse({
    nl: { channel: 'debtors-nl', administrations: ['NL'], mailboxes: ['debtors/INBOX'], owners: ['jan'], lead: 'eva', parties: ['debtor'] },
    large: { channel: 'large', amount: { from: '10000.50' }, intents: ['dispute'], risks: ['pays_late'] },
    rest: { channel: 'debtors' },
  })

  await client.$transaction(async tx => {
    await settings.project?.(tx, section)
    await settings.project?.(tx, section)
  })

  const stored = await client.route.findMany({ orderBy: { key: 'asc' } })
  assert.deepEqual(
    stored.map(({ key, channel, partyTypes, lead, amountFrom, risks }) => [key, channel, partyTypes, lead, amountFrom?.toFixed(2), risks]),
    [
      ['large', 'large', [], null, '10000.50', ['pays_late']],
      ['nl', 'debtors-nl', ['debtor'], 'eva', undefined, []],
      ['rest', 'debtors', [], null, undefined, []],
    ],
  )
  assert.deepEqual(
    settings.references?.(section).map(({ path, kind, key }) => `${path.join('.')} → ${kind} ${key}`),
    ['nl.administrations.0 → administrations NL', 'nl.mailboxes.0 → mailboxes debtors', 'nl.owners.0 → staff jan', 'nl.lead → staff eva'],
  )
  for (const channel of ['ops', 'payments'])
    assert.equal(settings.schema.safeParse({ a: { channel } }).success, false, 'a channel of Duncan’s own is no proposal’s')
  const faults = (wished: object) => settings.schema.safeParse(wished).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
  assert.deepEqual(faults({ a: { channel: 'x', intents: ['disputes'] } }), ['a.intents.0: is no intent'])
  assert.deepEqual(faults({ a: { channel: 'x' }, b: { channel: 'y' } }), ['b: gets nothing: a is asked before it and takes all that it would'])
  assert.deepEqual(faults({ a: { channel: 'x', amount: { from: 5, below: 5 } } }), ['a.amount: from must be less than below.'])
})
