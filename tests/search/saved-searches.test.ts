import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fixedClock } from '#platform'
import { forgetSearch, listSavedSearches, savedSearchesNamed, saveSearch } from '#search'
import { createTestDatabase } from '../support/database.ts'

const clock = fixedClock('2026-03-02T10:00:00Z')

test('a search is kept by name for its owner, in place of an older one, and the trail knows', async t => {
  const { client } = await createTestDatabase(t)
  const save = (query: string) => saveSearch({ client, clock }, { owner: 'staff:1', name: ' Big  ones ', query, shared: false })

  const outcomes = [await save('overdue:>10k'), await save('overdue:>20k')]

  assert.deepEqual(outcomes, [
    { kind: 'saved', replaced: false },
    { kind: 'saved', replaced: true },
  ])
  assert.deepEqual(
    (await savedSearchesNamed(client, 'staff:1', 'big ones')).map(({ query }) => query),
    ['overdue:>20k'],
  )
  assert.deepEqual(await savedSearchesNamed(client, 'staff:2', 'big ones'), [], 'it is not shared')
  assert.deepEqual(
    (await client.auditEntry.findMany({ orderBy: { id: 'asc' } })).map(({ actor, event }) => [actor, event]),
    [
      ['staff:1', 'search.saved'],
      ['staff:1', 'search.saved'],
    ],
  )
})

test('of a shared name one’s own search is meant, or else all that have it', async t => {
  const { client } = await createTestDatabase(t)
  const share = (owner: string, query: string) => saveSearch({ client, clock }, { owner, name: 'Late', query, shared: true })
  await share('staff:1', 'days_overdue:>30')
  await share('staff:2', 'days_overdue:>60')

  const meant = async (owner: string) => (await savedSearchesNamed(client, owner, 'late')).map(({ query }) => query)

  assert.deepEqual([await meant('staff:1'), await meant('staff:3')], [['days_overdue:>30'], ['days_overdue:>30', 'days_overdue:>60']])
  assert.deepEqual(
    (await listSavedSearches(client, 'staff:2')).map(({ owner }) => owner),
    ['staff:2', 'staff:1'],
  )
})

test('only its owner forgets a search, and nothing wrong is kept', async t => {
  const { client } = await createTestDatabase(t)
  await saveSearch({ client, clock }, { owner: 'staff:1', name: 'Late', query: 'overdue', shared: true })

  assert.equal(await forgetSearch(client, 'staff:2', 'late'), false)
  assert.equal(await forgetSearch(client, 'staff:1', 'LATE'), true)
  assert.equal((await saveSearch({ client, clock }, { owner: 'staff:1', name: 'x', query: 'overdeu:1', shared: false })).kind, 'problem')
  assert.equal((await saveSearch({ client, clock }, { owner: 'staff:1', name: '\0', query: 'overdue', shared: false })).kind, 'unnamed')
  assert.equal(await client.savedSearch.count(), 0)
})
