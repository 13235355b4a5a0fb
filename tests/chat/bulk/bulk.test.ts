import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Prisma } from '#platform'
import { sortIn } from '../../../src/chat/bulk/sort-in.ts'
import { postsInSight } from '../../../src/chat/posts-in-sight.ts'
import { aBulkWorld, textOf } from './bulk-world.ts'

test('17 alike fold into one card; of 17 approved at once 16 are done and one is shown with its reason, each with its own decision and audit', async t => {
  const world = await aBulkWorld(t, 17)
  const { db, ids, jan, cards, bulkOf, approve, receipts, settle } = world
  const [before, bulk] = [await cards(), await bulkOf()]
  const card = before.get(`bulk:${bulk}`)
  // What stands on the card is checked once more for each: this file is none of its debtor's any more.
  await db.invoice.update({ where: { id: await world.invoiceId('F-1005') }, data: { debtorId: world.other.id } })

  const outcome = await approve(jan, bulk)
  const working = (await cards()).get(`bulk:${bulk}`)
  await settle()
  const [after, [receipt]] = [await cards(), await receipts(bulk)]
  const decisions = await db.decision.findMany()
  const audit = await db.auditEntry.findMany({ where: { event: { in: ['proposal.approve', 'bulk.approved', 'bulk.finished'] } }, orderBy: { id: 'asc' } })

  assert.equal(card?.title, '17 alike: send invoice copies')
  assert.equal(card?.subtitle, 'asks for an invoice copy · €15,300.00 at stake · replies in Dutch')
  assert.match(textOf(card), /Debtor 3 BV","F-1003","€300.00.*and 14 more/)
  assert.ok(!textOf(card).includes('Debtor 4 BV'), 'a sample of three')
  assert.ok(
    ids.every(id => !textOf(before.get(`proposal:${id}`)).includes('proposal.approve')),
    'their own cards are a line',
  )
  assert.ok(textOf(before.get(`proposal:${ids[0]}`)).includes('proposal.show'))
  assert.deepEqual(outcome, { kind: 'done', message: 'Being approved: 17. What becomes of each is told in the thread.' })
  assert.deepEqual([working?.status?.text, working?.buttons], ['Working…', []])
  assert.match(textOf(working), /Jan is approving 17…/)
  assert.equal(receipt?.title, '16 of 17: send invoice copies')
  assert.equal(receipt?.rows.length, 17)
  assert.match(receipt?.rows[0] ?? '', /^Debtor 5 BV \| F-1005 \| ! not approved: F-1005\.pdf is not the copy of an invoice of this debtor\./)
  assert.ok(receipt?.rows.slice(1).every(row => row.endsWith('| ✓ approved')))
  assert.match(textOf(after.get(`bulk:${bulk}`)), /Approved by Jan, 10:00: 16 of 17.*Not done: 1\. The thread says why\./)
  assert.match(textOf(after.get(`proposal:${ids[4]}`)), /"proposal.approve"/, 'what was not done has its own card back')
  assert.match(textOf(after.get(`proposal:${ids[0]}`)), /Approved by Jan.*"proposal.undo"/)
  assert.deepEqual([decisions.length, new Set(decisions.map(({ proposalId }) => proposalId)).size], [16, 16])
  assert.ok(decisions.every(({ staffId, detail }) => staffId === jan.id && (detail as { bulk?: number }).bulk === Number(bulk)))
  assert.equal(audit.filter(({ event, detail }) => event === 'proposal.approve' && (detail as { bulk?: number }).bulk === Number(bulk)).length, 16)
  assert.deepEqual(
    audit.filter(({ subject }) => subject === `bulk:${bulk}`).map(({ event, actor }) => `${event} ${actor}`),
    [`bulk.approved staff:${jan.id}`, 'bulk.finished duncan'],
  )
})

test('the thread follows what becomes of each later; what is taken back never comes back to the others', async t => {
  const world = await aBulkWorld(t, 2, { from: 2 })
  const { ids, jan, mia, clock, cards, bulkOf, approve, receipts, settle, press } = world
  const bulk = await bulkOf()
  await approve(jan, bulk)
  await settle({ execute: true })
  const [scheduled] = await receipts(bulk)
  const [undo] = (await cards()).get(`proposal:${ids[0]}`)?.buttons ?? []

  const undone = await press(mia, 'proposal.undo', undo?.data)
  clock.advance({ hours: 1 })
  await settle()
  const [later] = await receipts(bulk)

  assert.ok(scheduled?.rows.every(row => /\| ✓ leaves at \d/.test(row)))
  assert.equal(undone.kind, 'done')
  assert.equal(later?.title, '1 of 2: send invoice copies')
  assert.equal(later?.rows[0], 'Debtor 1 BV | F-1001 | ! undone')
  assert.match(textOf((await cards()).get(`proposal:${ids[0]}`)), /"proposal.approve"/)
  assert.equal((await press(mia, 'bulk.review', { bulk })).kind, 'refused')
})

