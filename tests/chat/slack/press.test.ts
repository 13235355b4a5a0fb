import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { eventually } from '../../support/app.ts'
import type { Block } from '../../support/slack-emulator.ts'
import { aView } from '../views.ts'
import { startSlackWorld } from './slack-world.ts'

const says = (text: string) => (value: unknown) => JSON.stringify(value ?? '').includes(text)
type View = { id: string; type: 'modal'; callback_id: string; private_metadata: string; blocks: Block[] }
const inputs = (view: View) =>
  view.blocks.filter(({ type }) => type === 'input') as unknown as { block_id: string; element: { action_id: string; initial_value?: string } }[]

test('a card stands in its channel once, works while it is decided, and says in the same message who did it', async t => {
  const { slack, driver, user, cardSaying, proposals } = await startSlackWorld(t, [aView({ id: 12 })])
  const card = await cardSaying('Approve and send')

  const answer = await driver.press(user.jan, card, 'Approve and send')

  assert.equal(answer.status, 200)
  const after = await cardSaying('Approved by Jan Willems')
  assert.equal(after.ts, card.ts)
  assert.equal(proposals.requests.length, 1)
  assert.equal(proposals.requests[0]?.surface, 'slack')
  const [working, decided] = slack.callsOf('chat.update')
  assert.ok(says('Working…')(working?.params.blocks) && !says('Approve and send')(working?.params.blocks), 'the buttons go at once')
  assert.ok(says('Approved by Jan Willems')(decided?.params.blocks))
  assert.deepEqual(driver.shown, [], 'nobody is told of what they did themselves')
  assert.equal((await slack.history(slack.channel)).length, 1)
})

test('of two people who press at once one decides, the other is told in private, and the card is right', async t => {
  const rounds = [21, 22, 23]
  const views = rounds.map(id => aView({ id, message: { ...aView().message, subject: `Round ${id}` } }))
  const { slack, driver, user, cardSaying, proposals } = await startSlackWorld(t, views)

  for (const id of rounds) {
    const card = await cardSaying(`Round ${id}`)
    await Promise.all([driver.press(user.jan, card, 'Approve and send'), driver.press(user.anna, card, 'Approve and send')])
    await driver.wasShown(({ text = '' }) => text.startsWith('Already decided'))
    driver.shown.length = 0

    const winner = proposals.views.get(id)?.decidedBy?.name ?? '?'
    await eventually('the card is right', async () => {
      const shown = (await slack.history(slack.channel)).find(({ ts }) => ts === card.ts)?.blocks
      return (says(`Approved by ${winner}`)(shown) && !says('Working…')(shown)) || undefined
    })
    assert.equal(proposals.views.get(id)?.decisions.length, 1)
  }
})

test('the edit form opens filled in, keeps what was typed when it is refused, and approves as edited', async t => {
  const { slack, driver, user, cardSaying, proposals } = await startSlackWorld(t, [aView({ id: 12 })])
  const card = await cardSaying('Approve and send')

  await driver.press(user.jan, card, 'Edit')

  const opened = await slack.called('views.open')
  assert.ok(says('One moment…')(opened.params.view), 'it opens before it is made')
  const filled = await slack.called('views.update', says('Thank you for your message'))
  const view = filled.answer?.view as View
  const reply = inputs(view).find(({ element }) => element.initial_value?.startsWith('Dear Ms Visser'))
  const amount = inputs(view).find(({ element }) => element.action_id.endsWith('.amount'))
  assert.ok(reply && amount)
  const typed = (text: string, money: string) => ({
    [reply.block_id]: { [reply.element.action_id]: { type: 'plain_text_input', value: text } },
    [amount.block_id]: { [amount.element.action_id]: { type: 'plain_text_input', value: money } },
  })

  const refused = await driver.submit(user.jan, view, typed('Dear Petra', 'much'))
  assert.equal(refused.json?.response_action, 'errors')
  assert.match(JSON.stringify(refused.json?.errors), /That does not fit/)

  const taken = await driver.submit(user.jan, view, typed('Dear Petra', '1210.00'))
  assert.equal(taken.text, '', 'the form closes')
  await cardSaying('edited')
  const [request] = proposals.requests
  assert.deepEqual(request?.kind === 'approve' && request.edits, [{ actionId: 2, text: 'Dear Petra' }])
})

test('a form whose decision takes long says so within three seconds, and then what came of it; a button in it that is refused keeps it as it is', async t => {
  const gate = Promise.withResolvers<void>()
  const { slack, driver, user, cardSaying, proposals } = await startSlackWorld(t, [aView({ id: 12 })], {
    desk: desk => ({ click: click => (click.action === 'proposal.approve_edited' ? gate.promise.then(() => desk.click(click)) : desk.click(click)) }),
  })
  await driver.press(user.jan, await cardSaying('Approve and send'), 'Edit')
  const view = (await slack.called('views.update', says('Thank you for your message'))).answer?.view as View
  const amount = inputs(view).find(({ element }) => element.action_id.endsWith('.amount'))
  assert.ok(amount)

  await driver.pressInView(user.jan, view, 'Save', { [amount.block_id]: { [amount.element.action_id]: { type: 'plain_text_input', value: 'much' } } })
  const kept = await slack.called('views.update', says('That does not fit'))
  assert.deepEqual(inputs(kept.params.view as View), inputs(view))
  const late = await driver.submit(user.jan, view)
  assert.equal(late.json?.response_action, 'update')
  assert.ok(says('Working…')(late.json) && late.ms < 3000)
  gate.resolve()

  await slack.called('views.update', says('Done.'))
  assert.equal(proposals.requests.length, 1)
})

