import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLinkCode } from '../../../src/chat/platforms/accounts.ts'
import { aLedger } from '../../search/ledger.ts'
import type { Block } from '../../support/slack-emulator.ts'
import { aView } from '../views.ts'
import { startSlackWorld } from './slack-world.ts'

const says = (text: string) => (value: unknown) => JSON.stringify(value ?? '').includes(text)

test('a command is acknowledged before it is worked on, and only its asker sees the answer', async t => {
  const gate = Promise.withResolvers<void>()
  const { client, driver, user, slack } = await startSlackWorld(t, [], {
    desk: desk => ({ command: command => gate.promise.then(() => desk.command(command)) }),
  })
  await aLedger(client, ['Visser Installatie BV', 'Visser & Zonen NV'])

  const acknowledged = await driver.command(user.jan, '/debtor', 'visser')
  assert.equal(acknowledged.status, 200)
  assert.equal(acknowledged.text, '')
  gate.resolve()

  const picker = await driver.wasShown(says('Which one?'))
  assert.equal(picker.response_type, 'ephemeral')
  assert.equal(picker.replace_original, false)
  await driver.press(user.jan, { channel: slack.channel, ts: '9.9', blocks: picker.blocks ?? [], ephemeral: true }, 'Choose')
  const chosen = await driver.wasShown(({ replace_original }) => replace_original === true)
  assert.ok(says('Visser & Zonen NV')(chosen.blocks), 'the choice takes the place of the picker')
  assert.equal(slack.callsOf('chat.postMessage').length, 0)
})

test('where Slack takes no more answers at its address, the asker gets them in the channel, else in their own conversation', async t => {
  const { driver, user, slack } = await startSlackWorld(t)
  driver.closeResponses()

  await driver.command(user.jan, '/duncan', 'help')
  const whispered = await slack.called('chat.postEphemeral', says('/debtor'))
  assert.equal(whispered.params.user, user.jan)
  slack.fail('chat.postEphemeral', { kind: 'error', error: 'not_in_channel' })
  await driver.command(user.jan, '/actions', '')

  const own = await slack.called('chat.postMessage', ({ channel }) => String(channel).startsWith('D'))
  assert.ok(says('Nothing')(own.params))
})

test('a stranger is told how to link; the code from the console links once', async t => {
  const { client, clock, driver, user, staff } = await startSlackWorld(t)
  await client.chatAccount.deleteMany({ where: { staffId: staff.jan.id } })
  const code = await createLinkCode({ client, clock }, staff.jan.id)

  await driver.command(user.stranger, '/actions', '')
  await driver.wasShown(says('/duncan link'))
  await driver.command(user.jan, '/duncan', 'link')
  await driver.wasShown(says('Type the code'))
  await driver.command(user.jan, '/duncan', `link ${code}`)

  await driver.wasShown(says('Jan Willems'))
  driver.shown.length = 0
  await driver.command(user.jan, '/actions', '')
  await driver.wasShown(says('Nothing'))
  await driver.command(user.stranger, '/duncan', `link ${code}`)
  await driver.wasShown(said => !says('Nothing')(said))
  assert.equal(await client.chatAccount.count({ where: { userId: user.stranger } }), 0)
})

test('an address that Slack confirmed links where the settings say so; one that it did not confirm never does', async t => {
  const { client, driver, user, slack } = await startSlackWorld(t, [], { linksByEmail: true })
  await client.chatAccount.deleteMany()

  await driver.command(user.jan, '/actions', '')
  await driver.wasShown(says('/duncan link'))
  slack.confirmEmail('jan')
  await driver.command(user.jan, '/actions', '')

  await driver.wasShown(says('Nothing'))
  assert.deepEqual(await client.chatAccount.findMany({ select: { userId: true, proof: true } }), [{ userId: user.jan, proof: 'email' }])
})

