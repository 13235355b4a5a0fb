import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fullSight } from '#people'
import { filedSince } from '#proposals'
import type { Reading } from '#triage'
import { anOffice, aPromise, asserting, codesOf, fact } from './support.ts'

const passing = { recipient: 'info@zonneveld.example', status: '4.2.2', permanent: false, isLate: true, reason: 'full', cause: 'mailbox_full' } as const

test('what asks nothing, surely, is filed without a card, counted and findable; what may be more is asked about', async t => {
  const office = await anOffice(t)
  const { db, proposals, mail, jobs, jan, eve } = office
  const file = async (intents: Reading['intents'], text = 'Bedankt!', more: Parameters<typeof mail>[2] & { attachments?: unknown[] } = {}) => {
    const input = await mail(text, { intents }, more)
    if (more.attachments) input.message.attachments = more.attachments as never
    const { proposalId } = await proposals.propose(input)
    return proposalId
  }
  const unsure = [{ intent: 'acknowledgement' as const, confidence: 0.7 }]
  const attached = [{ fileName: 'x.pdf', contentType: 'application/pdf', size: 1, hash: null }]

  const thanks = await file(asserting('acknowledgement'))
  const advert = await file(asserting('unrelated'), 'Koop nu!', { link: { kind: 'unknown' } })
  const full = await file(asserting('bounce'), '', { bounced: [passing] })
  const asked = [
    await file(unsure),
    await file(asserting('acknowledgement'), 'Zie bijlage.', { attachments: attached }),
    await file(asserting('acknowledgement', 'other_question')),
    await file(asserting('bounce'), '', { bounced: [{ ...passing, isLate: false }] }), // given up: nobody else tells that it did not arrive
  ]
  const opened = jobs.flatMap(({ name, payload }) => (name === 'proposal.opened' ? [payload.proposalId] : []))
  const statuses = await db.proposal.findMany({ where: { id: { in: [thanks, advert, full, ...asked] } }, orderBy: { id: 'asc' }, select: { status: true } })
  const { total, mails } = await filedSince(db, fullSight, new Date('2026-11-22'), { limit: 2 })

  assert.deepEqual(
    statuses.map(({ status }) => status),
    ['filed', 'filed', 'filed', 'open', 'open', 'open', 'open'],
  )
  assert.deepEqual(opened, asked)
  assert.deepEqual([total, mails.map(({ proposalId }) => proposalId), mails[1]?.intents], [3, [full, advert], ['unrelated']])
  assert.equal(await db.dunningHold.count({ where: { proposalId: { in: [thanks, advert, full] }, endedAt: null } }), 0)
  assert.equal((await db.contact.findFirstOrThrow({ where: { email: 'info@zonneveld.example' } })).emailStatus, 'bouncing')

  const reopened = [await proposals.reopenFiled({ proposalId: thanks, staffId: eve.id }), await proposals.reopenFiled({ proposalId: thanks, staffId: jan.id })]
  const again = await proposals.reopenFiled({ proposalId: thanks, staffId: jan.id })
  assert.deepEqual([reopened, again, (await office.view(thanks)).status, (await office.view(thanks)).owner?.name], [[false, true], false, 'open', 'Jan'])
})

test('thanks in a thread where something waits to be decided take nothing off the table', async t => {
  const { proposals, mail, view, ...office } = await anOffice(t)
  const waiting = await aPromise({ ...office, proposals, mail, view })
  const { threadId } = await office.db.proposal.findUniqueOrThrow({ where: { id: waiting } })

  const { proposalId } = await proposals.propose(await mail('Bedankt!', { intents: asserting('acknowledgement') }, { threadId: threadId ?? 0 }))

  const now = await view(proposalId)
  assert.deepEqual([now.status, now.actions.filter(({ status }) => status === 'pending').map(({ kind }) => kind)], ['open', ['register_promise', 'send_reply']])
})

