import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Card, createChat } from '#chat'
import type { Staff } from '#people'
import { opensForm } from '../../src/chat/button-rights.ts'
import { wordsOf } from '../../src/chat/words/index.ts'
import { anOffice, aPromise } from '../proposals/support.ts'
import { createTestApp, eventually, signIn } from '../support/app.ts'
import { aMail, deliver } from '../support/maildir.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { chatSettings } from './chat-settings.ts'

const say = wordsOf('en')

async function aDesk(t: TestContext) {
  const office = await anOffice(t)
  const { debtor, db } = office
  const chat = createChat({ client: db, clock: office.clock, proposals: office.proposals, ...chatSettings })
  const input = await office.mail('Wanneer kan ik betalen?', {})
  await db.message.update({ where: { id: input.messageId }, data: { debtorId: debtor.id } })
  await db.thread.update({ where: { id: input.threadId ?? 0 }, data: { debtorId: debtor.id } })
  await db.contact.updateMany({ where: { debtorId: debtor.id }, data: { verified: true } })
  await db.contact.create({ data: { debtorId: debtor.id, name: 'Els Zon', email: 'els@zonneveld.example', verified: true } })
  const type = (text: string, staff: Staff = office.jan) => chat.command({ staff, surface: 'console', text })
  const press = (action: string, data: Record<string, string>, values: Record<string, string> = {}, staff: Staff = office.jan) =>
    chat.click({ staff, surface: 'console', action, data, values })
  return { ...office, input, type, press, chat }
}

type Outcome = { kind: string; card?: Card; message?: string }
const cardOf = (outcome: Outcome): Card => outcome.card ?? assert.fail(JSON.stringify(outcome))
const messageOf = (outcome: Outcome): string => outcome.message ?? assert.fail(JSON.stringify(outcome))
const buttonOf = (card: Card, action: string) => [...card.buttons, ...card.more].find(button => button.action === action) ?? assert.fail(`no ${action}`)
const fieldsOf = (card: Card): Record<string, string> =>
  Object.fromEntries(card.elements.flatMap(element => (element.type === 'field' ? [[element.field.id, String(element.field.value)]] : [])))

test('a mail is drafted by template, language and tone, sent from the mailbox of its conversation once, and taken back while it has not left', async t => {
  const { db, clock, input, mailbox, debtor, type, press } = await aDesk(t)

  const started = cardOf(await type('/duncan mail zonneveld'))
  const form = cardOf(await press('mail.open', { debtor: String(debtor.id), message: String(input.messageId) }))
  const first = fieldsOf(form)
  const anew = cardOf(
    await press('mail.open', buttonOf(form, 'mail.open').data, { ...first, template: 'statement', language: 'de', tone: 'firm', to: 'els@zonneveld.example' }),
  )
  const second = fieldsOf(anew)

  assert.equal(form.subtitle, say.compose.from('debtors@nordlicht.example'))
  assert.deepEqual(
    [first.answers, first.template, first.language, first.to, first['subject.0']],
    [String(input.messageId), 'free', 'nl', 'info@zonneveld.example', 'Re: Facturen'],
  )
  assert.match(first['text.0'] ?? '', /^Beste Piet Zon,[\s\S]*Jan\nNordlicht BV$/)
  assert.match(second['text.1'] ?? '', /Sehr geehrte[\s\S]*2026-002[\s\S]*250,50[\s\S]*425,75/)
  assert.deepEqual([second.to, second.tone], ['els@zonneveld.example', 'firm'])
  assert.deepEqual([fieldsOf(started).answers, fieldsOf(started)['subject.0'], fieldsOf(started).to], ['new', '', 'info@zonneveld.example'])
  assert.ok(opensForm('mail.open') && !opensForm('mail.send'))

  const { data } = buttonOf(anew, 'mail.send')
  const sent = cardOf(await press('mail.send', data, second))
  const again = cardOf(await press('mail.send', data, { ...second, 'text.1': 'Something else' }))

  const [mail, ...more] = await db.outboundMail.findMany({ orderBy: { id: 'asc' } })
  assert.deepEqual(more, [])
  assert.deepEqual(
    [mail?.mailboxId, mail?.threadId, mail?.debtorId, mail?.to, mail?.subject, mail?.inReplyTo, mail?.state, mail?.automatic],
    [mailbox.id, input.threadId, debtor.id, ['els@zonneveld.example'], 'Re: Facturen', '<1@zonneveld.example>', 'scheduled', false],
  )
  assert.equal(mail?.sendAfter.getTime(), clock.now().epochMilliseconds + 120_000)
  assert.deepEqual([sent.status?.text, again.title, sent.elements.some(({ type: of }) => of === 'letter')], ['Done', sent.title, true])

  const undone = cardOf(await press('entry.undo', buttonOf(sent, 'entry.undo').data))
  assert.deepEqual([undone.status?.text, (await db.outboundMail.findFirst())?.state], ['Taken back', 'cancelled'])
  const audits = await db.auditEntry.findMany({
    where: { event: { in: ['entry.done', 'entry.undone', 'mail.scheduled', 'mail.cancelled'] } },
    orderBy: { id: 'asc' },
  })
  assert.deepEqual(audits.map(({ event }) => event).toSorted(), ['entry.done', 'entry.undone', 'mail.cancelled', 'mail.scheduled'])
  assert.ok(!JSON.stringify(audits).includes('els@'))
})

