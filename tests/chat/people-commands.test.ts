import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ensureStaff, type Staff, useSignInToken } from '#people'
import type { ClickOutcome } from '../../src/chat/click.ts'
import { createConsoleClient } from '../support/console-client.ts'
import { startConsole } from './console/start-console.ts'
import { aView } from './views.ts'

async function aTeam(t: TestContext) {
  const started = await startConsole(t, [aView({ id: 12 })]) // it is Monday 2 March 2026
  const { chat, client } = started
  const bo = await ensureStaff(client, { key: 'bo', name: 'Bo Smit', email: 'bo@harbourlight.example', role: 'collector' })
  const ada = await ensureStaff(client, { key: 'ada', name: 'Ada Boss', email: 'ada@harbourlight.example', role: 'admin' })
  const type = (staff: Staff, text: string) => chat.command({ staff, surface: 'console', text })
  return { ...started, bo, ada, type }
}

const textOf = (outcome: ClickOutcome): string =>
  outcome.kind === 'private' || outcome.kind === 'form'
    ? [outcome.card.title, outcome.card.subtitle, ...outcome.card.elements.map(element => ('text' in element ? element.text : JSON.stringify(element)))].join(
        '\n',
      )
    : (outcome.message ?? '')

test('somebody says who covers them and until when; it is recorded where it was said, shown to the team, and ended again', async t => {
  const { client, type, jan, bo } = await aTeam(t)

  const planned = await type(jan, '/duncan cover @bo until 2026-03-13')
  const shown = await type(bo, '/duncan cover')
  const ended = await type(jan, '/duncan cover end')
  const again = await type(jan, '/duncan cover end')

  assert.match(textOf(planned), /Bo Smit does the work of Jan Willems from 2 Mar 2026 up to and including 13 Mar 2026/)
  assert.match(textOf(shown), /Jan Willems, covered by Bo Smit, 2 Mar 2026 – 13 Mar 2026 · away/)
  assert.deepEqual([ended.kind, again.kind], ['private', 'refused'])
  const absence = await client.staffAbsence.findFirstOrThrow()
  assert.deepEqual([absence.staffId, absence.coverId, absence.surface, absence.endedAt !== null], [jan.id, bo.id, 'console', true])
})

test('a day may be written day first; what is no day, no person, no right or no sense is refused in words', async t => {
  const { client, type, jan, bo, eva, vic } = await aTeam(t)

  const good = await type(eva, '/duncan cover @bo until 14/03/2026 from 9.3.2026 for @jan')
  const refused = [
    await type(jan, '/duncan cover @bo until friday'),
    await type(jan, '/duncan cover @bo until 2026-02-30'),
    await type(jan, '/duncan cover @bo'),
    await type(jan, '/duncan cover @nobody until 2026-03-13'),
    await type(jan, '/duncan cover @jan until 2026-03-05'),
    await type(jan, '/duncan cover @vic until 2026-03-05'),
    await type(jan, '/duncan cover @bo until 2026-03-01 from 2026-02-20'),
    await type(jan, '/duncan cover @bo until 2026-03-20'),
    await type(bo, '/duncan cover @eva until 2026-03-13 for @jan'),
    await type(vic, '/duncan cover @bo until 2026-03-13'),
  ].map(textOf)

  assert.equal(good.kind, 'private')
  const { from, until } = await client.staffAbsence.findFirstOrThrow()
  assert.deepEqual([from.toISOString().slice(0, 10), until.toISOString().slice(0, 10)], ['2026-03-09', '2026-03-14'])
  for (const [index, words] of [
    'is no day',
    'is no day',
    'Say who covers',
    'nobody called @nobody',
    'Nobody covers themselves',
    'may not decide',
    'are over',
    'planned for these days',
    'do not have the right',
    'le droit',
  ].entries()) {
    assert.ok(refused[index]?.includes(words), `${refused[index]} says: ${words}`)
  }
  assert.equal(await client.staffAbsence.count(), 1)
})