test('Duncan is asked by name in a channel, in a thread, and without a name in a conversation of one’s own', async t => {
  const { client, driver, user, slack } = await startSlackWorld(t)
  await aLedger(client, ['Visser Installatie BV'])
  const mention = { type: 'app_mention', user: user.jan, text: `<@${slack.bot}> /debtor 10001`, ts: '5.1', channel: slack.channel, thread_ts: '4.1' }

  await driver.event(mention)
  const inThread = await slack.called('chat.postEphemeral', says('Visser Installatie BV'))
  assert.equal(inThread.params.thread_ts, '4.1')
  await driver.event({ type: 'message', channel_type: 'im', user: user.jan, text: '/debtor 10001', ts: '6.1', channel: 'D0OWN' })

  await slack.called('chat.postMessage', ({ channel }) => channel === 'D0OWN')
  const known = await client.chatConversation.findFirstOrThrow({ where: { conversation: 'D0OWN' } })
  assert.deepEqual([known.userId, known.workspace], [user.jan, slack.team])
})

test('an event that comes twice is worked on once, and is not asked for again', async t => {
  const { driver, user, slack } = await startSlackWorld(t)
  const event = { type: 'app_mention', user: user.jan, text: `<@${slack.bot}> help`, ts: '5.1', channel: slack.channel }

  const first = await driver.event(event, { id: 'Ev7' })
  await slack.called('chat.postEphemeral')
  const again = await driver.event(event, { id: 'Ev7', headers: { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' } })
  await driver.event({ ...event, text: `<@${slack.bot}> /actions` }, { id: 'Ev8' })
  await slack.called('chat.postEphemeral', says('Nothing'))

  assert.deepEqual([first.status, again.status, again.headers.get('x-slack-no-retry')], [200, 200, '1'])
  assert.equal(slack.callsOf('chat.postEphemeral').length, 2)
})

test('talk in the thread of a card is kept with it and never a command; other talk, bots and changes are nobody’s business', async t => {
  const asked: string[] = []
  const { client, driver, user, slack, cardSaying } = await startSlackWorld(t, [aView({ id: 12 })], {
    desk: desk => ({
      command: command => {
        asked.push(command.text)
        return desk.command(command)
      },
    }),
  })
  const card = await cardSaying('Approve and send')
  const message = { type: 'message', channel_type: 'channel', channel: slack.channel, user: user.jan, ts: '8.1', thread_ts: card.ts }
  await driver.event({ ...message, text: 'send the reply &amp; call <@' + user.anna + '>' })
  for (const other of [
    { ...message, ts: '8.2', text: 'elsewhere', thread_ts: '1.1' },
    { ...message, ts: '8.3', text: 'in the channel', thread_ts: undefined },
    { ...message, ts: '8.4', text: 'a bot', bot_id: 'B1' },
    { ...message, ts: '8.5', text: 'changed', subtype: 'message_changed' },
    { ...message, ts: '8.6', text: 'of another company', team: 'T0ELSEWHERE' },
    { ...message, ts: '8.7', text: 'not linked', user: user.stranger },
  ])
    await driver.event(other)
  await driver.event({ type: 'app_mention', user: user.jan, text: `<@${slack.bot}> help`, ts: '8.8', channel: slack.channel })
  await slack.called('chat.postEphemeral')

  const talk = await client.chatPost.findMany({ where: { subject: 'talk' } })
  assert.equal(talk.length, 1)
  assert.ok(says('send the reply & call @anna')(talk[0]?.card))
  assert.deepEqual(asked, ['help'])
  assert.equal(
    (await slack.thread(slack.channel, card.ts)).filter(({ text }) => text.includes('send the reply')).length,
    0,
    'it is not said again where it was said',
  )
})

test('the home tab shows a person their own page, and their settings open from it', async t => {
  const { driver, user, slack } = await startSlackWorld(t)

  await driver.event({ type: 'app_home_opened', user: user.jan, channel: 'D0OWN', tab: 'home' })
  const { params } = await slack.called('views.publish')
  const view = params.view as { type: 'home'; blocks: Block[] }
  assert.ok(says('Jan Willems')(view.blocks))
  const labels = view.blocks.flatMap(({ elements = [] }) => elements.map(element => element.text?.text ?? ''))
  await driver.pressInView(user.jan, { ...view, id: 'V1', callback_id: 'home' }, labels.at(-1) ?? '')

  const form = await slack.called('views.update')
  assert.ok((form.params.view as { submit?: object }).submit, 'a form to send')
  const opened = form.answer?.view as { id: string; type: 'modal'; callback_id: string; private_metadata: string; blocks: Block[] }
  const saved = await driver.submit(user.jan, opened)
  assert.equal(saved.status, 200)
  await driver.event({ type: 'app_home_opened', user: user.stranger, channel: 'D0ELSE', tab: 'home' })
  await slack.called('views.publish', published => published.user_id === user.stranger && says('/duncan link')(published.view))
})

test('a message is sent to Duncan as a command, and linked to a debtor by its card or by what it says', async t => {
  const { client, driver, user, slack, cardSaying } = await startSlackWorld(t, [aView({ id: 12 })])
  await aLedger(client, ['Visser Installatie BV'])
  const card = await cardSaying('Approve and send')

  await driver.shortcut(user.jan, 'send_to_duncan', { channel: slack.channel, ts: '7.1', text: '/debtor 10001' })
  await driver.wasShown(says('Visser Installatie BV'))
  driver.shown.length = 0
  await driver.shortcut(user.jan, 'link_to_debtor', { channel: slack.channel, ts: '7.2', text: '10001' })
  await driver.wasShown(says('Visser Installatie BV'))
  await driver.shortcut(user.jan, 'link_to_debtor', { channel: slack.channel, ts: card.ts, text: 'card', blocks: card.blocks })

  await slack.called('views.update', says('Link to a debtor'))
  // A message of somebody else's that looks like a card of Duncan's is what it says, and leads to no card.
  driver.shown.length = 0
  const opened = slack.callsOf('views.open').length
  await driver.shortcut(user.jan, 'link_to_debtor', { channel: slack.channel, ts: '7.3', text: '10001', blocks: card.blocks })
  await driver.wasShown(says('Visser Installatie BV'))
  assert.equal(slack.callsOf('views.open').length, opened)
})

test('a command or click that somebody sends again with its signature is done once', async t => {
  const { client, driver, user, slack } = await startSlackWorld(t)
  await aLedger(client, ['Visser Installatie BV'])
  const command = () => driver.command(user.jan, '/debtor', '10001', { trigger_id: '1.2.once' })

  const [first, again] = [await command(), await command()]
  await driver.wasShown(says('Visser Installatie BV'))
  await driver.command(user.jan, '/debtor', 'nobody at all')
  await driver.wasShown(says('nobody at all'))

  assert.deepEqual([first.status, again.status], [200, 200])
  assert.equal(driver.shown.filter(says('Visser Installatie BV')).length, 1)
  assert.equal(await client.chatDelivery.count({ where: { platform: 'slack', deliveryId: 'trigger 1.2.once' } }), 1)
  assert.equal(slack.callsOf('chat.postMessage').length, 0)
})

test('what is not signed with the secret, or too long ago, is refused; another company is told why nothing happens', async t => {
  const { driver, user, slack, url } = await startSlackWorld(t)
  const now = Math.floor(Date.now() / 1000)

  assert.equal((await driver.command(user.jan, '/actions', '', {}, { secret: 'guessed-secret' })).status, 401)
  assert.equal((await driver.command(user.jan, '/actions', '', {}, { at: now - 360 })).status, 401)
  assert.equal((await fetch(`${url}/slack/events`, { method: 'POST', body: 'command=/actions' })).status, 401)
  const foreign = await driver.command(user.jan, '/actions', '', { team_id: 'T0ELSEWHERE' })
  assert.match(foreign.json?.text ?? '', /members of the workspace/)
  assert.equal((await driver.raw('{"type":"url_verification","challenge":"c1"}', 'application/json')).text, '{"challenge":"c1"}')
  assert.deepEqual(driver.shown, [])
  assert.equal(slack.callsOf('users.info').length, 0)
})

test('when somebody joins a channel its cards are drawn for its readers of now', async t => {
  const { driver, slack, user, cardSaying } = await startSlackWorld(t, [aView({ id: 12 })])
  await cardSaying('Thank you for your message')
  slack.readBy(user.anna, user.jan, user.vic, user.stranger)

  await driver.event({ type: 'member_joined_channel', user: user.stranger, channel: slack.channel, team: 'T0ELSEWHERE' })

  const after = await slack.called('chat.update')
  assert.ok(!says('Thank you for your message')(after.params.blocks), 'no words of a mail')
})
