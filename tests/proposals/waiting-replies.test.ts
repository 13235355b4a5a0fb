import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDispute, anOffice, aPromise, codesOf, type Office } from './support.ts'

/** A reply that is approved and waits out its undo window, and its thread. */
async function aWaitingReply(office: Office) {
  const proposalId = await aPromise(office)
  await office.proposals.decide({ kind: 'approve', proposalId, staffId: office.jan.id, surface: 'console' })
  await office.work()
  return { proposalId, threadId: (await office.view(proposalId)).message.threadId ?? 0 }
}
const states = async (office: Office, proposalId: number) => (await office.view(proposalId)).actions.map(({ kind, status }) => [kind, status])
const mailState = async ({ db }: Office) => (await db.outboundMail.findFirstOrThrow()).state

async function aColleaguesAnswer({ db, mailbox }: Office, threadId: number, receivedAt: string) {
  const data = { mailboxId: mailbox.id, rawHash: receivedAt, size: 1, direction: 'out', threadId, receivedAt: new Date(receivedAt) }
  return (await db.message.create({ data })).id
}

test('a mail that comes while an approved reply waits says so on its card; the reply can still be stopped', async t => {
  const office = await anOffice(t)
  const { proposalId, threadId } = await aWaitingReply(office)

  const next = await aDispute(office, { threadId })
  const warnings = (await office.view(next)).warnings
  const undone = await office.proposals.decide({ kind: 'undo', proposalId, staffId: office.jan.id, surface: 'console' })

  assert.deepEqual(warnings, [{ kind: 'reply_waiting', detail: '2026-11-23T09:02:00.000Z' }])
  assert.equal(undone.kind, 'decided')
  assert.equal(await mailState(office), 'cancelled')
})

test("a colleague's own answer stops the approved reply that has not left; what was registered stays", async t => {
  const office = await anOffice(t)
  const { proposalId, threadId } = await aWaitingReply(office)

  await office.proposals.supersedeByOwnAnswer(await aColleaguesAnswer(office, threadId, '2026-11-23T09:01:00Z'))

  const view = await office.view(proposalId)
  assert.deepEqual(await states(office, proposalId), [
    ['register_promise', 'done'],
    ['send_reply', 'undone'],
  ])
  assert.equal(codesOf(view.actions.at(-1)?.problems), 'answered_by_colleague')
  assert.deepEqual([view.status, await mailState(office)], ['approved', 'cancelled'])
})

test("a colleague's answer to an earlier mail, and one that comes when the reply is leaving, stop nothing", async t => {
  const office = await anOffice(t)
  const { proposalId, threadId } = await aWaitingReply(office)

  await office.proposals.supersedeByOwnAnswer(await aColleaguesAnswer(office, threadId, '2026-11-22T09:00:00Z'))
  const earlier = await mailState(office)
  await office.db.outboundMail.updateMany({ data: { state: 'sending' } })
  await office.proposals.supersedeByOwnAnswer(await aColleaguesAnswer(office, threadId, '2026-11-23T09:02:01Z'))

  assert.deepEqual([earlier, await mailState(office)], ['scheduled', 'sending'])
  assert.deepEqual((await states(office, proposalId)).at(-1), ['send_reply', 'scheduled'])
})

test('an approval whose reply a colleague stopped before it was carried out sends nothing', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)
  const threadId = (await office.view(proposalId)).message.threadId ?? 0
  await office.proposals.decide({ kind: 'approve', proposalId, staffId: office.jan.id, surface: 'console' })

  await office.proposals.supersedeByOwnAnswer(await aColleaguesAnswer(office, threadId, '2026-11-23T09:00:01Z'))
  await office.work()

  assert.equal(await office.db.outboundMail.count(), 0)
  assert.deepEqual(await states(office, proposalId), [
    ['register_promise', 'done'],
    ['send_reply', 'undone'],
  ])
})