test('no mail leaves to a stranger, with another’s invoice, an unknown amount, a link or an account, unwritten, on a stale ledger, or by who may not', async t => {
  const { db, input, other, administration, jan, mia, eve, type, press } = await aDesk(t)
  const form = cardOf(await type('/duncan mail zonneveld'))
  const fields = { ...fieldsOf(form), 'subject.0': 'Uw vraag', 'text.0': 'Beste Piet,\n\nBelt u mij even?\n\nJan' }
  const { data } = buttonOf(form, 'mail.send')
  const refused = async (values: Record<string, string>, staff: Staff = jan) => {
    const outcome: Outcome = await press('mail.send', data, { ...fields, ...values }, staff)
    return outcome.kind === 'refused' ? messageOf(outcome) : assert.fail(JSON.stringify([values, outcome]))
  }

  assert.match(await refused({ to: 'post@dekorf.example' }), /neither in this conversation nor a verified contact/)
  assert.match(await refused({ 'text.0': 'Zie factuur 2026-900.' }), /another debtor/)
  assert.match(await refused({ 'text.0': 'U betaalt nog EUR 17,00.' }), /no amount that the ledger has/)
  assert.match(await refused({ 'text.0': 'Zie https://nordlicht.example/x' }), /Links/)
  assert.match(await refused({ 'text.0': 'Betaal op NL91 ABNA 0417 1643 00' }), /[Bb]ank|account/)
  assert.match(await refused({ 'text.0': fieldsOf(form)['text.0'] ?? '' }), /write the text first/)
  assert.equal(await refused({ 'subject.0': ' ' }), say.outcome.invalid(say.form.subject))
  assert.equal(await refused({ 'text.0': '' }), say.outcome.invalid(say.compose.text))
  assert.equal(await refused({ answers: '999999' }), say.outcome.gone)
  assert.equal(await refused({}, eve), say.outcome.notAllowed)
  await db.staff.update({ where: { id: mia.id }, data: { mailboxes: ['sales'] } })
  const elsewhere = await db.staff.findUniqueOrThrow({ where: { id: mia.id } })
  assert.equal(await refused({ answers: String(input.messageId) }, elsewhere), say.outcome.gone)
  assert.match(await refused({}, elsewhere), /No mailbox/)
  await db.administration.update({ where: { id: administration.id }, data: { importedAt: new Date('2026-11-01T00:00:00Z') } })
  assert.equal(await refused({ 'text.0': 'Er staat EUR 250,50 open.' }), say.plans.staleLedger)
  assert.equal(await db.outboundMail.count(), 0)

  const free = await press('mail.send', data, fields)
  assert.equal(cardOf(free).status?.text, 'Done')
  assert.equal((await type('/duncan mail de korf')).kind, 'form')
  await db.contact.updateMany({ where: { debtorId: other.id }, data: { verified: false } })
  assert.deepEqual(await type('/duncan mail de korf'), { kind: 'refused', message: say.compose.noRecipient })
  assert.equal((await type('/duncan mail zonneveld', eve)).kind, 'refused')
})

