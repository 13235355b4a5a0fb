import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { ProposalView } from '#proposals'
import { proposalVersion } from '../../src/chat/cards/proposal-version.ts'
import { aLedger } from '../search/ledger.ts'
import { startConsole } from './console/start-console.ts'
import { approved, aReply, aView } from './views.ts'

async function aCard(t: TestContext, change: Partial<ProposalView> = {}, who: 'jan' | 'vic' = 'jan') {
  const started = await startConsole(t, [aView({ id: 12, ...change })])
  const { chat, client } = started
  const shown = async () => {
    const { card } = await client.chatPost.findFirstOrThrow({ where: { subject: 'proposal:12' } })
    return card as unknown as { status: { text: string }; buttons: { data: Record<string, string> }[]; more: { data: Record<string, string> }[] }
  }
  const press = async (action: string, values: Record<string, string> = {}, data: Record<string, string> = {}) => {
    const { buttons, more } = await shown()
    const version = [...buttons, ...more].find(button => button.data.version)?.data
    return chat.click({ staff: started[who], surface: 'console', action, data: { ...version, ...data }, values })
  }
  return { ...started, press, shown }
}

test('an edited approval carries the changes of text and facts, and its card says that it was edited', async t => {
  const { press, proposals, shown } = await aCard(t)

  const outcome = await press('proposal.approve_edited', {
    'tick.1': 'true',
    'tick.2': 'true',
    'edit.2.text': 'Dear Petra,\n\nThank you.',
    'edit.1.promisedOn': '2026-03-09',
  })

  assert.equal(outcome.kind, 'done')
  assert.deepEqual(proposals.requests[0], {
    kind: 'approve',
    ticked: [1, 2],
    edits: [
      { actionId: 1, promisedOn: '2026-03-09' },
      { actionId: 2, text: 'Dear Petra,\n\nThank you.' },
    ],
    version: proposalVersion(aView({ id: 12 })),
    proposalId: 12,
    staffId: proposals.requests[0]?.staffId,
    surface: 'console',
  })
  assert.ok(JSON.stringify(await shown()).includes('Approved by Jan Willems, 14:03, edited'))
})

test('the edit form offers as recipients the sender and verified contacts that mail still reaches, nobody else', async t => {
  const { client, press, proposals } = await aCard(t)
  const { debtors } = await aLedger(client, ['A', 'B'])
  const debtorId = debtors[0]?.id ?? 0
  proposals.views.set(12, aView({ id: 12, debtor: { ...aView().debtor!, id: debtorId } }))
  await client.contact.createMany({
    data: [
      { debtorId, email: 'finance@visser.example' },
      { debtorId, email: 'gone@visser.example', emailStatus: 'bounced' },
      { debtorId, email: 'new@visser.example', verified: false },
      { debtorId: debtors[1]?.id ?? 0, email: 'other@else.example' },
    ],
  })
  await press('proposal.approve') // the card was drawn for another debtor: refused, and drawn anew

  const outcome = await press('proposal.edit')

  assert.ok(outcome.kind === 'form')
  const choice = outcome.card.elements.flatMap(element =>
    element.type === 'field' && element.field.type === 'choice' && !element.field.id.includes('tone') ? element.field.options : [],
  )
  assert.deepEqual(
    choice.map(({ value }) => value),
    ['p.visser@visserinstallatie.example', 'finance@visser.example'],
  )
  assert.deepEqual(proposals.requests, [])
})

