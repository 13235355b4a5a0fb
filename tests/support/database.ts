import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import pg from 'pg'
import { type Database, migrate, openDatabase, startEmbeddedPostgres } from '#platform'

type Server = { url: (database: string) => string; stop: () => Promise<void> }
let server: Promise<Server> | undefined
let template: Promise<string> | undefined

/** A database of its own for one test, with this release's schema: on the embedded server, or the one of DATABASE_URL. */
export async function createTestDatabase(t: Pick<TestContext, 'after'>): Promise<Database> {
  template ??= createTemplate()
  const name = `duncan_test_${randomUUID().replaceAll('-', '')}`
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${await template}`)
  const { url } = await testServer()
  const database = openDatabase(url(name))
  t.after(async () => {
    await database.close()
    await onServer(`DROP DATABASE ${name} WITH (FORCE)`)
  })
  return database
}

/** The PostgreSQL server of this test run; started at the first call, stopped when the run ends. */
export function testServer(): Promise<Server> {
  server ??= process.env.DATABASE_URL ? Promise.resolve(ownServer(process.env.DATABASE_URL)) : embeddedServer()
  return server
}

async function embeddedServer(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-test-'))
  chmodSync(folder, 0o711) // run as root, the server has a user of its own, who must get in
  const embedded = await startEmbeddedPostgres(join(folder, 'pg'), { throwaway: true })
  return {
    url: embedded.url,
    stop: async () => {
      await embedded.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const ownServer = (url: string): Server => ({
  url: database => Object.assign(new URL(url), { pathname: `/${database}` }).href,
  stop: async () => undefined,
})

async function createTemplate(): Promise<string> {
  const name = `duncan_template_${process.pid}`
  await onServer(`CREATE DATABASE ${name}`)
  await migrate((await testServer()).url(name))
  return name
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: (await testServer()).url('postgres') })
  await client.connect()
  await client.query(sql)
  await client.end()
}

// Registered at the root: runs once, after the last test of the run.
after(async () => {
  if (template && process.env.DATABASE_URL) await onServer(`DROP DATABASE ${await template} WITH (FORCE)`)
  await (await server)?.stop()
})
