import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { limitsOf } from '#ledger'
import { fullSight } from '#people'
import { type EntryContent, type EntryOpening, entriesAwaiting, type ProposalRules, shippedRules, viewEntry } from '#proposals'
import { anOffice } from '../support.ts'

const workflow = (title: string, administrations: string[] = []) => ({ title, administrations, patienceDays: 0, absenceDays: 7, branches: [], steps: [] })

const rules: ProposalRules = {
  ...shippedRules,
  workflows: { amicable: workflow('Amicable'), legal: workflow('Legal'), elsewhere: workflow('Elsewhere', ['other']) },
}

const limit = (amount: string, currency = 'EUR'): EntryContent => ({ kind: 'credit_limit', amount, currency, before: null })

const to = (key: string): EntryContent => ({ kind: 'workflow', workflow: key, before: null })

async function aDesk(t: TestContext) {
  const office = await anOffice(t, {}, rules)
  const { db, debtor, proposals } = office
  const boss = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'manager' } })
  const max = await db.staff.create({ data: { key: 'max', name: 'Max', email: 'max@nordlicht.example', role: 'manager' } })
  const why: EntryOpening['why'] = { code: 'over_advice', exposure: '120000', advice: '80000', currency: 'EUR', leftOut: [] }
  const open = async (content: EntryContent, key: string, more: Partial<EntryOpening> = {}) => {
    const outcome = await proposals.openEntry({ debtorId: debtor.id, content, key, why, ...more })
    return outcome.kind === 'entered' ? outcome.entryId : assert.fail(JSON.stringify(outcome))
  }
  const vote = (entryId: number, kind: 'approve' | 'reject' | 'second_vote' | 'withdraw' | 'undo', staffId = boss.id, more: object = {}) =>
    proposals.voteOnEntry({ entryId, staffId, surface: 'console', kind, ...more })
  const stands = async () => {
    const standing = (await limitsOf(db, [debtor.id])).get(debtor.id)?.internal
    return standing && `${standing.amount.toFixed()} ${standing.currency} ${standing.source}`
  }
  const view = async (id: number) => (await viewEntry(db, fullSight, id)) ?? assert.fail()
  const drawn = () => office.jobs.splice(0).flatMap(({ name, payload }) => (name === 'entry.changed' ? [payload.entryId] : []))
  return { ...office, boss, max, open, vote, stands, view, drawn, why }
}