test('a click whose form can no longer open is told so, and decides nothing', async t => {
  const { slack, driver, user, cardSaying, proposals } = await startSlackWorld(t, [aView({ id: 12 })])
  const card = await cardSaying('Approve and send')
  const trigger = await slack.trigger(user.jan)
  await sleep(3100) // Slack's own three seconds, which no fact announces

  await driver.press(user.jan, card, 'Reject', { trigger })

  await driver.wasShown(({ text = '' }) => text.includes('could not be opened in time'))
  assert.equal(slack.callsOf('views.open').at(-1)?.answer?.error, 'expired_trigger_id')
  assert.equal(proposals.requests.length, 0)
})

test('ticks count as they stand when the button is pressed', async t => {
  const { driver, user, cardSaying, proposals } = await startSlackWorld(t, [aView({ id: 12 })])
  const card = await cardSaying('Approve and send')
  const ticks = card.blocks.flatMap(({ block_id = '', elements = [] }) =>
    elements.filter(({ type }) => type === 'checkboxes').map(({ action_id }) => ({ block_id, action_id })),
  )
  const state = Object.fromEntries(
    ticks.map(({ block_id, action_id }, index) => [block_id, { [action_id]: { type: 'checkboxes', selected_options: index === 0 ? [] : [{ value: 'on' }] } }]),
  )

  const tick = await driver.press(user.jan, card, 'Send the reply to p.visser@visserinstallatie.example', { state })
  await driver.press(user.jan, card, 'Approve and send', { state })

  await cardSaying('Approved by Jan Willems')
  assert.equal(tick.status, 200)
  assert.equal(ticks.length, 2)
  assert.deepEqual(
    proposals.requests.map(request => request.kind === 'approve' && request.ticked),
    [[2]],
  )
})

test('who may not decide, who is not linked and who is of another company are each told in private, and nothing changes', async t => {
  const { slack, driver, user, cardSaying, proposals } = await startSlackWorld(t, [aView({ id: 12 })])
  const card = await cardSaying('Approve and send')

  await driver.press(user.vic, card, 'Approve and send')
  await driver.wasShown(({ text = '' }) => text.includes('droit'))
  await driver.press(user.stranger, card, 'Approve and send')
  await driver.wasShown(({ text = '' }) => text.includes('/duncan link'))
  await driver.press(user.jan, card, 'Approve and send', { team: 'T0ELSEWHERE' })
  await driver.wasShown(({ text = '' }) => text.includes('members of the workspace'))

  assert.equal(proposals.requests.length, 0)
  const after = await slack.called('chat.update', params => !says('Working…')(params.blocks))
  assert.ok(says('Approve and send')(after.params.blocks), 'the buttons come back')
})

test('a card that has changed since is not decided on: the click is explained and the card drawn as it is', async t => {
  const { driver, user, cardSaying, proposals, chat } = await startSlackWorld(t, [aView({ id: 12 })])
  const card = await cardSaying('Approve and send')
  const [action] = aView().actions
  if (action) proposals.views.set(12, aView({ id: 12, actions: [action] }))

  await driver.press(user.jan, card, 'Approve and send')

  await driver.wasShown(({ text = '' }) => text.includes('has changed since'))
  assert.equal(proposals.requests.length, 0)
  await chat.postProposal(12)
})

test('what lies behind the menu answers in private, can be shared where all readers may see it, and says who shared it', async t => {
  const { slack, driver, user, cardSaying } = await startSlackWorld(t, [aView({ id: 12 })])
  const card = await cardSaying('Approve and send')

  await driver.press(user.jan, { ...card, thread_ts: card.ts }, 'Why?')
  const why = await driver.wasShown(says('Why proposal 12'))
  assert.equal(why.thread_ts, undefined, 'who looks at the channel sees it there, though the card has a thread')
  assert.equal(why.response_type, 'ephemeral')
  await driver.press(user.jan, { channel: slack.channel, ts: '9.9', blocks: why.blocks ?? [], ephemeral: true }, 'Share')

  const shared = await slack.called('chat.postMessage', ({ blocks }) => says('Why proposal 12')(blocks))
  assert.ok(says('Shared by Jan Willems')(shared.params.blocks))
})

test('a failure is told to the one who pressed, in their language', async t => {
  const { driver, user, cardSaying } = await startSlackWorld(t, [aView({ id: 12 })], {
    desk: () => ({ click: () => Promise.reject(new Error('the database is away')) }),
  })

  await driver.press(user.vic, await cardSaying('Approve and send'), 'Why?')

  await driver.wasShown(({ text = '' }) => text.includes('Cela a échoué'))
})
