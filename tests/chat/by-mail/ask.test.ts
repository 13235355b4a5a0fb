import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDispute, aPromise, asserting } from '../../proposals/support.ts'
import { aMailWorld, linkIn } from './mail-world.ts'

test('while a platform is away its owner is asked by mail, once, with what the card shows; before that nobody is', async t => {
  const world = await aMailWorld(t)
  const { db, byMail, sent, clock } = world
  await world.outOfReach(await aPromise(world), 14)
  const before = await byMail.ask()
  clock.advance({ minutes: 2 })

  const told = [await byMail.ask(), await byMail.ask()]

  assert.deepEqual([before, ...told], [0, 1, 0])
  const [mail] = await sent()
  assert.ok(mail)
  assert.deepEqual(world.smtp.accepted[0]?.recipients, ['jan@nordlicht.example'])
  assert.equal(mail.from?.value[0]?.address, 'duncan@nordlicht.example')
  assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
  assert.match(mail.subject ?? '', /^Kwekerij Zonneveld BV · register promise, send reply \[D:[\w-]{43}\]$/)
  assert.match(mail.text ?? '', /> .*Wij betalen factuur 2026-001 op 4 december/)
  assert.match(mail.text ?? '', /^\| Subject: /m, 'the reply that would leave')
  assert.match(mail.text ?? '', /APPROVE alone on the first line \(“Approve and send”\)/)
  const keys = [linkIn(mail).split('/')[2] ?? '', /\[D:(.{43})\]/.exec(mail.subject ?? '')?.[1] ?? '']
  const rows = JSON.stringify([
    await db.mailedDecision.findMany(),
    await db.decisionMail.findMany(),
    await db.auditEntry.findMany(),
    await db.message.findMany(),
  ])
  assert.ok(
    keys.every(key => key.length === 43 && !rows.includes(key)),
    'the database has only hashes of the keys',
  )
  assert.equal(await db.outboundMail.count(), 0)
  assert.equal(await db.auditEntry.count({ where: { event: 'proposal.mailed' } }), 1)
})

test('a conversation that nothing gets to counts as away for the cards that stand there; a card that waits for its list does not; who covers an absent owner is asked', async t => {
  const world = await aMailWorld(t)
  const { db, byMail, clock } = world
  const [standing, listed] = [await aPromise(world), await aDispute(world, { from: 'info@zonneveld.example' })]
  for (const id of [standing, listed]) await world.outOfReach(id, 60)
  await db.chatCopy.updateMany({ where: { post: { subject: `proposal:${standing}` } }, data: { externalId: '1.2', status: 'standing' } })
  await db.chatCopy.updateMany({ where: { post: { subject: `proposal:${listed}` } }, data: { attempts: 0, conversation: 'C2' } })
  const before = await byMail.ask()
  const days = { from: new Date('2026-11-20'), until: new Date('2026-11-27') }
  await db.staffAbsence.create({ data: { staffId: world.jan.id, coverId: world.mia.id, ...days, surface: 'console' } })
  await db.opsAlert.create({ data: { key: 'chat:slack:C1', problem: 'away', remedy: 'wait', raisedAt: new Date(clock.now().epochMilliseconds - 16 * 60_000) } })

  await byMail.ask()

  assert.equal(before, 0)
  assert.deepEqual(
    (await db.mailedDecision.findMany()).map(({ proposalId, staffId }) => [proposalId, staffId]),
    [[standing, world.mia.id]],
  )
})

