import type { Clock, Db, DbClient } from '#platform'
import type { ProposalsPort } from '../approvals/port.ts'
import type { CardContext } from '../cards/proposal-card.ts'

/** What approving together needs beside the database: how many must be alike, and work that goes on after the click. */
export type BulkPort = {
  /** How many alike must wait in a channel before one card takes them in, as the settings stand now. */
  from: () => number | 'never'
  /** Has a run carried out, whatever becomes of this process. */
  startRun: (tx: Db, runId: number) => Promise<void>
  /** Has the cards of these proposals drawn anew. */
  redraw: (tx: Db, proposalIds: number[]) => Promise<void>
}

/** `context`: of cards that everybody sees. */
export type BulkDeps = {
  client: DbClient
  clock: Clock
  surface: string
  context: CardContext
  bulks: BulkPort
  proposals: Pick<ProposalsPort, 'view' | 'decide'>
}

/** The most that one card takes in. */
export const mostInBulk = 50

/** Who comes into a bulk or leaves it is settled in one transaction after the other, in all processes. */
export const inTurn = <T>(client: DbClient, settle: (tx: Db) => Promise<T>): Promise<T> =>
  client.$transaction(
    async tx => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('chat bulks'))`
      return settle(tx)
    },
    { maxWait: 20_000, timeout: 30_000 },
  )
