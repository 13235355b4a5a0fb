import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { createChat } from '#chat'
import { ensureStaff, type Staff } from '#people'
import { jobKind, retryDeadJob } from '#platform'
import { cardFor } from '../../src/chat/button-rights.ts'
import { chatSettings } from './chat-settings.ts'
import { startConsole } from './console/start-console.ts'

test('an administrator sees in chat which jobs failed for good and why, and has one run again, once', async t => {
  const { client, clock, proposals, eva } = await startConsole(t, [])
  const ada = await ensureStaff(client, { key: 'ada', name: 'Ada', email: 'ada@harbourlight.example', role: 'admin' })
  const sent: unknown[] = []
  const queue = { send: async (_db: unknown, _kind: unknown, payload: unknown) => void sent.push(payload) }
  const kinds = [jobKind('proposal.opened', z.object({ proposalId: z.int() }))]
  const chat = createChat({ client, clock, proposals, ...chatSettings, retryJob: (job, by) => retryDeadJob({ client, queue, kinds }, job, by) })
  const diedAt = new Date('2026-03-02T11:00:00Z')
  await client.deadJob.create({ data: { id: 'job-1', kind: 'proposal.opened', payload: { proposalId: 7 }, problem: 'timeout', diedAt } })
  await client.deadJob.create({ data: { id: 'job-2', kind: 'of.old', payload: {}, problem: 'gone', diedAt } })
  const alert = await client.opsAlert.create({ data: { key: 'job:proposal.opened', problem: 'A job failed', remedy: 'Retry.', raisedAt: diedAt } })
  const type = (staff: Staff) => chat.command({ staff, surface: 'console', text: '/duncan jobs' })
  const press = (staff: Staff, job: string) => chat.click({ staff, surface: 'console', action: 'job.retry', data: { job }, values: {} })

  const post = await chat.postOps(alert.id)
  const list = await type(ada)
  const outcomes = [await press(eva, 'job-1'), await press(ada, 'job-1'), await press(ada, 'job-1'), await press(ada, 'job-2'), await press(ada, 'none')]

  assert.ok(list.kind === 'private')
  assert.match(JSON.stringify(list.card.elements), /proposal\.opened · 2 Mar 2026.*timeout → A card may be missing/)
  assert.equal((await type(eva)).kind, 'refused')
  const told = outcomes.map(outcome => (outcome.kind === 'private' ? outcome.card.subtitle : 'message' in outcome ? outcome.message : outcome.kind))
  assert.match(told[0] ?? '', /do not have the right/)
  assert.match(told[1] ?? '', /proposal\.opened runs again\. 1 to look at/)
  assert.match(told[2] ?? '', /retried already/)
  assert.match(told[3] ?? '', /knows no job of kind of\.old.*Retry it with the release/)
  assert.deepEqual([outcomes[4]?.kind, sent], ['refused', [{ proposalId: 7 }]])
  assert.ok(post)
  const buttonsOf = (person: Staff) => cardFor(person, post.card).buttons.map(({ action }) => action)
  assert.deepEqual([buttonsOf(ada), buttonsOf(eva)], [['jobs.show'], []])
})
