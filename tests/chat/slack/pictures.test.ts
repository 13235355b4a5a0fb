import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { createBlobs, silentLog } from '#platform'
import { cardSchema } from '../../../src/chat/card.ts'
import { createPictureReader } from '../../../src/chat/pictures.ts'
import { letPicturesGo } from '../../../src/chat/platforms/let-pictures-go.ts'
import { showPictures } from '../../../src/chat/platforms/show-pictures.ts'
import { slackClient } from '../../../src/chat/slack/client.ts'
import { createSlackPlatform } from '../../../src/chat/slack/platform.ts'
import { createTeamsPlatform } from '../../../src/chat/teams/platform.ts'
import { wordsOf } from '../../../src/chat/words/index.ts'
import { createTestDatabase } from '../../support/database.ts'
import { type Block, startSlack } from '../../support/slack-emulator.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(600, 1)])
const render = { words: wordsOf('en').platforms, publicUrl: 'https://duncan.example' }

/** A mail with a picture of a pallet, its card, and the platform that shows it. */
async function aMailWithPicture(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const slack = await startSlack(t)
  const blobs = createBlobs(temporaryFolder(t))
  const head = 'Subject: Damaged\r\nMIME-Version: 1.0\r\nContent-Type: image/png; name="pallet.png"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
  const { hash: rawHash } = await blobs.put(Buffer.from(`${head}${png.toString('base64')}\r\n`))
  await client.mailbox.create({ data: { id: 1, key: 'debtors', kind: 'imap', address: 'debtors@creditor.example', startAt: new Date(0) } })
  const attachment = { fileName: 'pallet.png', contentType: 'image/png', size: png.length, hash: createHash('sha256').update(png).digest('hex') }
  const mail = { mailboxId: 1, rawHash, size: 1, direction: 'in', receivedAt: new Date(), attachments: { create: [attachment] } }
  const { attachments } = await client.message.create({ data: mail, include: { attachments: true } })
  const source = { of: 'message' as const, attachmentId: attachments[0]?.id ?? 0 }
  const points = [{ label: '1–30', values: [{ value: '5', text: '€5' }] }]
  const card = cardSchema.parse({
    title: 'Damaged goods',
    elements: [
      { type: 'chart', title: 'Open by age', series: ['Open'], points },
      { type: 'image', alt: 'Picture in the mail: pallet.png', name: 'pallet.png', note: '1 kB', source },
    ],
    fallback: 'x',
  })
  const settings = { botToken: slack.botToken, signingSecret: 'test-signing-secret', appToken: undefined, team: slack.team, apiUrl: slack.apiUrl }
  const platform = createSlackPlatform({ client: slackClient(settings, silentLog), render, team: slack.team, settleMs: 1 })
  const show = (on = platform) => showPictures({ client, log: silentLog, readPicture: createPictureReader({ client, blobs }) }, on, card)
  const place = { conversation: slack.channel, reference: {}, replyTo: '1.1' }
  const post = async () => {
    const [page] = await platform.draw(place, await show(), '1.1')
    await platform.post(place, page, '1.1')
    return (slack.callsOf('chat.postMessage').at(-1)?.params.blocks ?? []) as Block[]
  }
  return { client, slack, platform, show, post, source }
}

const kindsOf = (blocks: Block[]): string[] => blocks.map(({ type }) => type)

test('a picture of a mail is given to Slack once, to nobody’s sight, and stands in the message of its card', async t => {
  const { client, slack, post } = await aMailWithPicture(t)

  const [first, second] = [await post(), await post()]

  const [given] = await client.chatPicture.findMany()
  const [complete] = slack.callsOf('files.completeUploadExternal')
  assert.equal(slack.callsOf('files.completeUploadExternal').length, 1)
  assert.equal(complete?.params.channel_id, undefined, 'the file stands in no channel by itself')
  for (const blocks of [first, second]) {
    const picture = blocks.find(({ type }) => type === 'image') as unknown as { slack_file: { id: string }; alt_text: string }
    assert.deepEqual([picture.slack_file.id, picture.alt_text], [given?.externalId, 'Picture in the mail: pallet.png'])
    assert.match(JSON.stringify(blocks), /duncan\.example\/api\/files\/attachments\//)
  }
})

test('where Slack takes no picture or chart the card says the same in words, with a link to the file', async t => {
  const { slack, post } = await aMailWithPicture(t)
  slack.fail('files.getUploadURLExternal', { kind: 'error', error: 'missing_scope' })
  const linked = await post()
  slack.fail('chat.postMessage', { kind: 'error', error: 'invalid_blocks' })
  const told = await post()

  assert.deepEqual(
    kindsOf(linked).filter(type => type === 'image' || type === 'data_visualization'),
    ['data_visualization'],
  )
  assert.deepEqual(
    kindsOf(told).filter(type => type !== 'rich_text'),
    [],
  )
  for (const text of ['Damaged goods', 'Open by age', '€5', 'pallet.png']) assert.ok(JSON.stringify(told).includes(text), text)
  slack.fail('chat.postMessage', { kind: 'error', error: 'not_in_channel' })
  await assert.rejects(post(), /not_in_channel/)
})

test('a picture that is no picture, or was let go, stays a link; Teams holds a small one in the card itself', async t => {
  const { client, show, source } = await aMailWithPicture(t)
  const teams = createTeamsPlatform({ conversations: () => assert.fail('nothing is asked'), clientId: 'c', tenant: 't', render })
  const shownOf = async (card: ReturnType<typeof show>) => (await card).elements.flatMap(element => (element.type === 'image' ? [element.shown] : []))

  const inCard = await shownOf(show(teams))
  await client.message.updateMany({ data: { rawDeletedAt: new Date() } })
  const letGo = await shownOf(show(teams))
  await client.message.updateMany({ data: { rawDeletedAt: null } })
  await client.attachment.update({ where: { id: source.attachmentId }, data: { contentType: 'text/html' } })

  assert.deepEqual([inCard, letGo, await shownOf(show())], [[`data:image/png;base64,${png.toString('base64')}`], [undefined], [undefined]])
  assert.equal(await client.chatPicture.count(), 0)
})

test('when retention lets a mail go its picture is taken back from Slack, once, and again the next night where that fails', async t => {
  const { client, slack, platform, post } = await aMailWithPicture(t)
  const deps = { client, log: silentLog }
  await post()
  await letPicturesGo(deps, platform)
  const kept = await client.chatPicture.findFirst()

  await client.message.updateMany({ data: { rawDeletedAt: new Date() } })
  slack.fail('files.delete', { kind: 'error', error: 'internal_error' }, { kind: 'error', error: 'file_deleted' })
  await letPicturesGo(deps, platform)
  const failed = await client.chatPicture.count()
  await letPicturesGo(deps, platform)

  assert.deepEqual(
    slack.callsOf('files.delete').map(({ params }) => params.file),
    [kept?.externalId, kept?.externalId],
  )
  assert.deepEqual([failed, await client.chatPicture.count()], [1, 0])
})
