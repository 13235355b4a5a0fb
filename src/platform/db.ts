import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { Prisma, PrismaClient } from '../generated/prisma/client.ts'

/** The client, or a transaction of it: a verb takes either. */
export type Db = Prisma.TransactionClient
/** The client itself, for who opens transactions. */
export type DbClient = PrismaClient

export type Database = {
  client: DbClient
  /** Plain connections, for COPY and LISTEN. */
  pool: pg.Pool
  url: string
  close: () => Promise<void>
}

/** Opens a database that has its schema already (see `migrate`). Moments are UTC whatever the server's setting. */
export function openDatabase(url: string, connections = 10): Database {
  // The database client reads a moment as UTC and drops its offset: a server set to another zone would shift every one.
  const pool = new pg.Pool({ connectionString: url, max: connections, options: '-c TimeZone=UTC' })
  // A connection that the server closes while idle must not end the process; the next query gets a new one.
  pool.on('error', () => undefined)
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) })
  return {
    client,
    pool,
    url,
    close: async () => {
      await client.$disconnect()
      await pool.end()
    },
  }
}

export type * from '../generated/prisma/models.ts'
export { Prisma }
