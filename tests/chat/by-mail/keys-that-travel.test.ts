import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aPromise } from '../../proposals/support.ts'
import { aMailWorld } from './mail-world.ts'

const header = (lines: Record<string, string>) => Object.entries(lines).map(([name, value]) => `${name}: ${value}`)

test('a mail that quotes working keys becomes no card, whoever passes it on and however; what others write of old ones is a debtor’s mail again', async t => {
  const world = await aMailWorld(t)
  const { db, byMail, arrive, settled, sent, clock } = world
  for (let count = 0; count < 2; count++) await world.outOfReach(await aPromise(world), 60)
  await byMail.ask()
  const bundle = await world.lastSent()
  const text = `Can you do these?\r\n\r\n${bundle.text}`
  const passedOn = { From: 'Jan <jan@nordlicht.example>', Subject: `Fwd: ${bundle.subject}` }
  const filtered = text
    .replaceAll(/http\S+\/decide\/(\S+)/g, 'https://filter.example/?url=http%3A%2F%2Fduncan.example%2Fdecide%2F$1&data=x')
    .replaceAll(/mailto:\S+/g, '')
  const fromMia = { From: 'Mia <mia@nordlicht.example>', Subject: 'FW: for you' }
  const fromPiet = { From: 'Piet <info@zonneveld.example>', Subject: 'Re: Fwd: betaling', References: `${bundle.messageId} <jans@nordlicht.example>` }
  const question = 'Wij betalen factuur 2026-002 op 4 december.'

  const asFile = ['--b', 'Content-Type: message/rfc822', '', `Message-ID: ${bundle.messageId}`, 'Subject: asked', '', text, '--b--'].join('\r\n')

  const filed = [
    await arrive([...header(fromMia), 'Content-Type: multipart/mixed; boundary=b'], asFile),
    await arrive(header(passedOn), text),
    await arrive(header(passedOn), filtered),
    await arrive(header({ ...passedOn, From: 'duncan@nordlicht.example' }), text, 'sent'),
    await arrive(header(fromPiet), question),
  ]
  const told = (await sent()).slice(1)
  clock.advance({ hours: 25 })
  const late = await arrive(header(fromPiet), `${question}\r\n\r\nPiet`)

  assert.deepEqual(
    filed.map(mail => mail.text + mail.replyText + mail.status),
    filed.map(() => 'processed'),
  )
  assert.deepEqual(settled, [], 'somebody finds them in the mailbox')
  assert.deepEqual(
    told.map(mail => mail.text?.split('.')[0]),
    [
      'A mail from mia@nordlicht',
      ...Array<string>(2).fill('Nothing was decided: it could not be proven that the mail came from you (DMARC, DKIM)'),
      'A mail from info@zonneveld',
    ],
  )
  assert.ok(late.text.includes(question))
  assert.equal(await db.proposal.count({ where: { messageId: late.id } }), 1)
  assert.equal(await db.proposal.count(), 3)
})

test('a request that reaches a mailbox which Duncan reads stays unread there; one whose process died is still known, and its answer is no debtor’s mail', async t => {
  const { db, byMail, clock, settled, lastSent, arrive, reply, ...world } = await aMailWorld(t)
  await world.outOfReach(await aPromise({ ...world, db, clock }), 60)
  await byMail.ask()
  const lost = await lastSent()
  await arrive([`Message-ID: ${lost.messageId}`, 'From: duncan@nordlicht.example', `Subject: ${lost.subject}`], lost.text ?? '')
  const unread = [...settled]
  await db.staff.update({ where: { key: 'jan' }, data: { email: 'jan@holding.example' } })
  await arrive(header({ To: 'jan@holding.example', From: 'duncan@nordlicht.example', Subject: 'asked' }), 'Factuur 2026-001 van D100', 'sent')
  const contacts = await db.contact.count({ where: { email: 'jan@holding.example' } })
  await db.staff.update({ where: { key: 'jan' }, data: { email: 'jan@nordlicht.example' } })
  await db.decisionMail.updateMany({ data: { sentAt: null } })
  clock.advance({ minutes: 11 })
  const again = await byMail.ask()

  const answer = await reply(lost, 'APPROVE')

  assert.equal(contacts, 0, 'a colleague is no debtor’s contact')
  assert.deepEqual([unread, again, answer.status, answer.text], [[], 1, 'processed', ''])
  assert.deepEqual([await db.proposal.count(), await db.decision.count()], [1, 0])
  assert.match((await lastSent()).text ?? '', /^Nothing was decided by your mail\./)
})
