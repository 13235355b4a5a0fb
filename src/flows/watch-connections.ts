import type { DbClient, Ops } from '#platform'

type WatchDeps = { client: DbClient; ops: Pick<Ops, 'raise' | 'resolve'>; raiseAt?: number; resolveAt?: number }

/** Connections that the database server has open, of all its databases, and how many it allows to who is no superuser. */
export async function connectionsOf(client: DbClient): Promise<{ open: number; most: number }> {
  const [row] = await client.$queryRaw<{ open: number; most: number }[]>`
    SELECT (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS open,
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS most`
  return row ?? { open: 0, most: 1 }
}

/** Raises an alert while the database server has nearly no connection left (nine tenths in use), and closes it below eight tenths. */
export async function watchConnections({ client, ops, raiseAt = 0.9, resolveAt = 0.8 }: WatchDeps): Promise<void> {
  const { open, most } = await connectionsOf(client)
  if (open >= most * raiseAt) {
    const remedy = 'Raise max_connections of PostgreSQL, run fewer Duncan processes (each takes about 20), or see what else uses the server.'
    return ops.raise({ key: 'database:connections', problem: `The database server has nearly all of its ${most} connections in use.`, remedy })
  }
  if (open < most * resolveAt) await ops.resolve('database:connections')
}
