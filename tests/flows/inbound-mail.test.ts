import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createNumberShapes, flowJobs, handleInboundMail, type InboundDeps, proposeUnreadable } from '#flows'
import { createParser, receive } from '#mail'
import { createBlobs, createQueue, fixedClock, fromInstant, silentLog } from '#platform'
import { createProposals, proposalsConfig } from '#proposals'
import { createTriage } from '#triage'
import { warmUp } from '../../src/flows/warm-up.ts'
import { createTestDatabase } from '../support/database.ts'

const mailFrom = (address: string, text: string) =>
  Buffer.from(
    `From: ${address}\nTo: ar@creditor.example\nSubject: Question\nMessage-ID: <${text.length}@${address.split('@')[1]}>\nContent-Type: text/plain; charset=utf-8\n\n${text}\n`,
  )

async function setUp(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-flow-'))
  const clock = fixedClock('2026-11-23T09:00:00Z')
  // The queue stops before its database goes, also after a test that failed.
  const ends: (() => unknown)[] = []
  t.after(async () => {
    for (const end of ends.toReversed()) await end()
  })
  const database = await createTestDatabase({ after: end => void ends.push(end as () => unknown) })
  const queue = createQueue(database, silentLog, flowJobs)
  ends.push(queue.stop)
  await queue.start()
  const parser = createParser({ threads: 1 })
  const blobs = createBlobs(folder)
  const { client } = database
  ends.push(async () => {
    await parser.close()
    rmSync(folder, { recursive: true })
  })
  const proposals = createProposals({ client, queue, clock, blobs, log: silentLog, config: proposalsConfig.parse({}) })
  const { readMessage } = createTriage({ log: silentLog })
  const deps: InboundDeps = { client, blobs, parser, proposals, numberShapes: createNumberShapes(client), readMessage, verifySender: async () => 'unknown' }
  const mailbox = await client.mailbox.create({ data: { key: 'debtors', address: 'ar@creditor.example', kind: 'maildir', startAt: new Date('2026-01-01') } })
  let uid = 0n
  const arrive = async (source: Buffer, role: 'inbox' | 'sent' = 'inbox') => {
    uid++
    const folderOf = { path: role, role } as const
    const fetched = { uid, uidValidity: 1n, internalDate: fromInstant(clock.now()), size: source.length, flags: [], source }
    await receive(
      { client, queue, blobs, parser, clock },
      { id: mailbox.id, ownAddresses: new Set(), startAt: mailbox.startAt },
      { folder: folderOf, mails: [fetched], cursor: { uidValidity: 1n, lastUid: uid, highestModseq: null } },
    )
    return (await client.message.findFirstOrThrow({ orderBy: { id: 'desc' } })).id
  }
  return { client, clock, deps, arrive }
}

test('a mail becomes one proposal, however often its job runs', async t => {
  const { client, deps, arrive } = await setUp(t)
  const messageId = await arrive(mailFrom('someone@stranger.example', 'Could you send me invoice 12?'))

  await handleInboundMail(deps, messageId)
  await client.message.update({ where: { id: messageId }, data: { status: 'received' } }) // as if the process had died before this
  await handleInboundMail(deps, messageId)

  assert.equal(await client.proposal.count(), 1)
  assert.equal((await client.proposal.findFirstOrThrow()).needsPerson, 'unlinked')
  assert.equal((await client.message.findFirstOrThrow()).status, 'processed')
})

test('a mail whose reading fails for good becomes a card that asks a person to read it', async t => {
  const { client, deps, arrive } = await setUp(t)
  const messageId = await arrive(mailFrom('someone@stranger.example', 'Hello'))
  const failing = { ...deps, readMessage: async () => Promise.reject(new Error('the reader broke')) }

  await assert.rejects(handleInboundMail(failing, messageId), /the reader broke/)
  await proposeUnreadable(failing, messageId, 'the reader broke')

  const proposal = await client.proposal.findFirstOrThrow()
  assert.equal(proposal.needsPerson, 'unreadable')
  assert.equal(proposal.status, 'open')
})

test('a colleague’s own answer in the Sent folder closes the proposal, whichever of the two mails is read first', async t => {
  const { client, deps, arrive } = await setUp(t)
  const statuses: string[] = []
  for (const [question, isQuestionFirst] of [
    ['Could you send me invoice 12?', true],
    ['Could you send me the invoice 123?', false],
  ] as const) {
    const asked = await arrive(mailFrom('someone@stranger.example', question))
    if (isQuestionFirst) await handleInboundMail(deps, asked)
    const { internetMessageId } = await client.message.findUniqueOrThrow({ where: { id: asked } })
    const answer = `From: ar@creditor.example\nTo: someone@stranger.example\nSubject: Re: Question\nMessage-ID: <answer-${asked}@creditor.example>\nIn-Reply-To: ${internetMessageId}\nContent-Type: text/plain\n\nHere it is.\n`

    await handleInboundMail(deps, await arrive(Buffer.from(answer), 'sent'))
    if (!isQuestionFirst) await handleInboundMail(deps, asked)

    const proposal = await client.proposal.findUniqueOrThrow({ where: { messageId: asked } })
    statuses.push(`${proposal.status} by ${proposal.supersededBy?.split(':')[0]}`)
  }

  assert.deepEqual(statuses, ['superseded by mail', 'superseded by mail'])
})

test('warming up reads and plans, and leaves nothing behind', async t => {
  const { client, clock, deps } = await setUp(t)
  const seen: string[] = []
  const proposals = {
    ...deps.proposals,
    plan: async (...asked: Parameters<typeof deps.proposals.plan>) => {
      const plan = await deps.proposals.plan(...asked)
      seen.push(plan.language)
      return plan
    },
  }

  await warmUp({ client, clock, log: silentLog, proposals })

  assert.deepEqual(seen, ['nl'])
  assert.deepEqual([await client.proposal.count(), await client.message.count(), await client.auditEntry.count()], [0, 0, 0])
})