test('what is above the clicker’s limit, unticked, changed or decided since the look is left out and said; the rest goes through', async t => {
  const world = await aBulkWorld(t, 7)
  const { db, ids, jan, mia, bulkOf, press, proposals, approve, receipts, settle, cards } = world
  const [first = 0, second = 0, third = 0] = ids
  await db.staff.update({ where: { id: jan.id }, data: { amountLimit: '500' } })
  const bulk = await bulkOf()
  const limited = await db.staff.findUniqueOrThrow({ where: { id: jan.id } })

  const looked = await press(limited, 'bulk.review', { bulk })
  const data = looked.kind === 'form' ? (looked.card.buttons[0]?.data ?? {}) : {}
  const nothing = await press(limited, 'bulk.confirm', data, Object.fromEntries(ids.map(id => [`item.${id}`, 'false'])))
  const asked = await press(limited, 'bulk.confirm', data, Object.fromEntries(ids.map(id => [`item.${id}`, String(id !== first)])))
  const confirmed = asked.kind === 'form' ? (asked.card.buttons[0]?.data ?? {}) : {}
  const foreign = await press(mia, 'bulk.approve', confirmed)
  const unasked = await press(limited, 'bulk.approve', data)
  await proposals.decide({ kind: 'reject', reason: 'no', proposalId: second, staffId: mia.id, surface: 'console' })
  const action = (await world.view(third)).actions[0]?.id ?? 0
  await proposals.decide({
    kind: 'edit',
    edits: [{ actionId: action, text: 'Beste Piet,\n\nAnders.' }],
    proposalId: third,
    staffId: mia.id,
    surface: 'console',
  })
  const done = await press(limited, 'bulk.approve', confirmed)
  const again = await press(limited, 'bulk.approve', confirmed)
  await settle()
  const card = (await cards()).get(`bulk:${bulk}`)

  assert.ok(looked.kind === 'form' && asked.kind === 'form')
  assert.match(textOf(looked.card), /Above your limit, these stay open: 2.*Debtor 6 BV · F-1006.*Debtor 7 BV · F-1007/)
  assert.match(textOf(looked.card), /For example, to Debtor 1 BV.*een kopie van factuur F-1001/)
  assert.match(textOf(looked.card), /Debtor 2 BV · €200.00.*F-1002 → info@debtor2.example/)
  assert.ok(!textOf(looked.card).includes(`item.${ids[6]}`))
  assert.equal(nothing.kind, 'refused')
  assert.equal(asked.card.title, 'Approve 4?')
  assert.equal(asked.card.subtitle, 'send invoice copies · €1,400.00')
  assert.match(textOf(asked.card), /Left out, these stay open: 3/)
  assert.deepEqual([foreign.kind, unasked.kind, done.kind, again.kind], ['refused', 'refused', 'done', 'refused'])
  assert.deepEqual((await receipts(bulk))[0], {
    title: '2 of 6: send invoice copies',
    rows: [
      'Debtor 2 BV | F-1002 | ! not approved: Mia decided before',
      'Debtor 3 BV | F-1003 | ! not approved: it has changed',
      'Debtor 6 BV | F-1006 | ! stays open: above the limit of who approved',
      'Debtor 7 BV | F-1007 | ! stays open: above the limit of who approved',
      'Debtor 4 BV | F-1004 | ✓ approved',
      'Debtor 5 BV | F-1005 | ✓ approved',
    ],
  })
  assert.equal(card?.title, '3 alike: send invoice copies', 'what was left out waits for somebody else')
  assert.equal((await world.view(third)).status, 'open')

  const rest = await approve(mia, bulk)
  await settle()

  assert.equal(rest.kind, 'done')
  assert.deepEqual(
    (await Promise.all(ids.map(world.view))).map(({ status, decidedBy }) => `${status} ${decidedBy?.name}`),
    ['approved Mia', 'rejected Mia', 'open undefined', 'approved Jan', 'approved Jan', 'approved Mia', 'approved Mia'],
  )
  assert.match(textOf((await cards()).get(`bulk:${bulk}`)), /Approved by Jan, 10:00: 2 of 6.*Approved by Mia, 10:00: 3 of 3/)
})

