import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fullSight } from '#people'
import { entriesWaitingOf } from '#proposals'
import { anOffice, asserting, fact } from './support.ts'

test('a copy that was not found is missed on the card; once its file comes, sending it is proposed, once', async t => {
  const copies = mkdtempSync(join(tmpdir(), 'duncan-copies-'))
  t.after(() => rmSync(copies, { recursive: true, force: true }))
  const { db, debtor, jan, proposals, mail, view } = await anOffice(t, { DUNCAN_INVOICE_COPIES: copies })
  const text = 'Graag een kopie van 2026-001, 2026-002 en 2026-900.'
  const facts = ['2026-001', '2026-002', '2026-900'].map(number => fact(text, 'invoice_number', number))
  writeFileSync(join(copies, '2026-001.pdf'), '%PDF-1.4 one')
  writeFileSync(join(copies, '2026-900.pdf'), '%PDF-1.4 of somebody else')

  const { proposalId } = await proposals.propose(await mail(text, { intents: asserting('invoice_copy_request'), facts }))
  await db.message.updateMany({ data: { debtorId: debtor.id } })
  const none = await proposals.proposeLateMails()
  writeFileSync(join(copies, '2026-002.pdf'), '%PDF-1.4 two')
  const counts = [await proposals.proposeLateMails(), await proposals.proposeLateMails()]

  const reply = (await view(proposalId)).actions.find(({ kind }) => kind === 'send_invoice_copies')
  assert.ok(reply?.kind === 'send_invoice_copies')
  assert.deepEqual([reply.payload.attachments.map(({ fileName }) => fileName), reply.payload.missing], [['2026-001.pdf'], ['2026-002']])
  assert.deepEqual([none, counts], [0, [1, 0]])
  const [entry] = await entriesWaitingOf(db, fullSight, debtor.id)
  assert.ok(entry?.content.kind === 'mail')
  assert.deepEqual([entry.why, entry.content.to], [{ code: 'copy_found', invoices: ['2026-002'] }, ['info@zonneveld.example']])
  assert.match(entry.content.text, /kopie van factuur 2026-002/)

  const done = await proposals.voteOnEntry({ entryId: entry.id, staffId: jan.id, surface: 'console', kind: 'approve' })
  const [sent] = await db.outboundMail.findMany()
  assert.deepEqual([done.kind, (sent?.attachments as { fileName: string }[] | undefined)?.map(({ fileName }) => fileName)], ['entered', ['2026-002.pdf']])
})

test('what was written to somebody who is away is proposed to their stand-in, once, when that is a verified contact', async t => {
  const { db, debtor, mailbox, clock, jan, proposals } = await anOffice(t)
  const sent = (to: string, more: object = {}) =>
    db.outboundMail.create({
      data: {
        mailboxId: mailbox.id,
        internetMessageId: `<${randomUUID()}@n.example>`,
        references: [],
        to: [to],
        cc: [],
        debtorId: debtor.id,
        subject: 'Factuur 2026-001',
        text: 'Wilt u betalen?',
        state: 'sent',
        sendAfter: new Date('2026-11-22T09:00:00Z'),
        sentAt: new Date('2026-11-22T09:00:00Z'),
        ...more,
      },
    })
  await sent('info@zonneveld.example')
  await sent('info@zonneveld.example', { sentAt: new Date('2026-11-01T09:00:00Z') })
  await sent('info@zonneveld.example', { cc: ['eva@zonneveld.example'] })
  await sent('other@zonneveld.example')
  await db.contact.updateMany({
    where: { email: 'info@zonneveld.example' },
    data: { absentUntil: new Date('2026-12-04'), standIn: 'Eva@zonneveld.example' },
  })

  const unknown = await proposals.proposeLateMails()
  await db.contact.create({ data: { debtorId: debtor.id, name: 'Eva Zon', email: 'eva@zonneveld.example' } })
  const counts = [await proposals.proposeLateMails(), await proposals.proposeLateMails()]
  const [entry, ...others] = await entriesWaitingOf(db, fullSight, debtor.id)
  clock.set('2026-12-06T09:00:00Z')
  await sent('info@zonneveld.example', { sentAt: new Date('2026-12-06T08:00:00Z') })
  const back = await proposals.proposeLateMails()

  assert.deepEqual([unknown, counts, back, others], [0, [1, 0], 0, []])
  assert.ok(entry?.content.kind === 'mail')
  assert.deepEqual([entry.why, entry.content.to], [{ code: 'stand_in', absent: 'Piet Zon', until: '2026-12-04' }, ['eva@zonneveld.example']])
  assert.match(entry.content.text, /^Beste Eva Zon,\n\nPiet Zon is afwezig tot en met 4 december 2026.*\n\n> Wilt u betalen\?/s)
  assert.equal((await proposals.voteOnEntry({ entryId: entry.id, staffId: jan.id, surface: 'console', kind: 'approve' })).kind, 'entered')
  assert.equal(await db.outboundMail.count({ where: { to: { has: 'eva@zonneveld.example' } } }), 1)
  assert.equal(await db.dunningHold.count(), 0)
})
