import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import express from 'express'
import { ensureStaff, type Staff } from '#people'
import { createLog, createOps, fixedClock, silentLog } from '#platform'
import type { ProposalView } from '#proposals'
import { createChat } from '../../../src/chat/chat.ts'
import { chatKind } from '../../../src/chat/platforms/chat-kind.ts'
import { createDesk } from '../../../src/chat/platforms/create-desk.ts'
import { createDelivery } from '../../../src/chat/platforms/delivery.ts'
import type { Desk } from '../../../src/chat/platforms/desk.ts'
import type { ChatPlatform } from '../../../src/chat/platforms/platform.ts'
import { plainCard, shownCard } from '../../../src/chat/platforms/shown-card.ts'
import { createSlack } from '../../../src/chat/slack/slack.ts'
import { wordsOf } from '../../../src/chat/words/index.ts'
import { createTestDatabase } from '../../support/database.ts'
import { signingSecret, startDriver } from '../../support/slack-driver.ts'
import { type SlackMessage, startSlack } from '../../support/slack-emulator.ts'
import { chatSettings } from '../chat-settings.ts'
import { fakeProposals } from '../fake-proposals.ts'
import { atOnce } from '../platforms/recorded-platform.ts'

type Options = { linksByEmail?: boolean; desk?: (desk: Desk) => Partial<Desk>; delivers?: boolean }

/**
 * Duncan's chat with its desk and delivery on a database, on Slack's emulator: Anna (admin) and Jan (collector) are linked, Vic (viewer,
 * French) is linked, "stranger" is nobody. The channel "debtors" stands in the Slack channel #collections.
 */
export async function startSlackWorld(t: TestContext, views: ProposalView[] = [], { linksByEmail = false, desk: change, delivers = true }: Options = {}) {
  const database = await createTestDatabase(t)
  const { client } = database
  const hooks: (() => unknown)[] = []
  const after = { after: (hook: () => unknown) => void hooks.unshift(hook) }
  t.after(async () => {
    for (const hook of hooks) await hook()
  })
  const slack = await startSlack(after)
  slack.readBy(...['anna', 'jan', 'vic'].map(slack.userOf))
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const log = process.env.DUNCAN_TEST_LOG ? createLog(process.env.DUNCAN_TEST_LOG, false) : silentLog
  const anna = await ensureStaff(client, { key: 'anna', name: 'Anna Bos', email: 'anna@creditor.example', role: 'admin' })
  const jan = await ensureStaff(client, { key: 'jan', name: 'Jan Willems', email: 'jan@creditor.example', role: 'collector' })
  const vic = await ensureStaff(client, { key: 'vic', name: 'Vic Moreau', email: 'vic@creditor.example', role: 'viewer', language: 'fr' })
  const link = (staff: Staff, name: string) =>
    client.chatAccount.create({ data: { platform: 'slack', workspace: slack.team, userId: slack.userOf(name), staffId: staff.id, proof: 'code' } })
  for (const [staff, name] of [
    [anna, 'anna'],
    [jan, 'jan'],
    [vic, 'vic'],
  ] as const)
    await link(staff, name)
  const channels = { debtors: slack.channel, ops: slack.channel }
  await client.$transaction(tx => chatKind.project?.(tx, chatKind.schema.parse({ slack: { workspace: slack.team, channels } })) ?? Promise.resolve())

  const names = new Map([anna, jan, vic].map(({ id, name }) => [id, name]))
  const proposals = fakeProposals(
    views,
    id => names.get(id) ?? '?',
    () => new Date(clock.now().epochMilliseconds),
  )
  const chat = createChat({ client, clock, proposals, ...chatSettings })
  let platform: ChatPlatform | undefined
  const real = createDesk({ client, clock, chat, platform: () => platform, linksByEmail: () => linksByEmail })
  const desk: Desk = { ...real, ...change?.(real) }

  const web = express()
  const settings = { botToken: slack.botToken, signingSecret, appToken: undefined, team: slack.team, apiUrl: slack.apiUrl }
  const publicUrl = 'https://duncan.example'
  const connection = await createSlack({ settings, desk, log, web, publicUrl, language: 'en', requestMs: 2000 })
  platform = connection.platform
  const server = web.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  after.after(async () => {
    server.close()
    server.closeAllConnections()
    await connection.stop()
  })
  const driver = await startDriver(after, url, slack)

  const said = { client, clock, words: wordsOf('en'), publicUrl }
  const alerts: string[] = []
  const ops = createOps(client, { send: async () => undefined })
  const raise: typeof ops.raise = async alert => {
    alerts.push(alert.problem)
    await ops.raise(alert)
  }
  const delivery = createDelivery({
    client,
    url: database.url,
    log,
    ops: { raise, resolve: ops.resolve },
    platforms: [connection.platform],
    clock,
    pace: atOnce,
    backoffMs: 1,
    cardFor: (on, post, place) => shownCard(said, on, post, place),
    plainCard: card => plainCard(said, card),
  })
  if (delivers) {
    delivery.start()
    after.after(delivery.stop)
  }
  for (const { id } of views) await chat.postProposal(id)

  /** The message of a proposal's card, once it stands and says this. */
  async function cardSaying(text: string): Promise<Where> {
    const fits = (params: Record<string, unknown>) => JSON.stringify(params.blocks ?? '').includes(text)
    await Promise.race([slack.called('chat.postMessage', fits), slack.called('chat.update', fits)])
    const messages = await slack.history(slack.channel)
    const message = messages.find(({ blocks }) => JSON.stringify(blocks ?? '').includes(text))
    if (!message) throw new Error(`no message says ${text}`)
    return { channel: slack.channel, ...message }
  }

  const user = { anna: slack.userOf('anna'), jan: slack.userOf('jan'), vic: slack.userOf('vic'), stranger: slack.userOf('stranger') }
  return { database, client, clock, slack, driver, desk, chat, proposals, connection, alerts, delivery, url, user, staff: { anna, jan, vic }, cardSaying, link }
}

type Where = SlackMessage & { channel: string }