test('a limit that shrinks between the look and the decision still holds, and the item waits again', async t => {
  const world = await aBulkWorld(t, 2, { from: 2 })
  const { db, ids, jan, bulkOf, approve, settle, receipts, cards } = world
  const bulk = await bulkOf()
  const poor = await approve({ ...jan, amountLimit: new Prisma.Decimal('99.99') }, bulk)
  await approve(jan, bulk)
  await db.staff.update({ where: { id: jan.id }, data: { amountLimit: '100' } })

  await settle()

  assert.deepEqual(poor, { kind: 'refused', message: 'Above your limit, these stay open: 2' })
  assert.match((await receipts(bulk))[0]?.rows[0] ?? '', /Debtor 2 BV .* above the limit/)
  assert.equal((await world.view(ids[1] ?? 0)).status, 'open', 'no first vote is given by the way')
  assert.match(textOf((await cards()).get(`proposal:${ids[1]}`)), /"proposal.approve"/)
})

test('two people who confirm the same, and colleagues who decide single ones meanwhile: one decision each, and every receipt tells the truth', async t => {
  const world = await aBulkWorld(t, 4, { from: 3 })
  const { db, ids, jan, mia, chat, bulkOf, press, proposals, settle, receipts, runs } = world
  const bulk = await bulkOf()
  const offer = async (staff: typeof jan) => {
    const looked = await press(staff, 'bulk.review', { bulk })
    const asked = await press(staff, 'bulk.confirm', looked.kind === 'form' ? looked.card.buttons[0]?.data : {})
    return asked.kind === 'form' ? (asked.card.buttons[0]?.data ?? {}) : {}
  }
  const [ours, theirs] = [await offer(jan), await offer(mia)]

  const outcomes = await Promise.all([press(jan, 'bulk.approve', ours), press(mia, 'bulk.approve', theirs)])
  const [runId = 0] = runs.splice(0)
  const single = ids.map(proposalId => proposals.decide({ kind: 'reject', reason: 'no', proposalId, staffId: mia.id, surface: 'slack' }))
  await Promise.all([chat.runBulk(runId), chat.runBulk(runId), ...single])
  await settle()
  const decisions = await db.decision.groupBy({ by: ['proposalId'], _count: true })
  const statuses = (await Promise.all(ids.map(world.view))).map(({ status }) => status)
  const [receipt] = await receipts(bulk)
  const approved = statuses.filter(status => status === 'approved').length

  assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ['done', 'refused'])
  assert.match(textOf(outcomes.find(({ kind }) => kind === 'refused') as never), /Somebody was faster/)
  assert.ok(decisions.length === 4 && decisions.every(({ _count }) => _count === 1))
  assert.equal(receipt?.title, `${approved} of 4: send invoice copies`)
  assert.equal(receipt?.rows.filter(row => row.includes('Mia decided before')).length, 4 - approved)
  assert.ok((await db.chatBulk.findFirstOrThrow()).closedAt, 'nothing of it waits any more')
})

test('after a crash in the middle it goes on where it stopped, each at most once; one that is given up gives the rest back', async t => {
  let left = 2
  const world = await aBulkWorld(t, 4, {
    from: 3,
    decide: real => async request => {
      const outcome = await real(request)
      if (--left === 0) throw new Error('the process died right after a decision')
      return outcome
    },
  })
  const { db, ids, jan, chat, bulkOf, approve, settle, receipts, runs, cards } = world
  const bulk = await bulkOf()
  await approve(jan, bulk)
  const [runId = 0] = runs.splice(0)

  await assert.rejects(chat.runBulk(runId), /died/)
  const [during] = [await db.decision.count()]
  await chat.runBulk(runId)
  await settle()
  const decisions = await db.decision.groupBy({ by: ['proposalId'], _count: true })

  assert.equal(during, 2)
  assert.ok(decisions.length === 4 && decisions.every(({ _count }) => _count === 1))
  assert.equal((await receipts(bulk))[0]?.title, '4 of 4: send invoice copies')

  for (let index = 11; index <= 13; index++) ids.push(await world.ask(index))
  await settle()
  const second = await bulkOf()
  await approve(jan, second)
  left = 1
  await assert.rejects(chat.runBulk(runs.splice(0)[0] ?? 0), /died/)
  await chat.runBulk((await db.chatBulkRun.findFirstOrThrow({ where: { status: 'running' } })).id, true)
  await settle()
  const [given] = await receipts(second)

  assert.equal(given?.title, '1 of 3: send invoice copies')
  assert.equal(given?.rows.filter(row => row.includes('Duncan was interrupted')).length, 2)
  assert.match(textOf((await cards()).get(`proposal:${ids.at(-1)}`)), /"proposal.approve"/)
})

