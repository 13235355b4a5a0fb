import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { fullSight } from '#people'
import type { DbClient } from '#platform'
import {
  acceptSegment,
  countSegments,
  parseQuery,
  printQuery,
  type SearchContext,
  searchDebtors,
  segmentsKind,
  segmentsOf,
  suggestSegments,
  whyItFits,
} from '#search'
import { createSettings, listVersions } from '#settings'
import { createTestDatabase } from '../support/database.ts'
import { anyQuery } from './arbitrary-query.ts'
import { aLedger, anItem } from './ledger.ts'

const context: SearchContext = { sight: fullSight, today: Temporal.PlainDate.from('2026-03-02'), timeZone: 'Europe/Amsterdam' }

const source = (segments: object) => ({ sections: { segments }, whole: false, faults: [], placeOf: () => ({ file: 'segments.yaml' }) })

async function putInForce(client: DbClient, segments: object) {
  const outcome = await createSettings({ client, kinds: [segmentsKind] }).apply(source(segments), { actor: 'cli' })
  assert.equal(outcome.kind, 'applied')
}

/** A large Dutch debtor, a German one with a dispute, and a small French one. */
async function aPortfolio(client: DbClient): Promise<number[]> {
  const { administrationId, debtors } = await aLedger(client, ['Visser BV', 'Möller GmbH', 'Atelier Dupont'])
  const ids = debtors.map(({ id }) => id)
  for (const [index, [country, legalForm]] of [
    ['NL', 'B.V.'],
    ['DE', 'GmbH'],
    ['FR', 'Entreprise individuelle'],
  ].entries())
    await client.debtor.update({ where: { id: ids[index] ?? 0 }, data: { country: country ?? null, legalForm: legalForm ?? null } })
  await anItem(client, { administrationId, debtorId: ids[0] ?? 0 }, 'V-1', '2026-01-15', '85000')
  await anItem(client, { administrationId, debtorId: ids[1] ?? 0 }, 'M-1', '2026-04-15', '11000')
  await anItem(client, { administrationId, debtorId: ids[2] ?? 0 }, 'D-1', '2026-04-15', '4000')
  await client.dispute.create({ data: { debtorId: ids[1] ?? 0, reason: 'price', ownerId: 1, answerDue: new Date('2030-01-01') } })
  return ids
}

test('a debtor is in the segments whose query fits it, the highest priority first, with its own values as the reason', async t => {
  const { client } = await createTestDatabase(t)
  const [visser = 0, moller = 0, dupont = 0] = await aPortfolio(client)
  await putInForce(client, {
    key_accounts: { title: 'Key accounts', query: 'balance:>50k OR country:LU', priority: 50, strategy: 'Call before you write' },
    benelux: { title: 'Benelux', query: 'country:BE,NL,LU -dispute', priority: 10 },
    rest: { title: 'The rest', query: '-segment:key_accounts,benelux' },
  })

  assert.deepEqual(await segmentsOf(client, context, visser), [
    {
      key: 'key_accounts',
      title: 'Key accounts',
      strategy: 'Call before you write',
      why: [{ condition: 'balance:>50000', value: { kind: 'amounts', amounts: [{ currency: 'EUR', amount: '85000.000' }] } }],
    },
    {
      key: 'benelux',
      title: 'Benelux',
      strategy: null,
      why: [{ condition: 'country:BE,NL,LU', value: { kind: 'text', value: 'NL' } }, { condition: '-dispute' }],
    },
  ])
  assert.deepEqual(
    (await segmentsOf(client, context, moller)).map(({ key, why }) => [key, why]),
    [['rest', [{ condition: '-segment:key_accounts,benelux', value: { kind: 'text', value: 'rest' } }]]],
  )
  assert.deepEqual(await segmentsOf(client, { ...context, sight: { administrations: ['XX'], mailboxes: [] } }, dupont), [])
  const { segments, none } = await countSegments(client, context)
  assert.deepEqual(
    segments.map(({ key, debtors, leading }) => [key, debtors, leading]),
    [
      ['key_accounts', 1, 1],
      ['benelux', 1, 0],
      ['rest', 2, 2],
    ],
  )
  assert.equal(none, 0)
})

test('of alternatives the reason is the one that holds, of a negated group what does not', async t => {
  const { client } = await createTestDatabase(t)
  const [, moller = 0] = await aPortfolio(client)
  const queries = ['country:NL OR dispute', '-(country:DE hold)', 'country:NL', '-(country:DE OR hold)'].map(text => {
    const parsed = parseQuery(text)
    return parsed.kind === 'parsed' ? parsed.query : assert.fail(text)
  })

  assert.deepEqual(await whyItFits(client, queries, context, moller), [[{ condition: 'dispute' }], [{ condition: '-hold' }], null, null])
})

