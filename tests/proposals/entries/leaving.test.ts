import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { placeHold } from '#dunning'
import { linkThread } from '#mail'
import { sightOf } from '#people'
import { type EntryOutcome, type Problem, viewEntry } from '#proposals'
import { anOffice, aPromise, codesOf } from '../support.ts'

const idOf = (outcome: EntryOutcome) => (outcome.kind === 'entered' ? outcome.entryId : assert.fail(JSON.stringify(outcome)))
const problemOf = (outcome: EntryOutcome) => (outcome.kind === 'invalid' && 'problems' in outcome.problem ? codesOf(outcome.problem.problems) : outcome.kind)

async function aDesk(t: TestContext, config: Parameters<typeof anOffice>[1] = {}) {
  const office = await anOffice(t, config)
  const { db, proposals, debtor, jan } = office
  await db.contact.updateMany({ where: { debtorId: debtor.id }, data: { verified: true } })
  const input = await office.mail('Kunt u dit nakijken?', {})
  const by = { staffId: jan.id, surface: 'console' }
  const written = {
    answers: input.messageId,
    template: 'free',
    language: 'nl',
    tone: 'neutral',
    to: ['info@zonneveld.example'],
    cc: [],
    copies: [],
    subject: 'Re: Facturen',
  }
  let forms = 0
  const write = (text: string, more: object = {}) => proposals.composeMail({ ...written, debtorId: debtor.id, ...by, formKey: `f${forms++}`, text, ...more })
  const mailOf = (entryId: number) => db.outboundMail.findUniqueOrThrow({ where: { entryId } })
  /** What sending does when it objects, or has sent. */
  const settle = async (entryId: number, state: string, problems: readonly Problem[] = []) => {
    const { id } = await db.outboundMail.update({ where: { entryId }, data: { state, problem: [...problems] } })
    await proposals.settleMail(id)
  }
  const again = (entryId: number, verdict: 'resend' | 'sent' | 'give_up' = 'resend', staffId = jan.id) =>
    proposals.settleEntryMail({ entryId, staffId, surface: 'console' }, verdict)
  return { ...office, input, write, mailOf, settle, again }
}

test('a mail of an entry leaves while all stands, and does not when its invoice is paid, its addressee bounced, its ledger is old, its conversation moved or went on', async t => {
  const office = await aDesk(t)
  const { db, clock, proposals, debtor, other, input, write, mail } = office
  const why = async (entryId: number) => codesOf(await proposals.whyEntryNotLeave(entryId))
  const invoice = (status: string) => db.invoice.updateMany({ where: { number: '2026-002' }, data: { status } })
  const told = idOf(await write('Van factuur 2026-002 staat EUR 250,50 open.'))
  const named = idOf(await write('Factuur 2026-002 kijken wij na.'))
  const fresh = idOf(await write('Belt u mij even?', { answers: null, subject: 'Bellen' }))

  const free = [await why(told), await why(named), await why(fresh)]
  await invoice('closed')
  const paid = [await why(told), await why(named), await why(fresh)]
  await invoice('open')
  await db.contact.updateMany({ where: { debtorId: debtor.id }, data: { emailStatus: 'bounced' } })
  const bounced = await why(fresh)
  await db.contact.updateMany({ data: { emailStatus: 'ok' } })
  clock.advance({ hours: 30 })
  const old = [await why(told), await why(fresh)]
  clock.set('2026-11-23T09:00:00Z')
  await mail('Nog iets:', {}, { threadId: input.threadId ?? 0 })
  const came = [await why(named), await why(fresh)]
  const thread = { threadId: input.threadId, messageId: input.messageId, reason: 'staff' as const, actor: 'staff:1' }
  await db.$transaction(tx => linkThread(tx, { ...thread, debtorId: other.id }))
  const moved = await why(named)
  await db.$transaction(tx => linkThread(tx, { ...thread, debtorId: debtor.id }))

  assert.deepEqual(free, ['', '', ''])
  assert.deepEqual(paid, ['unknown_amount', 'figures_changed', ''])
  assert.equal(bounced, 'recipient_barred')
  assert.deepEqual(old, ['stale_ledger', ''])
  assert.deepEqual(came, ['new_mail', ''], 'a conversation of its own goes on')
  assert.equal(moved, 'moved_away')
})

