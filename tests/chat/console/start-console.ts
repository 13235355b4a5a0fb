import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import express from 'express'
import { createChat, createConsole, type Demo } from '#chat'
import { createSignInLink, ensureStaff, type PeopleConfig, peopleConfig, type Staff } from '#people'
import { type Blobs, type Clock, createBlobs, type Database, fixedClock, silentLog } from '#platform'
import type { Proposals, ProposalView } from '#proposals'
import { createTestDatabase } from '../../support/database.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { chatSettings } from '../chat-settings.ts'
import { fakeProposals } from '../fake-proposals.ts'

/** How people sign in to a console at this address. */
type PeopleOf = (url: string) => Promise<Partial<PeopleConfig>>

/** A console on a free port with three colleagues, one mailbox and the given proposals posted; all gone after the test. */
export async function startConsole(t: TestContext, views: ProposalView[], options: { demo?: Demo; clock?: Clock; language?: string; people?: PeopleOf } = {}) {
  const database = await createTestDatabase(t)
  const { client } = database
  const clock = options.clock ?? fixedClock('2026-03-02T13:03:00Z')
  const jan = await ensureStaff(client, { key: 'jan', name: 'Jan Willems', email: 'jan@harbourlight.example', role: 'collector' })
  const eva = await ensureStaff(client, { key: 'eva', name: 'Eva Adams', email: 'eva@harbourlight.example', role: 'manager' })
  const vic = await ensureStaff(client, { key: 'vic', name: 'Vic Moreau', email: 'vic@harbourlight.example', role: 'viewer', language: 'fr' })
  await client.mailbox.create({ data: { id: 1, key: 'debtors', address: 'debtors@harbourlight.example', kind: 'maildir', startAt: new Date('2026-01-01') } })
  const names = new Map([jan, eva, vic].map(({ id, name }) => [id, name]))
  const proposals = fakeProposals(
    views,
    id => names.get(id) ?? '?',
    () => new Date(clock.now().epochMilliseconds),
  )
  const chat = createChat({ client, clock, proposals, ...chatSettings, language: options.language ?? 'en' })
  const blobs = createBlobs(temporaryFolder(t))
  const { url, close, recheck, router } = await serve(database, clock, chat, blobs, options)
  t.after(close)
  for (const { id } of views) await chat.postProposal(id)
  const link = (staff: Staff) => createSignInLink(client, clock, staff.id, url)
  return { database, client, clock, blobs, chat, proposals, url, recheck, router, jan, eva, vic, link }
}

/** One more console process, as far as the database can tell. */
export async function serve(
  database: Database,
  clock: Clock,
  chat: Parameters<typeof createConsole>[0]['chat'],
  blobs: Blobs,
  options: { demo?: Demo; people?: PeopleOf; publicUrl?: string; proposals?: Pick<Proposals, 'entryFile'> } = {},
) {
  const app = express()
  const server = createServer(app)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { client } = database
  const people = { ...peopleConfig.parse({}), ...(await options.people?.(url)) }
  const console = createConsole({
    client,
    url: database.url,
    blobs,
    clock,
    log: silentLog,
    chat,
    publicUrl: options.publicUrl ?? url,
    people,
    timeZone: 'Europe/Amsterdam',
    ...(options.demo && { demo: options.demo }),
    ...(options.proposals && { proposals: options.proposals }),
  })
  app.use(console.router)
  await console.start()
  const close = async () => {
    await console.stop()
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  return { url, close, recheck: console.recheck, router: console.router }
}
