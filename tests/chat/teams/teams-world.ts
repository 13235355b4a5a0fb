import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import express from 'express'
import type { z } from 'zod'
import { ensureStaff, type Staff } from '#people'
import { type Clock, createLog, createOps, type Database, fixedClock, silentLog } from '#platform'
import type { ProposalView } from '#proposals'
import { type Chat, createChat } from '../../../src/chat/chat.ts'
import { chatKind } from '../../../src/chat/platforms/chat-kind.ts'
import { createDesk } from '../../../src/chat/platforms/create-desk.ts'
import { createDelivery } from '../../../src/chat/platforms/delivery.ts'
import type { Desk } from '../../../src/chat/platforms/desk.ts'
import type { ChatPlatform } from '../../../src/chat/platforms/platform.ts'
import { plainCard, shownCard } from '../../../src/chat/platforms/shown-card.ts'
import { createTeams, type TeamsDeps } from '../../../src/chat/teams/teams.ts'
import { wordsOf } from '../../../src/chat/words/index.ts'
import { createTestDatabase } from '../../support/database.ts'
import { clientId, tenant } from '../../support/teams-connector.ts'
import { chatSettings } from '../chat-settings.ts'
import { fakeProposals } from '../fake-proposals.ts'
import { atOnce } from '../platforms/recorded-platform.ts'

export const channel = '19:collections@thread.tacv2'
export const people = {
  anna: 'aaaaaaaa-0000-4000-8000-000000000001',
  jan: 'aaaaaaaa-0000-4000-8000-000000000002',
  vic: 'aaaaaaaa-0000-4000-8000-000000000003',
  stranger: 'aaaaaaaa-0000-4000-8000-000000000009',
}

type Options = {
  peer?: TeamsDeps['peer']
  testConnector?: string
  desk?: (desk: Desk) => Partial<Desk>
  delivers?: boolean
  patienceMs?: number
  port?: number
}

/**
 * Duncan's chat with its desk and delivery on a database, beside a connector of Teams: Anna (admin), Jan (collector) and Vic (viewer,
 * French) are linked, "stranger" is nobody. The channel "debtors" stands in the Teams channel Collections.
 */
export async function startTeamsWorld(t: TestContext, views: ProposalView[], options: Options) {
  const database = await createTestDatabase(t)
  const { client } = database
  const hooks: (() => unknown)[] = []
  t.after(async () => {
    for (const hook of hooks) await hook()
  })
  const after = (hook: () => unknown) => void hooks.unshift(hook)
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const staff = {
    anna: await ensureStaff(client, { key: 'anna', name: 'Anna Bos', email: 'anna@creditor.example', role: 'admin' }),
    jan: await ensureStaff(client, { key: 'jan', name: 'Jan Willems', email: 'jan@creditor.example', role: 'collector' }),
    vic: await ensureStaff(client, { key: 'vic', name: 'Vic Moreau', email: 'vic@creditor.example', role: 'viewer', language: 'fr' }),
  }

  const names = new Map(Object.values(staff).map(({ id, name }: Staff) => [id, name]))
  const proposals = fakeProposals(
    views,
    id => names.get(id) ?? '?',
    () => new Date(clock.now().epochMilliseconds),
  )
  const chat = createChat({ client, clock, proposals, ...chatSettings })
  const connected = await connectTeams({ after }, { database, clock, chat, staff }, options)
  for (const { id } of views) await chat.postProposal(id)
  return { ...connected, database, client, clock, chat, proposals, staff }
}

type World = {
  database: Database
  clock: Clock
  chat: Chat
  staff: Record<'anna' | 'jan' | 'vic', Staff>
  /** What the settings of the chat hold besides Teams. */
  besides?: z.input<typeof chatKind.schema>
}

/** Teams beside a chat: its people linked, its channel mapped, its adapter on a web server, its cards delivered. */
export async function connectTeams(
  { after }: { after: (hook: () => unknown) => void },
  { database, clock, chat, staff, besides = {} }: World,
  { peer, testConnector, desk: change, delivers = true, patienceMs = 30_000, port = 0 }: Options,
) {
  const { client } = database
  const log = process.env.DUNCAN_TEST_LOG ? createLog(process.env.DUNCAN_TEST_LOG, false) : silentLog
  for (const name of ['anna', 'jan', 'vic'] as const)
    await client.chatAccount.create({ data: { platform: 'teams', workspace: tenant, userId: people[name], staffId: staff[name].id, proof: 'code' } })
  const routed = chatKind.schema.parse({ ...besides, teams: { workspace: tenant, channels: { debtors: channel } } })
  await client.$transaction(tx => chatKind.project?.(tx, routed) ?? Promise.resolve())

  let platform: ChatPlatform | undefined
  const real = createDesk({ client, clock, chat, platform: () => platform, linksByEmail: () => true })
  const desk: Desk = { ...real, ...change?.(real) }

  const web = express()
  const publicUrl = 'https://duncan.example'
  const settings = { clientId, clientSecret: 'not-used-by-tests', managedIdentity: undefined, tenant, testConnector }
  const teams = await createTeams({
    settings,
    desk,
    log,
    web,
    publicUrl,
    language: 'en',
    requestMs: 400,
    ...(peer && { peer }),
    patienceMs,
  })
  platform = teams.platform
  const server = web.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  after(async () => {
    server.close()
    server.closeAllConnections()
    await teams.stop()
  })

  const said = { client, clock, words: wordsOf('en'), publicUrl }
  const delivery = createDelivery({
    client,
    url: database.url,
    log,
    ops: createOps(client, { send: async () => undefined }),
    platforms: [teams.platform],
    clock,
    pace: atOnce,
    backoffMs: 1,
    cardFor: (on, post, place) => shownCard(said, on, post, place),
    plainCard: card => plainCard(said, card),
  })
  if (delivers) {
    delivery.start()
    after(delivery.stop)
  }
  return { desk, teams, delivery, url }
}
