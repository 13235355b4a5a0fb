import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPromise } from '../../proposals/support.ts'
import { aMailWorld } from './mail-world.ts'

type World = Awaited<ReturnType<typeof aMailWorld>>

/** Has Jan asked about one more promise; the mail, and how its proposal stands. */
async function ask(world: World) {
  const proposalId = await aPromise(world)
  await world.outOfReach(proposalId, 60)
  world.clock.advance({ minutes: 11 })
  await world.byMail.ask()
  const status = async () => (await world.db.proposal.findUniqueOrThrow({ where: { id: proposalId } })).status
  return { proposalId, mail: await world.lastSent(), status }
}

test('a reply with one word on its first line decides, in whatever language; nothing of it stays, and it is no debtor’s mail', async t => {
  const world = await aMailWorld(t)
  const { db, jan } = world
  const outcomes: string[] = []
  for (const text of ['ZATWIERDŹ', 'REJECT\r\nThe price is right.\r\n\r\n-- \r\nJan']) {
    const { mail, status } = await ask(world)
    const message = await world.reply(mail, text)
    outcomes.push(`${await status()} ${message.status} ${message.text}${message.replyText}`)
  }

  assert.deepEqual(outcomes, ['approved processed ', 'rejected processed '])
  assert.deepEqual(
    (await db.decision.findMany({ orderBy: { id: 'asc' } })).map(({ kind, staffId, surface, reason }) => [kind, staffId, surface, reason]),
    [
      ['approve', jan.id, 'mail', null],
      ['reject', jan.id, 'mail', 'The price is right.'],
    ],
  )
  const replies = await db.message.findMany({ where: { mailbox: { key: 'duncan' } }, orderBy: { id: 'asc' } })
  assert.ok(replies.every(({ subject, debtorId, rawDeletedAt }) => !subject.includes('[D:') && debtorId === null && rawDeletedAt !== null))
  assert.deepEqual(
    world.settled,
    replies.map(({ id }) => id),
  )
  assert.equal(await db.proposal.count(), 2, 'one for each mail of the debtor')
  const answer = await world.lastSent()
  assert.equal(answer.headers.get('auto-submitted'), 'auto-replied')
  assert.match(answer.text ?? '', /^Done: Kwekerij Zonneveld BV/)
})