test('a segment whose query is wrong is refused at its place, and so is one that defines itself', async t => {
  const { client } = await createTestDatabase(t)
  const settings = createSettings({ client, kinds: [segmentsKind] })

  const plan = await settings.plan(
    source({
      a: { title: 'A', query: 'country:NL\nsegment:b' },
      b: { title: 'B', query: 'segment:a' },
      c: { title: 'C', query: 'overdeu:>10' },
      d: { title: 'D', query: 'segment:bb' },
      e: { title: 'E', query: 'country:NL segment:=e' },
      f: { title: 'F', query: 'segment:f*' },
    }),
  )

  assert.equal(plan.kind, 'refused')
  assert.deepEqual(plan.kind === 'refused' && plan.faults.map(({ path, message }) => [path, message]), [
    ['segments.a.query', 'The segment a would be defined by itself.'],
    ['segments.b.query', 'The segment b would be defined by itself.'],
    ['segments.c.query', 'There is no field overdeu. Did you mean overdue? To search for the text itself, put it in quotation marks.'],
    ['segments.d.query', 'There is no segment bb. Did you mean b?'],
    ['segments.e.query', 'The segment e would be defined by itself.'],
    ['segments.f.query', 'The segment f would be defined by itself.'],
  ])
  const rest = await settings.plan(source({ a: { title: 'A', query: 'country:NL' }, rest: { title: 'The rest', query: 'segment:none' } }))
  assert.deepEqual(rest.kind === 'refused' && rest.faults.map(({ path }) => path), ['segments.rest.query'])
})

/** Segments each of which leaves out all those before it. */
const chain = (length: number) =>
  Object.fromEntries(
    Array.from({ length }, (_, at) => {
      const before = Array.from({ length: at }, (_other, index) => `s${index}`)
      return [`s${at}`, { title: `S${at}`, query: before.length === 0 ? 'overdue' : `overdue -segment:${before.join(',')}` }]
    }),
  )

test('segments that build on each other may do so until they are too much together', async t => {
  const { client } = await createTestDatabase(t)
  const settings = createSettings({ client, kinds: [segmentsKind] })
  const [few, many] = [await settings.plan(source(chain(8))), await settings.plan(source(chain(40)))]

  assert.equal(few.kind, 'changes')
  assert.equal(many.kind === 'refused' && many.faults[0]?.message, 'A search has at most 1000 conditions.')
})

test('segments are suggested from sizes, regions and legal forms, each with its figures', async t => {
  const { client } = await createTestDatabase(t)
  await aPortfolio(client)

  const suggested = await suggestSegments(client, context)

  assert.deepEqual(
    suggested.map(({ key, query, debtors, reason }) => [key, query, debtors, 'percent' in reason ? reason.percent : reason.kind]),
    [
      ['large', 'balance:>=85000', 1, 85],
      ['medium', 'balance:>=11000 balance:<85000', 1, 11],
      ['small', 'balance:>0 balance:<11000', 1, 4],
      ['benelux', 'country:BE,NL,LU', 1, 'region'],
      ['international', '-country:none -country:BE,NL,LU', 2, 'region'],
      ['company', 'legal_form:B.V.,GmbH', 2, 'legal_form'],
      ['sole_trader', 'legal_form:"Entreprise individuelle"', 1, 'legal_form'],
    ],
  )
})

test('an accepted suggestion is a segment of the settings, with who accepted it, and is suggested no more', async t => {
  const { client } = await createTestDatabase(t)
  const [visser = 0] = await aPortfolio(client)
  await putInForce(client, { own: { title: 'Own', query: 'country:NL' } })
  const settings = createSettings({ client, kinds: [segmentsKind] })
  const [large] = await suggestSegments(client, context)

  const outcome = large && (await acceptSegment({ client, settings }, large, 'staff:7'))

  assert.equal(outcome?.kind, 'applied')
  assert.deepEqual(
    (await segmentsOf(client, context, visser)).map(({ key }) => key),
    ['large', 'own'],
  )
  const [version] = await listVersions(client)
  assert.deepEqual([version?.actor, version?.note], ['staff:7', 'accepted the suggested segment large: balance:>=85000 (1 of 3 debtors)'])
  assert.ok((await suggestSegments(client, context)).every(({ key }) => key !== 'large'))
})

test('a debtor has reasons for exactly the queries that find it', async t => {
  const { client } = await createTestDatabase(t)
  const ids = await aPortfolio(client)

  await fc.assert(
    fc.asyncProperty(anyQuery, fc.constantFrom(...ids), async (query, id) => {
      const { hits } = await searchDebtors(client, query, context, { limit: 50 })

      const [why] = (await whyItFits(client, [query], context, id)) ?? []

      assert.equal(
        why !== null,
        hits.some(hit => hit.id === id),
        printQuery(query),
      )
    }),
    { numRuns: 25 },
  )
})