test('a stopped mail is sent again by who may, once its reason is gone; one that is unknown is declared; nobody else’s click counts', async t => {
  const { db, proposals, input, eve, mia, mail, write, mailOf, settle, again } = await aDesk(t)
  const id = idOf(await write('Factuur 2026-002 kijken wij na.'))
  const early = await again(id)
  await db.invoice.updateMany({ where: { number: '2026-002' }, data: { status: 'closed' } })
  await mail('Betaald!', {}, { threadId: input.threadId ?? 0 })
  await settle(id, 'failed', await proposals.whyEntryNotLeave(id))

  const paid = await again(id)
  await db.invoice.updateMany({ where: { number: '2026-002' }, data: { status: 'open' } })
  await db.staff.update({ where: { id: mia.id }, data: { mailboxes: ['sales'] } })
  const strangers = [(await again(id, 'resend', eve.id)).kind, (await again(id, 'resend', mia.id)).kind]
  const sent = [(await again(id)).kind, (await again(id)).kind]

  assert.deepEqual([early.kind, strangers, sent], ['changed', ['not_allowed', 'not_found'], ['entered', 'changed']])
  assert.equal(problemOf(paid), 'figures_changed')
  assert.deepEqual([(await mailOf(id)).state, (await mailOf(id)).problem, await proposals.whyEntryNotLeave(id)], ['scheduled', null, []])
  assert.equal(await viewEntry(db, sightOf({ ...mia, mailboxes: ['sales'] }), id), undefined, 'it quotes a mailbox that is not theirs')

  await settle(id, 'unknown')
  const given = [(await again(id, 'give_up')).kind, (await mailOf(id)).state, (await again(id, 'sent')).kind]
  const audits = await db.auditEntry.findMany({ where: { event: { startsWith: 'entry.mail_' } }, orderBy: { id: 'asc' } })
  assert.deepEqual(given, ['entered', 'failed', 'changed'])
  assert.deepEqual(
    audits.map(({ event }) => event),
    ['entry.mail_resend', 'entry.mail_give_up'],
  )
})

test('an answer that a colleague wrote closes what waits in its conversation once it left, nothing elsewhere, and stops where somebody else was faster', async t => {
  const office = await aDesk(t)
  const { db, proposals, input, write, settle, mailOf } = office
  const waiting = await aPromise(office, { threadId: input.threadId ?? 0 })
  const elsewhere = await aPromise(office)
  const id = idOf(await write('Ik bel u morgen.'))
  const statusOf = async (proposalId: number) => (await db.proposal.findUniqueOrThrow({ where: { id: proposalId } })).status
  const before = await statusOf(waiting)
  const { mailboxId, internetMessageId, threadId } = await mailOf(id)
  const left = { mailboxId, rawHash: 'left', size: 1, direction: 'out', internetMessageId, threadId, receivedAt: new Date('2026-11-24T08:00:00Z') }
  await db.message.create({ data: left })

  await settle(id, 'sent')

  assert.deepEqual([before, await statusOf(waiting), await statusOf(elsewhere)], ['open', 'superseded', 'open'])
  const second = idOf(await write('Nog een keer.'))
  await db.message.create({ data: { ...left, rawHash: 'other', internetMessageId: '<other@nordlicht.example>' } })
  assert.equal(codesOf(await proposals.whyEntryNotLeave(second)), 'answered_meanwhile')
})

test('copies go with a mail only of the debtor’s own invoices that have a file, Cc only to who is known; a hard stop stops it', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-copies-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  for (const number of ['2026-001', '2026-900']) writeFileSync(join(folder, `${number}.pdf`), '%PDF-1.4 copy')
  const office = await aDesk(t, { DUNCAN_INVOICE_COPIES: folder })
  const { db, proposals, debtor, write, mailOf } = office
  await db.contact.create({ data: { debtorId: debtor.id, name: 'Els', email: 'els@zonneveld.example', verified: true } })
  const text = 'Bijgaand de kopie.'

  const sent = await mailOf(idOf(await write(text, { copies: ['2026 001', '2026-001'], cc: ['els@zonneveld.example'] })))
  const view = await db.debtorEntry.findFirstOrThrow({ orderBy: { id: 'desc' } })
  const foreign = await write(text, { copies: ['2026-900'] })

  assert.deepEqual([sent.cc, (sent.attachments as { fileName: string }[]).map(({ fileName }) => fileName)], [['els@zonneveld.example'], ['2026-001.pdf']])
  assert.deepEqual((view.payload as { invoiceIds: number[] }).invoiceIds, [await office.invoiceId('2026-001')])
  assert.deepEqual(foreign, { kind: 'invalid', problem: { code: 'unknown_invoices', numbers: ['2026-900'] } })
  assert.equal(problemOf(await write(text, { copies: ['2026-002'] })), 'no_copy')
  assert.equal(problemOf(await write(text, { cc: ['post@dekorf.example'] })), 'recipient_unknown')
  assert.equal(await db.outboundMail.count(), 1)

  await placeHold(db, { debtorId: debtor.id, invoiceIds: [], reason: 'insolvency' })
  assert.deepEqual(await proposals.whyEntryNotLeave(view.id), [], 'who wrote it knew of the stop')
})