test('fewer than wanted stay single; what is decided or shown separately leaves at once, a last one gets its card back, and fifty are the most', async t => {
  const world = await aBulkWorld(t, 2, { from: 3 })
  const { db, ids, jan, mia, ask, cards, settle, bulkOf, press, proposals } = world
  const single = await cards()
  ids.push(await ask(3))
  await settle()
  const bulk = await bulkOf()
  ids.push(await ask(4))
  await settle()
  const joined = (await cards()).get(`bulk:${bulk}`)
  const seenBefore = await world.view(ids[0] ?? 0)
  for (const proposalId of ids.slice(0, 3)) await proposals.decide({ kind: 'reject', reason: 'no', proposalId, staffId: mia.id, surface: 'email' })
  await settle()
  await sortIn({ client: db, clock: world.clock, bulks: { from: () => 2, startRun: async () => undefined, redraw: async () => undefined } }, seenBefore)
  const after = await cards()

  assert.ok(!single.has(`bulk:${bulk}`) && ids.slice(0, 2).every(id => textOf(single.get(`proposal:${id}`)).includes('proposal.approve')))
  assert.equal(joined?.title, '4 alike: send invoice copies')
  assert.equal(after.get(`bulk:${bulk}`)?.title, 'Nothing waits here any more')
  assert.equal(await db.chatBulkItem.count({ where: { proposalId: ids[0] ?? 0 } }), 0, 'who read it before it was decided does not bring it back')
  assert.match(textOf(after.get(`proposal:${ids[3]}`)), /"proposal.approve"/)

  const [last = 0] = ids.slice(3)
  for (let index = 5; index <= 6; index++) ids.push(await ask(index))
  await settle()
  const next = await bulkOf()
  const hidden = await press(jan, 'proposal.show', { proposal: String(last) })
  const separated = await press(jan, 'bulk.separate', { bulk: next })
  await settle()
  ids.push(await ask(7))
  await settle()

  assert.notEqual(next, bulk)
  assert.match(textOf(hidden.kind === 'private' ? hidden.card : undefined), /"proposal.approve"/, 'all of it for the one who asks')
  assert.deepEqual(separated, { kind: 'done', message: 'On cards of their own again: 3.' })
  assert.ok([...(await cards()).values()].every(card => !card.title.includes('alike')))
  assert.match(textOf((await cards()).get(`proposal:${last}`)), /"proposal.approve"/)

  const { channel, likeness } = await db.chatBulk.findFirstOrThrow()
  const full = await db.chatBulk.create({ data: { channel, likeness } })
  const fifty = Array.from({ length: 50 }, (_none, index) => ({
    proposalId: 10_000 + index,
    channel,
    likeness,
    version: '',
    stake: 1,
    status: 'folded',
    bulkId: full.id,
  }))
  await db.chatBulkItem.createMany({ data: fifty })
  const fiftyFirst = await ask(8)
  await settle()

  assert.equal((await db.chatBulkItem.findUniqueOrThrow({ where: { proposalId: fiftyFirst } })).status, 'alone')
})

test('who does not see all of a bulk neither sees its card nor can press its buttons, whatever id their browser sends', async t => {
  const { db, ids, bulkOf, press, approve, settle, proposals } = await aBulkWorld(t, 2, { from: 2 })
  const sight = { administrations: ['nordlicht'], mailboxes: ['*'] }
  const bo = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'manager', ...sight } })
  const [bulk, posts] = [await bulkOf(), await db.chatPost.findMany({ where: { subject: { startsWith: 'bulk:' } } })]
  const before = [(await postsInSight(db, bo, posts)).length, (await press(bo, 'bulk.show', { bulk })).kind]

  const { id } = await db.administration.create({ data: { code: 'other', name: 'Other' } })
  const { debtorId } = await db.proposal.findUniqueOrThrow({ where: { id: ids[1] ?? 0 } })
  await db.debtor.update({ where: { id: debtorId ?? 0 }, data: { administrationId: id } })
  const pressed = [await approve(bo, bulk), await press(bo, 'bulk.separate', { bulk }), await press(bo, 'bulk.show', { bulk })]
  await settle()

  assert.deepEqual(before, [1, 'private'])
  assert.deepEqual(await postsInSight(db, bo, posts), [])
  assert.deepEqual(
    pressed,
    pressed.map(() => ({ kind: 'refused', message: 'This card is no longer there.' })),
  )
  assert.ok((await Promise.all(ids.map(each => proposals.view(each)))).every(view => view?.status === 'open'))
})

test('with “never” in the settings every proposal has its own card', async t => {
  const { db, ids, cards } = await aBulkWorld(t, 2, { from: 'never' })

  const all = await cards()

  assert.equal(await db.chatBulk.count(), 0)
  assert.ok(ids.every(id => textOf(all.get(`proposal:${id}`)).includes('proposal.approve')))
})
