import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Database, ensureDatabase, migrate, openDatabase, startEmbeddedPostgres } from '#platform'

/** `bare`: a plain connection, for the counterpart beside Duncan's. */
type Filled = { database: Database; bare: pg.Client; folder: string }

/** Measures on a server of its own, whose database was filled by these statements; nothing of it stays. */
export async function onFilledLedger<Result>(fill: string[], measure: (filled: Filled) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-bench-'))
  chmodSync(folder, 0o711) // run as root, the server has a user of its own, who must get in
  const server = await startEmbeddedPostgres(join(folder, 'pg'))
  try {
    await ensureDatabase(server, 'bench')
    const url = server.url('bench')
    await migrate(url)
    const bare = new pg.Client({ connectionString: url })
    await bare.connect()
    for (const statement of fill) await bare.query(statement)
    const database = openDatabase(url)
    try {
      return await measure({ database, bare, folder })
    } finally {
      await bare.end()
      await database.close()
    }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