test('an administrator invites a colleague from chat; the link is shown once and stands in no notification and in no table', async t => {
  const { client, clock, type, ada, eva, bo, url, link: signInLink } = await aTeam(t)
  const browser = createConsoleClient(url)
  await browser.signIn(await signInLink(ada))

  const { body: inConsole } = await browser.post('/command', { channel: 'debtors', text: '/duncan staff invite @bo' })
  const invited = await type(ada, '/duncan staff invite @bo')
  const refused = [await type(eva, '/duncan staff invite @bo'), await type(ada, '/duncan staff invite @nobody'), await type(ada, '/duncan staff invite')]

  assert.ok(invited.kind === 'private')
  const [element] = invited.card.elements
  const link = element?.type === 'text' ? element.text : ''
  assert.match(link, /^http:\/\/duncan\.example\/sign-in#[\w-]{40,}$/)
  assert.ok(!invited.card.fallback.includes('#'))
  assert.deepEqual([invited.once, inConsole.kind], [true, 'form'])
  assert.match(JSON.stringify(inConsole.card), /sign\\\\-in\\\\#[\w-]+/)
  assert.ok(!JSON.stringify(await client.chatPost.findMany()).includes('/sign-in#'))
  assert.equal(await useSignInToken(client, clock, new URL(link).hash.slice(1)), bo.id)
  assert.deepEqual(
    refused.map(({ kind }) => kind),
    ['refused', 'refused', 'refused'],
  )
})

test('managers see who works with Duncan, up to which amount each decides alone and what each sees', async t => {
  const { client, type, eva, jan } = await aTeam(t)
  await client.staff.update({ where: { id: jan.id }, data: { amountLimit: 5000, administrations: ['HL'], mailboxes: ['debtors'] } })
  await client.roleLimit.create({ data: { role: 'collector', amount: 1000 } })

  const list = textOf(await type(eva, '/duncan staff'))

  assert.match(list, /\["Jan Willems \(@jan\)","collector","€5,000\.00","HL, debtors"\]/)
  assert.match(list, /\["Bo Smit \(@bo\)","collector","€1,000\.00","everything"\]/)
  assert.equal((await type(jan, '/duncan staff')).kind, 'refused')
})

test('who comes back finds what was decided for them and what is open, also days later, until they dismiss it', async t => {
  const { client, clock, chat, type, jan, bo, url, link } = await aTeam(t)
  const mailbox = await client.mailbox.findFirstOrThrow()
  const message = { mailboxId: mailbox.id, size: 1, direction: 'in', receivedAt: new Date('2026-03-02') }
  const aProposal = async (id: number, status: string) => {
    const { id: messageId } = await client.message.create({ data: { ...message, rawHash: String(id) } })
    await client.proposal.create({ data: { id, messageId, mailboxId: mailbox.id, summary: 'x', status, ownerId: jan.id } })
  }
  await aProposal(12, 'open')
  await aProposal(13, 'approved')
  await type(jan, '/duncan cover @bo until 2026-03-03')
  await client.decision.create({ data: { proposalId: 13, kind: 'approve', staffId: bo.id, surface: 'console', createdAt: new Date('2026-03-03T10:00:00Z') } })
  const { id: administrationId } = (await client.administration.findFirst()) ?? (await client.administration.create({ data: { code: 'ZZ', name: 'Zuid BV' } }))
  const debtor = await client.debtor.create({ data: { administrationId, number: 'Z9', name: 'Zilver', searchName: 'zilver', collector: jan.key } })
  await client.task.create({ data: { title: 'Ask', assigneeId: jan.id } })
  const reminder = { kind: 'dunning', actionId: 0, template: 'reminder_first', invoiceIds: [], mail: null }
  const why = { code: 'dunning_step', workflow: 'Standard', step: 'first', daysLate: 3, open: [] }
  const decided = { decidedById: bo.id, decidedAt: new Date('2026-03-03T10:00:00Z'), status: 'done', surface: 'console' }
  await client.debtorEntry.create({ data: { debtorId: debtor.id, kind: 'dunning', payload: reminder, formKey: 'x', why, ...decided } })
  const { id } = await client.staffAbsence.findFirstOrThrow()

  const fixed = clock as typeof clock & { set: (at: string) => void }
  fixed.set('2026-03-04T07:00:00Z')
  await chat.postHandBack(id)
  await chat.postHandBack(id)
  fixed.set('2026-03-09T07:00:00Z')
  const browser = createConsoleClient(url)
  await browser.signIn(await link(jan))
  const { body } = await browser.get('/channels/debtors/posts')

  const mine = body.posts.filter((post: { subject: string }) => post.subject.startsWith('handback:'))
  assert.equal(mine.length, 1)
  const text = JSON.stringify(mine[0])
  assert.match(text, /Welcome back, Jan Willems/)
  assert.match(text, /Decided for you: 1/)
  assert.match(text, /Still open: 1/)
  assert.match(text, /Reminders and other entries decided or entered for you: 1.*approved by Bo Smit/)
  assert.match(text, /All that waits \(2\)/)
  assert.equal((await browser.call('DELETE', `/posts/${mine[0].id}`)).status, 204)
})
