import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staffKind } from '#people'
import { aPromise } from '../../proposals/support.ts'
import { aMailWorld, linkIn } from './mail-world.ts'

/** A world where Jan was asked about one promise, and the address of his link. */
async function asked(t: Parameters<typeof aMailWorld>[0]) {
  const world = await aMailWorld(t)
  const proposalId = await aPromise(world)
  await world.outOfReach(proposalId, 60)
  await world.byMail.ask()
  const link = world.url + linkIn(await world.lastSent())
  const post = (fields: Record<string, string>, at = link) => fetch(at, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  const status = async () => (await world.db.proposal.findUniqueOrThrow({ where: { id: proposalId } })).status
  return { ...world, proposalId, link, post, status }
}

test('a link scanner that fetches the page decides nothing; the form of the page does, once, as a click of its person', async t => {
  const { db, link, post, status, proposalId, jan } = await asked(t)
  const looks = [await fetch(link), await fetch(link, { headers: { 'sec-purpose': 'prefetch' } }), await fetch(link, { method: 'HEAD' })]
  const strange = await post({ choice: 'everything' })
  const html = await (looks[0] as Response).text()
  const before = await status()

  const answers = await Promise.all([post({ choice: 'approve' }), post({ choice: 'approve' })])

  assert.deepEqual([...looks.map(each => each.status), strange.status, before], [200, 200, 200, 303, 'open'])
  for (const { headers } of looks) {
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.equal(headers.get('referrer-policy'), 'no-referrer')
    assert.match(headers.get('content-security-policy') ?? '', /script-src 'self'.*form-action 'self'; frame-ancestors 'none'/)
  }
  assert.match(html, /You decide as Jan\./)
  assert.match(html, /Wij betalen factuur 2026-001 op 4 december/)
  assert.doesNotMatch(html, /<script|style=/)
  assert.deepEqual(new Set(answers.map(answer => answer.status)), new Set([200, 410]), 'of two at once one decides')
  assert.equal(await status(), 'approved')
  assert.deepEqual(
    (await db.decision.findMany()).map(({ kind, staffId, surface }) => [kind, staffId, surface]),
    [['approve', jan.id, 'mail']],
  )
  const { detail } = await db.auditEntry.findFirstOrThrow({ where: { event: 'proposal.approve', subject: `proposal:${proposalId}` } })
  assert.equal((detail as { surface: string }).surface, 'mail')
  const again = await fetch(link)
  assert.equal(again.status, 410)
  assert.match(await again.text(), /Approved by Jan/)
  const card = await db.chatPost.findFirstOrThrow({ where: { subject: `proposal:${proposalId}` } })
  assert.match(JSON.stringify(card.card), /Approved by Jan/)
})

test('a rejection says why; what was decided elsewhere the link tells with the name of who did', async t => {
  const world = await asked(t)
  const { post, status, db, proposals, proposalId, mia, url } = world
  const without = await post({ choice: 'reject', reason: ' ' })
  const unsaid = await status()
  const rejected = await post({ choice: 'reject', reason: 'wrong invoice' })
  const other = await aPromise(world)
  await world.outOfReach(other, 60)
  world.clock.advance({ minutes: 20 })
  await world.byMail.ask()
  const late = url + linkIn(await world.lastSent())
  await proposals.decide({ kind: 'approve', proposalId: other, staffId: mia.id, surface: 'console' })

  const answer = await post({ choice: 'approve' }, late)

  assert.deepEqual([without.status, unsaid, rejected.status], [303, 'open', 200])
  assert.equal((await db.decision.findFirstOrThrow({ where: { proposalId } })).reason, 'wrong invoice')
  assert.equal(answer.status, 410)
  assert.match(await answer.text(), /Approved by Mia/)
  assert.equal(await db.decision.count({ where: { proposalId: other } }), 1)
})

test('two people decide by their links where two are wanted, and the first one’s link is no second vote', async t => {
  const { db, link, post, status, byMail, lastSent, url, jan, mia, proposalId } = await asked(t)
  await db.secondVoteRule.create({ data: { actionKind: 'send_reply' } })
  const first = await post({ choice: 'approve' })
  const between = await status()
  const twice = await post({ choice: 'approve' })
  await byMail.ask()
  const request = await lastSent()

  const second = await post({ choice: 'approve' }, url + linkIn(request))

  assert.deepEqual([first.status, between, twice.status, second.status, await status()], [200, 'awaiting_second', 410, 200, 'approved'])
  assert.match(await first.text(), /First vote/)
  assert.equal(request.to && 'text' in request.to ? request.to.text : '', mia.email)
  assert.match(await (await fetch(link)).text(), /Approved by Mia/)
  const votes = await db.decision.findMany({ where: { proposalId }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    votes.map(({ kind, staffId, surface }) => [kind, staffId, surface]),
    [
      ['approve', jan.id, 'mail'],
      ['second_vote', mia.id, 'mail'],
    ],
  )
})

test('a link that is over, made up, of a changed card, or of somebody who may not any more decides nothing and says so', async t => {
  const world = await asked(t)
  const { db, link, post, status, clock, jan, url } = world
  const wrong = await fetch(`${url}/decide/${'a'.repeat(43)}`)
  const hostile = await fetch(`${url}/decide/%00%ff`)
  await db.staff.update({ where: { id: jan.id }, data: { role: 'viewer' } })
  const powerless = await post({ choice: 'approve' })
  await db.staff.update({ where: { id: jan.id }, data: { role: 'collector', mailboxes: ['other'] } })
  const blind = await post({ choice: 'approve' })
  await db.staff.update({ where: { id: jan.id }, data: { mailboxes: ['*'], active: false } })
  const gone = await fetch(link)
  await db.staff.update({ where: { id: jan.id }, data: { active: true } })
  clock.advance({ hours: 25 })
  const over = await post({ choice: 'approve' })
  clock.advance({ hours: -25 })
  await db.proposedAction.updateMany({ where: { kind: 'register_promise' }, data: { status: 'skipped' } })

  const changed = await post({ choice: 'approve' })

  assert.deepEqual(
    [wrong, hostile, powerless, blind, gone, over, changed].map(answer => answer.status),
    [404, 400, 409, 404, 404, 410, 410],
  )
  assert.match(await powerless.text(), /do not have the right/)
  assert.match(await over.text(), /time to decide this by mail is over/)
  assert.match(await changed.text(), /card has changed/)
  assert.equal(await status(), 'open')
  assert.equal((await db.mailedDecision.findFirstOrThrow()).usedAt, null, 'what decided nothing uses nothing up')
})

test('a link that lies in the mailbox of a former address is void', async t => {
  const { db, link, byMail, lastSent, clock } = await asked(t)
  const people = await db.staff.findMany()
  const section = people.map(({ key, name, email, role }) => [key, { name, email: key === 'jan' ? 'other@nordlicht.example' : email, role }])
  await db.$transaction(tx => staffKind.project?.(tx, staffKind.schema.parse(Object.fromEntries([...section, ['ada', ada]]))) ?? Promise.resolve())
  clock.advance({ minutes: 11 })

  const [old, again] = [await fetch(link), await byMail.ask()]

  assert.deepEqual([old.status, again], [404, 1])
  assert.equal((await lastSent()).text?.includes('Look and decide'), true)
})

const ada = { name: 'Ada', email: 'ada@nordlicht.example', role: 'admin' }

test('who tries many links is kept out for a while', async t => {
  const { url } = await aMailWorld(t)
  const tries = await Promise.all(Array.from({ length: 31 }, (_none, at) => fetch(`${url}/decide/${String(at).padStart(43, 'x')}`)))

  assert.equal(tries.filter(({ status }) => status === 429).length, 1)
  assert.ok(tries.find(({ status }) => status === 429)?.headers.get('retry-after'))
})
