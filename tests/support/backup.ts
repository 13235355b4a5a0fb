import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { TestContext } from 'node:test'
import pg from 'pg'
import { namedBlobs } from '#flows'
import { type Blobs, backupChunks, type Database, systemClock } from '#platform'
import { testServer } from './database.ts'

/** Writes a backup as `duncan backup` does; returns the file. */
export async function takeBackup(folder: string, database: Pick<Database, 'pool'>, blobs: Blobs, named = namedBlobs): Promise<string> {
  const file = join(folder, `${randomUUID()}.tar`)
  await pipeline(Readable.from(backupChunks({ database, blobs, clock: systemClock, namedBlobs: named }, () => undefined)), createWriteStream(file))
  return file
}

/** The URL of a database without any schema, gone when the test ends. */
export async function emptyDatabase(t: Pick<TestContext, 'after'>): Promise<string> {
  const server = await testServer()
  const name = `duncan_empty_${randomUUID().replaceAll('-', '')}`
  const onServer = async (sql: string) => {
    const client = new pg.Client({ connectionString: server.url('postgres') })
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  await onServer(`CREATE DATABASE ${name}`)
  t.after(() => onServer(`DROP DATABASE ${name} WITH (FORCE)`))
  return server.url(name)
}