test('who chose it is always asked; mails are bundled with a rest between them, and quiet hours hold back all but an insolvency', async t => {
  const world = await aMailWorld(t, { settings: { everyMinutes: 10 } })
  const { db, byMail, clock, jan, sent, lastSent } = world
  const choose = (chosen: object) =>
    db.staffPreference.upsert({ where: { staffId: jan.id }, create: { staffId: jan.id, decisionsByMail: true, ...chosen }, update: chosen })
  await choose({})
  await aPromise(world)
  await byMail.ask()
  for (let count = 0; count < 10; count++) await aPromise(world)
  const tooSoon = await byMail.ask()
  clock.advance({ minutes: 11 })
  await byMail.ask()
  const bundle = await lastSent()
  clock.set('2026-11-23T21:00:00Z') // ten in the evening
  await choose({ quietFrom: '18:00', quietUntil: '07:30' })
  await aPromise(world)
  const asleep = await byMail.ask()
  const text = 'De rechtbank heeft ons vandaag failliet verklaard.'
  const { proposalId } = await world.proposals.propose(await world.mail(text, { intents: asserting('insolvency_notice') }))

  const woken = await byMail.ask()

  assert.deepEqual([tooSoon, asleep, woken], [0, 0, 1])
  assert.equal(bundle.subject, '8 decisions wait for you')
  assert.match(bundle.text ?? '', /2 more wait in the console/)
  assert.equal(new Set(bundle.text?.match(/\/decide\/[\w-]{43}/g)).size, 8, 'each with a link of its own')
  assert.equal(new Set(bundle.text?.match(/mailto:\S+%5BD%3A[\w-]{43}%5D&body=APPROVE/g)).size, 8, 'and with a subject of its own')
  const last = await db.decisionMail.findFirstOrThrow({ orderBy: { id: 'desc' }, include: { asked: true } })
  assert.deepEqual(
    last.asked.map(asked => asked.proposalId),
    [proposalId],
  )
  assert.equal((await sent()).length, 3)
  assert.equal(await db.mailedDecision.count(), 10)
})

test('the second vote is asked of who may give it and has no part in the first; nobody is asked about what they do not see', async t => {
  const world = await aMailWorld(t)
  const { db, byMail, proposals, jan, mia, smtp } = world
  const [max, lea] = await Promise.all([
    db.staff.create({ data: { key: 'max', name: 'Max', email: 'max@nordlicht.example', role: 'manager' } }),
    db.staff.create({ data: { key: 'lea', name: 'Lea', email: 'lea@nordlicht.example', role: 'manager', mailboxes: ['other'] } }),
  ])
  await db.secondVoteRule.create({ data: { actionKind: 'send_reply' } })
  const proposalId = await aPromise(world)
  await world.outOfReach(proposalId, 60)
  await byMail.ask()
  await proposals.decide({ kind: 'approve', proposalId, staffId: max.id, surface: 'console' })

  await byMail.ask()

  assert.deepEqual(
    smtp.accepted.map(({ recipients }) => recipients[0]),
    [jan.email, mia.email],
  )
  assert.deepEqual(
    (await db.mailedDecision.findMany({ orderBy: { id: 'asc' } })).map(({ staffId, vote }) => [staffId, vote]),
    [
      [jan.id, 'first'],
      [mia.id, 'second'],
    ],
  )
  assert.equal(await db.decisionMail.count({ where: { staffId: lea.id } }), 0)
})

test('a mail that no server takes is written anew later, an alert says so, and one whose process died as well', async t => {
  let isFull = true
  const world = await aMailWorld(t, { smtp: { onRecipient: () => (isFull ? { code: 452, message: 'mailbox full' } : undefined) } })
  const { db, byMail, clock, sent } = world
  await world.outOfReach(await aPromise(world), 60)
  const refused = await byMail.ask()
  const alert = await db.opsAlert.findFirstOrThrow()
  isFull = false
  const taken = await byMail.ask()
  const [first] = await sent()
  await db.decisionMail.updateMany({ data: { sentAt: null } }) // as if the process had died while it was handed over
  const soon = await byMail.ask()
  clock.advance({ minutes: 11 })

  const again = await byMail.ask()

  assert.deepEqual([refused, taken, soon, again], [0, 1, 0, 1])
  assert.match(alert.problem, /@jan cannot be asked .*mailbox full/)
  assert.notEqual((await db.opsAlert.findUniqueOrThrow({ where: { id: alert.id } })).resolvedAt, null)
  const [, second] = await sent()
  assert.ok(first && second)
  const answers = await Promise.all([first, second].map(async mail => (await fetch(world.url + linkIn(mail))).status))
  assert.deepEqual(answers, [404, 200], 'the keys of the later one count')
})