test('a mail counts for the invoices that it names: above a limit it waits for a second vote, one about none does not', async t => {
  const { db, jan, mia, debtor, type, press } = await aDesk(t)
  const limited = await db.staff.update({ where: { id: jan.id }, data: { amountLimit: '200' } })
  const form = cardOf(await type('/duncan mail zonneveld', limited))
  const fields = { ...fieldsOf(form), 'subject.0': 'Uw vraag', 'text.0': 'Beste Piet,\n\nBelt u mij even over (2026-002)?' }
  const stakes = async (text: string) => {
    const key = `f ${text}`
    return cardOf(await press('mail.send', { ...buttonOf(form, 'mail.send').data, form: key }, { ...fields, 'text.0': text }, limited)).status?.text
  }

  assert.deepEqual(
    [await stakes('Beste Piet,\n\nBelt u mij even?'), await stakes('Er staat in totaal EUR 425,75 open.')],
    ['Done', say.entries.status.awaiting_second],
  )
  await db.outboundMail.deleteMany()
  const waiting = cardOf(await press('mail.send', buttonOf(form, 'mail.send').data, fields, limited))

  assert.deepEqual([waiting.status?.text, await db.outboundMail.count()], [say.entries.status.awaiting_second, 0])
  const agreed = cardOf(await press('entry.second_vote', buttonOf(waiting, 'entry.withdraw').data, {}, mia))
  assert.deepEqual([agreed.status?.text, await db.outboundMail.count()], ['Done', 1])
  assert.equal((await db.outboundMail.findFirstOrThrow()).debtorId, debtor.id)
})

test('who sent a mail that did not leave is told alone, and sends it again by a button of that card', async t => {
  const { db, jan, proposals, type, press, chat } = await aDesk(t)
  const form = cardOf(await type('/duncan mail zonneveld'))
  const sent = cardOf(await press('mail.send', buttonOf(form, 'mail.send').data, { ...fieldsOf(form), 'subject.0': 'Bellen', 'text.0': 'Belt u mij even?' }))
  const { entryId, id } = await db.outboundMail.findFirstOrThrow()
  await chat.postEntry(entryId ?? 0)
  const quiet = await db.chatPost.count()

  await db.outboundMail.update({ where: { id }, data: { state: 'failed', problem: [{ code: 'server_refused', answer: 'The server is full.' }] } })
  await proposals.settleMail(id)
  await chat.postEntry(entryId ?? 0)

  const [post, ...others] = await db.chatPost.findMany()
  const card = post?.card as Card
  assert.deepEqual([quiet, others.length, post?.privateTo, sent.status?.text, card.status], [0, 0, jan.id, 'Done', { text: say.compose.notSent, tone: 'bad' }])
  assert.match(JSON.stringify(card.elements), /The server is full/)
  const again = buttonOf(card, 'entry.send_again')
  assert.equal(cardOf(await press(again.action, again.data)).status?.text, 'Done')
  assert.equal((await db.outboundMail.findFirstOrThrow()).state, 'scheduled')
  assert.deepEqual(await press(again.action, again.data), { kind: 'refused', message: say.entries.changed })
})

test('a conversation moves to another debtor with its past mails and those that wait, replans what waits on it, and can belong to nobody', async t => {
  const office = await aDesk(t)
  const { db, input, debtor, other, eve, type, press } = office
  const past = await office.mail('Eerder', {}, { threadId: input.threadId ?? 0 })
  await db.message.update({ where: { id: past.messageId }, data: { debtorId: debtor.id } })
  const debtorsOf = async (threadId: number | null) => [...new Set((await db.message.findMany({ where: { threadId } })).map(({ debtorId }) => debtorId))]

  const list = cardOf(await type('/duncan move zonneveld'))
  const pick = list.elements.find(element => element.type === 'pick') ?? assert.fail()
  const asked = cardOf(await press('mail.move', pick.button.data))
  const found = cardOf(await press('mail.move', buttonOf(asked, 'mail.move').data, { query: 'korf' }))
  const hit = found.elements.find(element => element.type === 'pick') ?? assert.fail()
  const moved = await press('mail.move_to', hit.button.data)

  assert.equal(list.elements.length, 1, 'two mails are one conversation')
  assert.deepEqual(moved, { kind: 'done', message: say.compose.moved('Bakkerij De Korf') })
  assert.deepEqual([await debtorsOf(input.threadId), (await db.thread.findUnique({ where: { id: input.threadId ?? 0 } }))?.debtorId], [[other.id], other.id])
  assert.deepEqual(await press('mail.move_to', hit.button.data), { kind: 'refused', message: say.compose.already })
  assert.deepEqual(await press('mail.move_away', buttonOf(found, 'mail.move_away').data, {}, eve), { kind: 'refused', message: say.outcome.notAllowed })
  assert.deepEqual(await press('mail.move_away', buttonOf(found, 'mail.move_away').data), { kind: 'done', message: say.compose.unlinked })
  assert.deepEqual([await debtorsOf(input.threadId), await db.auditEntry.count({ where: { event: { in: ['mail.linked', 'mail.unlinked'] } } })], [[null], 2])

  const proposalId = await aPromise(office)
  const { messageId, threadId } = await db.proposal.findUniqueOrThrow({ where: { id: proposalId } })
  await db.message.update({ where: { id: messageId }, data: { debtorId: debtor.id } })
  const data = { message: String(messageId) }
  const reply = cardOf(await press('mail.open', { debtor: String(debtor.id), message: String(messageId) }))
  assert.ok(reply.elements.some(element => element.type === 'notice' && element.title === say.compose.waits))
  assert.deepEqual(await press('mail.move_away', data), { kind: 'refused', message: say.compose.undecided })
  assert.equal((await press('mail.move_to', { ...data, debtor: String(other.id) })).kind, 'done')
  assert.deepEqual([(await db.proposal.findUnique({ where: { id: proposalId } }))?.debtorId, await debtorsOf(threadId)], [other.id, [other.id]])

  await db.proposal.update({ where: { id: proposalId }, data: { status: 'approved' } })
  await db.proposedAction.create({ data: { proposalId, position: 90, kind: 'create_task', payload: { title: 'Bellen' }, status: 'done' } })
  const away = await press('mail.move_away', data)
  assert.deepEqual(away, { kind: 'done', message: `${say.compose.unlinked} ${say.compose.stays('1', 'Bakkerij De Korf')}` })
})

