import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext } from 'node:test'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { type Database, migrate, openDatabase, startEmbeddedPostgres } from '#platform'
import { type Emptying, emptyAgain, learnEmptying, replaceRows } from './empty-database.ts'

type Server = { url: (database: string) => string; stop: () => Promise<void> }
type Template = { name: string; emptying: Emptying }
type Used = { name: string; database: Database }

let server: Promise<Server> | undefined
let template: Promise<Template> | undefined
let administrator: Promise<pg.Client> | undefined
/** Databases whose test is over, the last one at the end. */
const used: Used[] = []

/** A database for one test alone, with this release's schema: on the embedded server, or the one of DATABASE_URL. */
export async function createTestDatabase(t: Pick<TestContext, 'after'>): Promise<Database> {
  template ??= createTemplate()
  const { name: templateName, emptying } = await template
  const { name, database } = (await reuse(emptying)) ?? (await create(templateName))
  // A hook that is registered by a hook runs last: whatever else the test started has ended by then.
  t.after(() => t.after(() => void used.push({ name, database })))
  return database
}

/** Empties a test's database in the middle of it: cheaper than TRUNCATE, which makes a new file for every table and index. */
export async function emptyTestDatabase(database: Database): Promise<void> {
  template ??= createTemplate()
  await replaceRows(database, (await template).emptying)
}

/** The PostgreSQL server of this test run; started at the first call, stopped when the run ends. */
export function testServer(): Promise<Server> {
  server ??= process.env.DATABASE_URL ? Promise.resolve(ownServer(process.env.DATABASE_URL)) : embeddedServer()
  return server
}

/** Making a database costs a tenth of a second, and its first queries as much again: one that is as good as new serves the next test. */
async function reuse(emptying: Emptying): Promise<Used | undefined> {
  for (let last = used.pop(); last; last = used.pop()) {
    if (await emptyAgain(last.database, emptying)) return last
    await drop(last)
  }
  return undefined
}

async function create(templateName: string): Promise<Used> {
  const name = `duncan_test_${randomUUID().replaceAll('-', '')}`
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${templateName}`)
  return { name, database: openDatabase((await testServer()).url(name)) }
}

async function drop({ name, database }: Used): Promise<void> {
  await database.close()
  await onServer(`DROP DATABASE ${name} WITH (FORCE)`)
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

async function createTemplate(): Promise<Template> {
  const name = `duncan_template_${process.pid}`
  await onServer(`CREATE DATABASE ${name}`)
  const url = (await testServer()).url(name)
  await migrate(url)
  const boss = new PgBoss({ connectionString: url, max: 1, schedule: false, supervise: false })
  await boss.start() // makes the tables of the job queue
  await boss.stop({ graceful: false })
  return { name, emptying: await learnEmptying(url) }
}

async function onServer(sql: string): Promise<void> {
  administrator ??= connectAdministrator()
  await (await administrator).query(sql)
}

async function connectAdministrator(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: (await testServer()).url('postgres') })
  await client.connect()
  return client
}

// Registered at the root: runs once, after the last test of the run.
after(async () => {
  for (const each of used) await drop(each)
  if (template) await onServer(`DROP DATABASE ${(await template).name} WITH (FORCE)`)
  await (await administrator)?.end()
  await (await server)?.stop()
})
