import type pg from 'pg'
import type { Database } from '#platform'

const lockSpace = 72_707_371

/** Which mailboxes this process syncs, when several processes run on one database. */
export type MailboxLocks = {
  /** Takes the mailbox if no other process has it; true also when it is ours already. */
  take: (mailboxId: number) => Promise<boolean>
  close: () => Promise<void>
}

/** Locks that the server gives back when this process dies: they live and die with one connection. */
export function createMailboxLocks({ pool }: Pick<Database, 'pool'>): MailboxLocks {
  let connection: Promise<pg.PoolClient> | undefined
  const held = new Set<number>()

  async function connect(): Promise<pg.PoolClient> {
    const client = await pool.connect()
    client.once('error', () => {
      held.clear()
      connection = undefined
    })
    return client
  }

  return {
    take: async mailboxId => {
      if (held.has(mailboxId)) return true
      connection ??= connect()
      const client = await connection.catch((error: unknown) => {
        connection = undefined
        throw error
      })
      const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', [lockSpace, mailboxId])
      if (rows[0]?.taken) held.add(mailboxId)
      return held.has(mailboxId)
    },
    close: async () => {
      const client = await connection?.catch(() => undefined)
      connection = undefined
      held.clear()
      // Ends the connection rather than handing it back: that releases every lock.
      client?.release(true)
    },
  }
}