test('an insolvency stops everything: approved replies that have not left, too; managers hear of it at once, with the day of the claim', async t => {
  const office = await anOffice(t)
  const { db, debtor, proposals, mail, view, jan, jobs } = office
  const bo = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'manager' } })
  await db.debtor.update({ where: { id: debtor.id }, data: { country: 'PL' } })
  const promise = await aPromise(office)
  await proposals.decide({ kind: 'approve', proposalId: promise, staffId: jan.id, surface: 'console' })
  await office.work()
  const reply = (await view(promise)).actions.find(({ kind }) => kind === 'send_reply')
  const before = await proposals.whyNotLeave(reply?.id ?? 0)
  office.clock.advance({ minutes: 1 })

  const { proposalId } = await proposals.propose(await mail('Wij zijn failliet.', { intents: asserting('insolvency_notice') }))

  const told = jobs.flatMap(({ name, payload }) => (name === 'proposal.reminder' ? [payload.staffId] : []))
  const { actions } = await view(proposalId)
  assert.deepEqual([before, await proposals.whyNotLeave(reply?.id ?? 0)].map(codesOf), ['', 'insolvent'])
  assert.deepEqual(told, [bo.id])
  assert.deepEqual(
    actions.flatMap(action => (action.kind === 'create_task' ? [[action.payload.dueOn, action.payload.assigneeId]] : [])),
    [
      ['2026-11-24', bo.id],
      ['2026-11-30', bo.id],
    ],
  )
  assert.equal(
    actions.some(({ kind }) => kind === 'send_reply'),
    false,
  )
})

test('a bounced address is stopped, and another contact is asked for a new one in the debtor’s language', async t => {
  const { db, debtor, proposals, mail } = await anOffice(t)
  await db.contact.create({ data: { debtorId: debtor.id, name: 'Eva Zon', email: 'eva@zonneveld.example' } })
  const gone = { ...passing, status: '5.1.1', permanent: true, isLate: false, reason: 'unknown user', cause: 'unknown_user' } as const
  const report = async () => mail('', { language: 'en', intents: asserting('bounce') }, { from: 'mailer-daemon@mx.example', bounced: [gone] })

  const { actions } = await proposals.plan(await report())
  await db.contact.deleteMany({ where: { email: 'eva@zonneveld.example' } })
  const alone = await proposals.plan(await report())

  assert.deepEqual(
    actions.map(({ kind, protective }) => [kind, protective === true]),
    [
      ['mark_address_bounced', true],
      ['create_task', false],
      ['send_reply', false],
    ],
  )
  const reply = actions.at(-1)
  assert.ok(reply?.kind === 'send_reply')
  assert.deepEqual([reply.payload.to, reply.payload.cc, reply.payload.subject, reply.payload.language], [['eva@zonneveld.example'], [], 'Uw e-mailadres', 'nl'])
  assert.match(reply.payload.text, /^Beste Eva Zon,\n\nOnze e-mail aan info@zonneveld\.example kwam als onbestelbaar/)
  assert.deepEqual(
    alone.actions.map(({ kind }) => kind),
    ['mark_address_bounced', 'create_task'],
  )
})

test('an absence is noted with its stand-in, who becomes a contact only with a person’s approval; nothing is held', async t => {
  const { proposals, mail, standingHolds } = await anOffice(t)
  const text = 'Ik ben afwezig tot en met 4 december. Neem contact op met Eva Zon, eva@zonneveld.example.'
  const facts = [fact(text, 'return_date', '4 december', '2026-12-04'), fact(text, 'stand_in', 'Eva Zon'), fact(text, 'stand_in', 'eva@zonneveld.example')]
  const { actions } = await proposals.plan(await mail(text, { intents: asserting('out_of_office'), facts }))

  assert.deepEqual(
    actions.map(({ kind, payload, protective }) => ({ kind, payload, protective: protective === true })),
    [
      { kind: 'register_absence', payload: { address: 'info@zonneveld.example', until: '2026-12-04', standIn: 'eva@zonneveld.example' }, protective: false },
      { kind: 'update_contact', payload: { email: 'eva@zonneveld.example', name: 'Eva Zon' }, protective: false },
    ],
  )
  assert.deepEqual(await standingHolds(), [])
})
