import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseRoute, type Route, type Routed, routesKind } from '#people'
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
  owners: [],
  lead: null,
  ...fields,
})
const dutch: Routed = { mailbox: 'debtors', folders: ['INBOX'], language: 'nl', administration: 'NL', partyType: 'debtor', segments: ['large'] }
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

test('routes stand in the settings, replaced as a whole, with references for every name in them', async t => {
  const { client } = await createTestDatabase(t)
  const section = routesKind.schema.parse({
    nl: { channel: 'debtors-nl', administrations: ['NL'], mailboxes: ['debtors/INBOX'], owners: ['jan'], lead: 'eva', parties: ['debtor'] },
    rest: { channel: 'debtors' },
  })

  await client.$transaction(async tx => {
    await routesKind.project?.(tx, section)
    await routesKind.project?.(tx, section)
  })

  const stored = await client.route.findMany({ orderBy: { key: 'asc' } })
  assert.deepEqual(
    stored.map(({ key, channel, partyTypes, lead }) => [key, channel, partyTypes, lead]),
    [
      ['nl', 'debtors-nl', ['debtor'], 'eva'],
      ['rest', 'debtors', [], null],
    ],
  )
  assert.deepEqual(
    routesKind.references?.(section).map(({ path, kind, key }) => `${path.join('.')} → ${kind} ${key}`),
    ['nl.administrations.0 → administrations NL', 'nl.mailboxes.0 → mailboxes debtors', 'nl.owners.0 → staff jan', 'nl.lead → staff eva'],
  )
  for (const channel of ['ops', 'payments'])
    assert.equal(routesKind.schema.safeParse({ a: { channel } }).success, false, 'a channel of Duncan’s own is no proposal’s')
})