test('in the console an answer is written on the inbox card, leaves, and stands there with the mail that it answers', async t => {
  const mailFolder = temporaryFolder(t)
  const [inbox, outbox] = [join(mailFolder, 'inbox'), join(mailFolder, 'outbox')]
  const place = { key: 'debtors', kind: 'maildir', address: 'ar@creditor.example', paused: false, path: inbox } as const
  const { app, loadLedger } = await createTestApp(t, {
    mailboxes: [{ ...place, aliases: [], folders: ['INBOX'], pollSeconds: 0.2, outbox, startAt: '2026-01-01T00:00:00Z' }],
  })
  await loadLedger(
    'debtor_number,debtor_name,country,language,email,contact_name,invoice_number,invoice_date,due_date,amount\n2001,Kade Negen BV,NL,nl,milan@kade-negen.example,Milan Verhoef,F-2026-0412,2026-09-01,2026-10-01,1250.00\n',
  )
  deliver(
    inbox,
    aMail({
      From: 'Milan Verhoef <milan@kade-negen.example>',
      To: 'ar@creditor.example',
      Date: new Date().toUTCString(),
      'Message-ID': '<vraag-7@kade-negen.example>',
      Subject: 'Bereikbaarheid',
      text: 'Wanneer kan ik u bellen over onze facturen?',
    }),
  )
  await app.start()
  const anna = await signIn(app, 'anna')
  const { client } = app.database
  const asked = await eventually(
    'the mail is read',
    async () => (await client.message.findFirst({ where: { debtorId: { not: null }, status: 'processed' } })) ?? undefined,
  )
  const ask = <T>(path: string, body: object) => anna.call<T>('POST', path, { channel: 'debtors', ...body })

  const shown = await ask<{ postId: number }>('/command', { text: '/inbox kade' })
  const inboxCard = JSON.stringify((await anna.posts('debtors')).find(({ id }) => id === shown.postId)?.card)
  const data = { debtor: String(asked.debtorId), message: String(asked.id) }
  const form = JSON.stringify(await ask('/click', { postId: shown.postId, action: 'mail.open', data, values: {} }))
  const values = {
    answers: String(asked.id),
    template: 'free',
    language: 'nl',
    tone: 'neutral',
    to: 'milan@kade-negen.example',
    'subject.0': 'Re: Bereikbaarheid',
    'text.0': 'Morgen na tien uur.',
  }
  const sent = await ask<{ kind: string }>('/click', { postId: null, action: 'mail.send', data: { debtor: data.debtor, form: 'f1', round: '0' }, values })
  const answer = await eventually('the answer has left', async () => (await client.message.findFirst({ where: { direction: 'out' } })) ?? undefined)
  const after = await ask<{ postId: number }>('/command', { text: '/inbox kade' })

  assert.match(inboxCard, /Bereikbaarheid[\s\S]*mail\.open/)
  assert.match(form, /ar@creditor\.example[\s\S]*Re: Bereikbaarheid[\s\S]*Milan Verhoef/)
  assert.equal(sent.kind, 'private')
  assert.deepEqual(
    [answer.inReplyTo, answer.threadId, answer.debtorId, answer.fromAddress, answer.to],
    ['<vraag-7@kade-negen.example>', asked.threadId, asked.debtorId, 'ar@creditor.example', ['milan@kade-negen.example']],
  )
  assert.match(JSON.stringify((await anna.posts('debtors')).find(({ id }) => id === after.postId)?.card), /Morgen na tien uur/)
})