test('a reply that is not provably its person’s own word is refused, and the reason goes to that person alone', async t => {
  const world = await aMailWorld(t)
  const { db, smtp, jan } = world
  const { mail, status } = await ask(world)
  const server = 'mx.nordlicht.example'
  const refused: [string, Parameters<World['reply']>[1], Parameters<World['reply']>[2]][] = [
    ['stranger', 'APPROVE', { From: 'Piet <info@zonneveld.example>', Subject: `Fwd: ${mail.subject}` }], // who was sent it on
    ['stranger', 'APPROVE', { From: '"jan@nordlicht.example" <jan@nordlicht.example.evil.example>' }],
    ['unproven', 'APPROVE', { 'Authentication-Results': `${server}; dkim=none; dmarc=fail header.from=nordlicht.example` }],
    ['unproven', 'APPROVE', { 'Authentication-Results': 'mx.evil.example; dkim=pass; dmarc=pass' }],
    ['unproven', 'APPROVE', { From: 'jan@nordlicht.example, info@zonneveld.example' }],
    ['no_key', 'APPROVE', { Subject: 'Re: Kwekerij Zonneveld BV' }],
    ['no_word', 'Who is this about?\r\nAPPROVE', {}],
    ['no_word', '> APPROVE', {}],
    ['no_word', '', {}], // the quoted mail below says APPROVE
  ]
  for (const [, text, lines = {}] of refused) await world.reply(mail, text, lines)

  const audits = await db.auditEntry.findMany({ where: { event: 'decision_mail.refused' }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    audits.map(({ detail }) => (detail as { why: string }).why),
    refused.map(([why]) => why),
  )
  const answers = smtp.accepted.slice(1)
  assert.equal(answers.length, refused.length)
  assert.ok(answers.every(({ recipients }) => recipients.join() === jan.email))
  const texts = (await world.sent()).slice(1).map(({ text }) => text ?? '')
  assert.match(texts[0] ?? '', /A mail from info@zonneveld\.example asked to decide this in your name/)
  assert.match(texts[2] ?? '', /could not be proven that the mail came from you/)
  assert.match(texts[6] ?? '', /must be APPROVE or REJECT, and nothing else/)
  assert.equal(await status(), 'open')
  assert.equal(await db.proposal.count(), 1)
  const late = await world.reply(mail, 'APPROVE')
  assert.equal(late.status, 'processed')
  assert.equal(await status(), 'approved', 'none of them used the key up')
  for (let more = 0; more < 3; more++) await world.reply(mail, 'APPROVE')
  assert.equal(smtp.accepted.length, 1 + 10, 'answers have an end')
})

test('a key that is over, used, or of a changed or decided card decides nothing, and the answer says why', async t => {
  const world = await aMailWorld(t)
  const { db, clock, proposals, mia } = world
  const why: string[] = []
  const answered = async (mail: Awaited<ReturnType<typeof ask>>['mail']) => {
    await world.reply(mail, 'APPROVE')
    why.push((await world.lastSent()).text?.split('\n')[0] ?? '')
  }
  const decided = await ask(world)
  await proposals.decide({ kind: 'reject', reason: 'no', proposalId: decided.proposalId, staffId: mia.id, surface: 'console' })
  await answered(decided.mail)
  const changed = await ask(world)
  await db.proposedAction.updateMany({ where: { proposalId: changed.proposalId, kind: 'register_promise' }, data: { status: 'skipped' } })
  await answered(changed.mail)
  const used = await ask(world)
  await answered(used.mail)
  await proposals.decide({ kind: 'undo', proposalId: used.proposalId, staffId: mia.id, surface: 'console' })
  await answered(used.mail)
  const over = await ask(world)
  clock.advance({ hours: 25 })
  await answered(over.mail)

  assert.match(why[0] ?? '', /^Nothing was decided by your mail\. Rejected by Mia, /)
  assert.match(why[1] ?? '', /card has changed since this mail/)
  assert.match(why[2] ?? '', /^Done: /)
  assert.match(why[3] ?? '', /answered by mail once already/)
  assert.match(why[4] ?? '', /time to decide this by mail is over/)
  assert.deepEqual([await decided.status(), await changed.status(), await used.status(), await over.status()], ['rejected', 'open', 'open', 'open'])
})

test('machines get no answer: an absence, a report that the mail came back, and Duncan’s own copy are filed', async t => {
  const world = await aMailWorld(t)
  const { db, smtp } = world
  const { mail, status } = await ask(world)
  await world.reply(mail, 'APPROVE\r\nI am out of office until Monday.', { 'Auto-Submitted': 'auto-replied', Subject: `Automatic reply: ${mail.subject}` })
  await world.reply(mail, 'APPROVE', { Precedence: 'bulk' })
  const own = await world.arrive([`Message-ID: ${mail.messageId}`, 'From: duncan@nordlicht.example', `Subject: ${mail.subject}`], mail.text ?? '', 'sent')
  const [head, part] = ['Content-Type: multipart/report; report-type=delivery-status; boundary=b', (type: string) => `\r\n--b\r\nContent-Type: ${type}\r\n\r\n`]
  const report = [
    `${part('text/plain')}The mail could not be delivered.`,
    `${part('message/delivery-status')}Reporting-MTA: dns; mx.nordlicht.example\r\n\r\nFinal-Recipient: rfc822; jan@nordlicht.example\r\nAction: failed\r\nStatus: 5.1.1`,
    `${part('text/rfc822-headers')}Message-ID: ${mail.messageId}\r\nSubject: a mail\r\n\r\n--b--`,
  ]
  const bounce = await world.arrive(['From: MAILER-DAEMON@nordlicht.example', 'Subject: Undelivered', head], report.join(''))

  assert.equal(smtp.accepted.length, 1)
  assert.equal(await status(), 'open')
  assert.equal(await db.proposal.count(), 1)
  assert.deepEqual([own.text, own.status, bounce.status], ['', 'processed', 'processed'])
  assert.match((await db.opsAlert.findFirstOrThrow()).problem, /asked @jan for decisions came back/)
  const ordinary = await world.arrive(['From: Piet <info@zonneveld.example>', `Subject: Re: invoice [D:${'a'.repeat(43)}]`], 'APPROVE')
  assert.equal(ordinary.status, 'processed')
  assert.equal(await db.proposal.count({ where: { messageId: ordinary.id } }), 1, 'a key that nobody was given is no key')
})
