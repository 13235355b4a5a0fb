import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Problem } from '#proposals'
import { anOffice, asserting, codesOf, type Office } from './support.ts'

const approve = (office: Office, proposalId: number) => office.proposals.decide({ kind: 'approve', proposalId, staffId: office.jan.id, surface: 'console' })

/** An approved statement of account that waits out its undo window. */
async function aScheduledStatement(office: Office) {
  const { proposalId } = await office.proposals.propose(await office.mail('Graag een overzicht.', { intents: asserting('statement_request') }))
  await approve(office, proposalId)
  await office.work()
  const mail = await office.db.outboundMail.findFirstOrThrow()
  return { proposalId, actionId: mail.actionId ?? 0, mailId: mail.id }
}

/** What sending does with an objection. */
async function stop(office: Office, mailId: number, problems: readonly Problem[]) {
  await office.db.outboundMail.update({ where: { id: mailId }, data: { state: 'failed', problem: [...problems] } })
  await office.proposals.settleMail(mailId)
}

test('a scheduled reply may leave while nothing has changed', async t => {
  const office = await anOffice(t)
  const { actionId } = await aScheduledStatement(office)

  assert.deepEqual(await office.proposals.whyNotLeave(actionId), [])
})

test('a scheduled reply must not leave when its addressee bounced, its figures changed or its ledger grew old meanwhile', async t => {
  const office = await anOffice(t)
  const { actionId } = await aScheduledStatement(office)

  await office.db.contact.updateMany({ data: { emailStatus: 'bounced' } })
  const bounced = await office.proposals.whyNotLeave(actionId)
  await office.db.contact.updateMany({ data: { emailStatus: 'ok' } })
  await office.db.invoice.updateMany({ where: { number: '2026-002' }, data: { status: 'closed', openAmount: 0 } })
  const paid = await office.proposals.whyNotLeave(actionId)
  await office.db.invoice.updateMany({ where: { number: '2026-002' }, data: { status: 'open', openAmount: '250.50' } })
  office.clock.advance({ hours: 30 })
  const old = await office.proposals.whyNotLeave(actionId)

  assert.deepEqual([bounced, paid, old].map(codesOf), ['recipient_barred', 'figures_changed', 'stale_ledger'])
})

test('a reply that was stopped is decided anew however late, and its failed mail cannot be sent besides', async t => {
  const office = await anOffice(t)
  const { proposalId, actionId, mailId } = await aScheduledStatement(office)
  await office.db.invoice.updateMany({ where: { number: '2026-002' }, data: { status: 'closed', openAmount: 0 } })
  await stop(office, mailId, await office.proposals.whyNotLeave(actionId))
  office.clock.advance({ hours: 1 })
  const stopped = await office.view(proposalId)

  const reopened = await office.proposals.decide({ kind: 'undo', proposalId, staffId: office.jan.id, surface: 'console' })
  const shown = await approve(office, proposalId)
  const decided = await approve(office, proposalId)
  await office.work()
  const again = await office.proposals.settleUnknown(actionId, office.jan.id, 'resend', 'console')

  assert.deepEqual([stopped.redecidable, stopped.undoUntil, stopped.actions[0]?.status], [true, null, 'failed'])
  assert.deepEqual([reopened.kind, shown.kind, decided.kind, again.kind], ['decided', 'invalid', 'decided', 'already_decided'])
  const mails = await office.db.outboundMail.findMany({ orderBy: { id: 'asc' } })
  assert.deepEqual(
    mails.map(({ state }) => state),
    ['failed', 'scheduled'],
  )
  assert.match(mails[1]?.text ?? '', /Totaal: € 175,25/)
})

test('a decision of which a mail has left cannot be made anew, whatever else of it failed', async t => {
  const office = await anOffice(t)
  const { proposalId, actionId } = await aScheduledStatement(office)
  await office.db.proposedAction.update({ where: { id: actionId }, data: { status: 'done' } })
  await office.db.proposedAction.create({
    data: { proposalId, position: 9, kind: 'create_task', payload: { title: 'Call them' }, status: 'failed', problem: [{ code: 'fault' }] },
  })
  office.clock.advance({ hours: 1 })

  const undone = await office.proposals.decide({ kind: 'undo', proposalId, staffId: office.jan.id, surface: 'console' })

  assert.equal((await office.view(proposalId)).redecidable, false)
  assert.equal(undone.kind, 'invalid')
})