test('one fact opens one entry, however many processes come with it; nothing is done before one person approves it, and undo puts back what stood before', async t => {
  const { db, debtor, jan, boss, max, open, vote, stands, view, drawn } = await aDesk(t)
  await db.debtorLimit.create({ data: { debtorId: debtor.id, kind: 'internal', amount: '100000', currency: 'EUR', source: 'import', setAt: new Date() } })

  const ids = await Promise.all([1, 2, 3, 4].map(() => open(limit('80000'), 'advice 80000')))
  const id = ids[0] ?? 0
  const opened = await view(id)
  const listed = await Promise.all([boss, jan].map(person => entriesAwaiting(db, person)))
  const refused = await vote(id, 'approve', jan.id)
  const votes = await Promise.all([boss, max, boss, max].map(({ id: staffId }) => vote(id, 'approve', staffId)))

  assert.deepEqual(
    [new Set(ids).size, opened.status, opened.by, opened.content],
    [1, 'proposed', null, { ...limit('80000'), before: { amount: '100000', currency: 'EUR' } }],
  )
  assert.deepEqual(
    listed.map(entries => entries.length),
    [1, 0],
  )
  assert.deepEqual(refused, { kind: 'not_allowed', why: 'no_right' })
  assert.deepEqual(votes.map(({ kind }) => kind).toSorted(), ['changed', 'changed', 'changed', 'entered'])
  assert.equal(await stands(), '80000 EUR decided')
  assert.deepEqual(drawn(), [id, id])

  const undone = await Promise.all([vote(id, 'undo'), vote(id, 'undo', max.id)])

  assert.deepEqual(undone.map(({ kind }) => kind).toSorted(), ['changed', 'entered'])
  assert.equal(await stands(), '100000 EUR import')
  assert.equal(await open(limit('80000'), 'advice 80000'), id) // the fact was told, whatever became of it
  const rows = await db.debtorLimit.findMany({ orderBy: { id: 'asc' } })
  assert.deepEqual(
    rows.map(({ amount, endedAt }) => [amount.toFixed(), endedAt === null]),
    [
      ['100000', false],
      ['80000', false],
      ['100000', true],
    ],
  )
  const audits = await db.auditEntry.findMany({ where: { subject: `entry:${id}` }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    audits.map(({ event, actor }) => [event, actor === 'duncan']),
    [
      ['entry.opened', true],
      ['entry.done', false],
      ['entry.undone', false],
    ],
  )
})

test('what stands otherwise by now is not approved unseen; an approval with another amount is its editor’s, who gives no second vote', async t => {
  const { db, debtor, mia, boss, max, open, vote, stands, view } = await aDesk(t)
  await db.staff.update({ where: { id: boss.id }, data: { amountLimit: '50000' } })
  await db.staff.update({ where: { id: max.id }, data: { amountLimit: '50000' } })
  const id = await open(limit('80000'), 'first')
  await db.debtorLimit.create({ data: { debtorId: debtor.id, kind: 'internal', amount: '60000', currency: 'EUR', source: 'import', setAt: new Date() } })

  const unseen = await vote(id, 'approve')
  const stale = await vote(id, 'approve', boss.id, { version: 0 })
  const first = await vote(id, 'approve', boss.id, { version: 1, content: limit('70000') })
  const second = [await vote(id, 'second_vote'), await vote(id, 'second_vote', mia.id, { version: 1 })]
  const waiting = await Promise.all([boss, mia].map(person => entriesAwaiting(db, person)))
  const done = await vote(id, 'second_vote', mia.id, { version: 2 })

  assert.deepEqual([unseen.kind, stale.kind], ['changed', 'changed'])
  assert.deepEqual(
    [first, second],
    [{ kind: 'entered', entryId: id, status: 'awaiting_second' }, [{ kind: 'not_allowed', why: 'own_first_vote' }, { kind: 'changed' }]],
  )
  assert.deepEqual(
    waiting.map(entries => entries.length),
    [0, 1],
  )
  assert.deepEqual([done.kind, await stands(), (await view(id)).firstVoteBy], ['entered', '70000 EUR decided', 'Bo'])
  // A later import or decision took its place: nothing is taken back over it.
  const next = await open(limit('20000'), 'second')
  await vote(next, 'approve', boss.id)
  assert.deepEqual([(await vote(id, 'undo')).kind, await stands()], ['changed', '20000 EUR decided'])
})

test('what stands otherwise when the second vote comes needs both votes anew', async t => {
  const { db, debtor, mia, boss, open, vote, stands, view } = await aDesk(t)
  await db.staff.update({ where: { id: boss.id }, data: { amountLimit: '50000' } })
  const id = await open(limit('80000'), 'first')
  await vote(id, 'approve')
  await db.debtorLimit.create({ data: { debtorId: debtor.id, kind: 'internal', amount: '60000', currency: 'EUR', source: 'import', setAt: new Date() } })

  const second = await vote(id, 'second_vote', mia.id)

  const { status, firstVoteBy, content } = await view(id)
  assert.deepEqual([second.kind, status, firstVoteBy ?? null, await stands()], ['changed', 'proposed', null, '60000 EUR import'])
  assert.deepEqual(content, { ...limit('80000'), before: { amount: '60000', currency: 'EUR' } })
})

test('a newer entry takes the place of one that waits and says the same nothing twice; a rejected one can be decided anew; who opened one votes as anybody does', async t => {
  const { db, boss, eve, jan, debtor, proposals, open, vote, stands, view, drawn, why } = await aDesk(t)
  const older = await open(limit('80000'), 'advice 80000')
  const same = await open(limit('80000'), 'advice 80000 again')
  const newer = await open(limit('60000'), 'advice 60000', { quiet: true })
  const drawnSoFar = drawn()
  const rejected = await vote(newer, 'reject')
  const tooLate = await vote(newer, 'approve')
  const anew = await vote(newer, 'undo')
  const approved = await vote(newer, 'approve')
  const chosen = await open(limit('0'), 'form 1', { staffId: boss.id, surface: 'console', why: { code: 'alert', alertId: 7 } })

  assert.deepEqual([same, (await view(older)).status], [older, 'superseded'])
  assert.deepEqual(drawnSoFar, [older, older])
  assert.deepEqual(
    [rejected, tooLate, anew, approved].map(({ kind }) => kind),
    ['entered', 'changed', 'entered', 'entered'],
  )
  assert.equal(await stands(), '60000 EUR decided')
  assert.deepEqual([(await view(chosen)).by, (await vote(chosen, 'approve')).kind, await stands()], ['Bo', 'entered', '0 EUR decided'])
  const opening = { debtorId: debtor.id, content: limit('5'), key: 'x', why }
  const refusals = await Promise.all([
    proposals.openEntry({ ...opening, staffId: jan.id }),
    proposals.openEntry({ ...opening, staffId: eve.id }),
    proposals.openEntry({ ...opening, debtorId: 2_147_483_648 }),
    proposals.openEntry({ ...opening, content: limit('0') }),
  ])
  assert.deepEqual(refusals, [
    { kind: 'not_allowed', why: 'no_right' },
    { kind: 'not_allowed', why: 'no_right' },
    { kind: 'not_found' },
    { kind: 'invalid', problem: { code: 'nothing_changes' } },
  ])
  assert.equal(await db.debtorEntry.count(), 3)
})

test('a workflow is one that the settings have for the administration; switching writes rows, and undo goes back to the one before', async t => {
  const { db, debtor, open, vote, proposals, why } = await aDesk(t)
  await db.settingsVersion.create({ data: { actor: 'cli', content: {} } })
  for (const key of ['amicable', 'legal']) await vote(await open(to(key), key), 'approve')
  const refused = await proposals.openEntry({ debtorId: debtor.id, content: to('elsewhere'), key: 'x', why })
  const last = await db.debtorEntry.findFirstOrThrow({ orderBy: { id: 'desc' } })

  const undone = await vote(last.id, 'undo')

  assert.deepEqual(refused, { kind: 'invalid', problem: { code: 'unknown_workflow', workflow: 'elsewhere', known: ['amicable', 'legal'] } })
  assert.equal(undone.kind, 'entered')
  const rows = await db.workflowAssignment.findMany({ orderBy: { id: 'asc' } })
  assert.deepEqual(
    rows.map(({ workflow: key, takenBackAt, settingsVersion }) => [key, takenBackAt === null, settingsVersion]),
    [
      ['amicable', true, 1],
      ['legal', false, 1],
    ],
  )
  assert.equal(rows[1]?.reason, `entry:${last.id}`)
})

test('what waits a day is told to the managers once, all of it together', async t => {
  const { db, clock, proposals, open, jobs, boss, max, other, why } = await aDesk(t)
  await open(limit('80000'), 'one')
  await proposals.openEntry({ debtorId: other.id, content: limit('10'), key: 'two', why, quiet: true })
  jobs.splice(0)

  clock.set('2026-11-24T16:30:00Z')
  await proposals.due()
  await proposals.due()

  assert.deepEqual(
    jobs.map(({ name, payload }) => [name, payload.staffId]),
    [
      ['entry.reminder', boss.id],
      ['entry.reminder', max.id],
    ],
  )
  assert.equal(await db.auditEntry.count({ where: { event: 'entries.reminded' } }), 1)
})