test('rejecting asks for a reason, snoozing for a day ahead, reassigning for a colleague who may decide', async t => {
  const { press, proposals, jan, eva } = await aCard(t)
  const forms = [await press('proposal.reject'), await press('proposal.snooze'), await press('proposal.reassign')]
  const owners = forms
    .flatMap(form => (form.kind === 'form' ? form.card.elements : []))
    .flatMap(element => (element.type === 'field' && element.field.type === 'choice' ? element.field.options : []))

  const refused = [
    await press('proposal.reject_for', { reason: '  ' }),
    await press('proposal.snooze_until', { day: '2026-03-02' }),
    await press('proposal.snooze_until', { day: 'soon' }),
  ]
  await press('proposal.reassign_to', { owner: String(eva.id) })
  await press('proposal.snooze_until', { day: '2026-03-30' })

  assert.deepEqual(
    forms.map(({ kind }) => kind),
    ['form', 'form', 'form'],
  )
  assert.deepEqual(
    owners.map(({ value }) => Number(value)),
    [eva.id, jan.id],
  )
  assert.deepEqual(
    refused.map(({ kind }) => kind),
    ['refused', 'refused', 'refused'],
  )
  assert.deepEqual(
    proposals.requests.map(request => [request.kind, 'ownerId' in request ? request.ownerId : 'until' in request ? request.until.toISOString() : '']),
    [
      ['reassign', eva.id],
      ['snooze', '2026-03-30T06:00:00.000Z'], // eight in the morning, in summer time
    ],
  )
})

test('linking asks for a debtor, offers every hit, and carries the choice', async t => {
  const { client, press, proposals } = await aCard(t)
  const { debtors } = await aLedger(client, ['Visser A', 'Visser B'])

  const form = await press('proposal.link')
  const hits = await press('proposal.link', { query: 'visser' })
  await press('proposal.link_to', {}, { debtor: String(debtors[1]?.id) })

  assert.equal(form.kind, 'form')
  assert.ok(hits.kind === 'form')
  assert.deepEqual(
    hits.card.elements.flatMap(element => (element.type === 'pick' ? [element.text] : [])),
    ['Visser A', 'Visser B'],
  )
  assert.deepEqual(
    proposals.requests.map(request => request.kind === 'link' && request.debtorId),
    [debtors[1]?.id],
  )
})

test('undo, lifting a protection and settling an unknown send reach the right action, once', async t => {
  const { press, proposals } = await aCard(t, { ...approved(), undoUntil: new Date('2026-03-02T13:05:00Z'), actions: [aReply({ status: 'unknown' })] })

  await press('action.give_up', {}, { action: '2' })
  await press('action.send_again', {}, { action: '2' })
  await press('action.it_left', {}, { action: '2' })
  await press('action.undo', {}, { action: '2' })
  const foreign = await press('action.it_left', {}, { action: '999' })
  await press('proposal.undo')

  assert.deepEqual(proposals.settled, [
    { actionId: 2, verdict: 'give_up' },
    { actionId: 2, verdict: 'resend' },
    { actionId: 2, verdict: 'sent' },
  ])
  assert.deepEqual(proposals.undone, [2])
  assert.equal(foreign.kind, 'refused')
  assert.deepEqual(
    proposals.requests.map(({ kind }) => kind),
    ['undo'],
  )
})

test('an approval without a tick, a button that nobody knows and a proposal that is gone are answered in words', async t => {
  const { press, proposals } = await aCard(t)

  const answers = [
    await press('proposal.approve', { 'tick.1': 'false', 'tick.2': 'false' }),
    await press('proposal.explode'),
    await press('proposal.approve', {}, { proposal: '77' }),
  ]

  assert.deepEqual(
    answers.map(answer => answer.kind === 'refused' && answer.message),
    ['Nothing is ticked. Tick at least one action, or reject the proposal.', 'This card is no longer there.', 'This card is no longer there.'],
  )
  assert.deepEqual(proposals.requests, [])
})

test('every button that decides is refused to a viewer', async t => {
  const { press, proposals } = await aCard(t, {}, 'vic')
  const deciding = [
    'approve',
    'edit',
    'approve_edited',
    'save_edited',
    'reject',
    'reject_for',
    'snooze',
    'snooze_until',
    'reassign',
    'reassign_to',
    'link',
    'link_to',
    'undo',
  ]

  for (const name of deciding) assert.equal((await press(`proposal.${name}`, { reason: 'x' })).kind, 'refused', name)
  for (const name of ['undo', 'it_left', 'send_again', 'give_up']) assert.equal((await press(`action.${name}`, {}, { action: '1' })).kind, 'refused', name)
  assert.deepEqual([proposals.requests, proposals.undone, proposals.settled], [[], [], []])
})
