import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { importLedger } from '#ledger'
import type { GivenMailbox } from '#mail'
import { ensureStaff } from '#people'
import { createLog, silentLog, systemClock } from '#platform'
import { type App, type AppConfig, createApp, readAppConfig } from '../../src/app.ts'
import { createTestDatabase } from './database.ts'

export { eventually } from './eventually.ts'

export type TestApp = {
  app: App
  folder: string
  config: AppConfig
  /** Loads a flat CSV through the real import. */
  loadLedger: (csv: string) => Promise<void>
}

/** Without `mailboxes` they are those of the business settings. */
type AppSettings = { mailboxes?: GivenMailbox[]; settings?: Record<string, string>; databaseUrl?: string }

/** The real app on a database of its own, built but not started; stopped when the test ends. */
export async function createTestApp(t: Pick<TestContext, 'after'>, { mailboxes, settings = {} }: AppSettings): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-app-'))
  const cleanUp: (() => Promise<void>)[] = []
  const database = await createTestDatabase({ after: hook => void cleanUp.push(hook as () => Promise<void>) })
  const config = readAppConfig({
    DUNCAN_DATA_DIR: folder,
    DATABASE_URL: database.url,
    DUNCAN_HTTP_PORT: String(await freePort()),
    DUNCAN_UNDO_SECONDS: '0',
    DUNCAN_INVOICE_COPIES: join(folder, 'invoices'),
    ...settings,
  })
  mkdirSync(join(folder, 'invoices'))
  const app = await createApp({
    config,
    clock: systemClock,
    log: process.env.DUNCAN_TEST_LOG ? createLog(process.env.DUNCAN_TEST_LOG, false) : silentLog,
    ...(mailboxes && { mailboxes }),
  })
  t.after(async () => {
    await app.stop()
    for (const hook of cleanUp) await hook() // hooks of one test run in the order they were registered: the app must end first
    rmSync(folder, { recursive: true, force: true })
  })
  const anna = await ensureStaff(app.database.client, { key: 'anna', name: 'Anna Bos', email: 'anna@creditor.example', role: 'admin', language: 'en' })
  // A morning list would come or not by the hour at which the test runs.
  await app.database.client.staffPreference.create({ data: { staffId: anna.id, digestAt: null } })
  const loadLedger = async (csv: string) => {
    const file = join(folder, 'ledger.csv')
    writeFileSync(file, csv)
    const result = await importLedger({ database: app.database, clock: systemClock, log: silentLog, dataDir: folder }, { file })
    assert.equal(result.kind, 'imported')
    assert.deepEqual(result.rejects, [])
  }
  return { app, folder, config, loadLedger }
}

/** A port of loopback that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

export type CardJson = { id: number; fallback: string; subject: string; card: Record<string, unknown>; replies: number }

/** A signed-in browser's view of the console, over its HTTP interface. */
export async function signIn(app: App, staffKey: string) {
  const link = new URL(await app.signInLink(staffKey))
  const headers = { 'content-type': 'application/json', 'x-duncan': '1', origin: link.origin }
  const token = link.hash.slice(1)
  const signedIn = await fetch(`${link.origin}/api/sign-in`, { method: 'POST', headers, body: JSON.stringify({ token }) })
  assert.equal(signedIn.status, 204)
  const cookie = signedIn.headers
    .getSetCookie()
    .map(line => line.split(';')[0])
    .join('; ')

  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${link.origin}/api${path}`, {
      method,
      headers: { ...headers, cookie },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    assert.ok(response.ok, `${method} ${path} answered ${response.status}`)
    return (await response.json()) as T
  }
  return {
    call,
    /** The answer as it comes: of a file, or of what is refused. */
    get: (path: string) => fetch(`${link.origin}/api${path}`, { headers: { cookie } }),
    posts: (channel: string) =>
      call<{ posts: CardJson[] } | CardJson[]>('GET', `/channels/${channel}/posts`).then(page => (Array.isArray(page) ? page : page.posts)),
    /** Presses the card's button of this action, as the browser does: with the data that the button carries. */
    press: ({ id, card }: CardJson, channel: string, action: string, values: Record<string, string> = {}) => {
      const button = (card.actions as { data: { action: string; data: Record<string, string> } }[]).find(({ data }) => data.action === action)
      assert.ok(button, `the card has a button ${action}`)
      return call<{ kind: string; message?: string }>('POST', '/click', { postId: id, channel, ...button.data, values })
    },
  }
}
