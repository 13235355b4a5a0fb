import type { Temporal } from 'temporal-polyfill'
import type { Db, Prisma, Queue } from '#platform'
import type { ActionKind, ActionPayload } from '../action.ts'
import type { ProposalRules } from '../deps.ts'
import { Refused } from '../problem.ts'

/** What an action gets to carry itself out with, inside the transaction that records its result. */
export type ActionRun<K extends ActionKind> = {
  tx: Db
  actionId: number
  payload: ActionPayload<K>
  /** The debtor's literal words that it rests on. */
  words: string
  proposal: {
    id: number
    debtorId: number | null
    mailboxId: number
    threadId: number | null
    messageId: number
    ownerId: number | null
    decidedById: number | null
  }
  rules: ProposalRules
  now: Temporal.Instant
  /** When mails of this decision leave. */
  sendAfter: Temporal.Instant
  queue: Pick<Queue, 'send'>
  /** Throws when the ledger has others items or payments than the reply states, or is too old for amounts where the reply needs them. */
  requireCurrent: (reply: { needsFreshLedger: boolean }) => Promise<void>
}

/** How one kind of action is carried out and taken back. */
export type ActionRunner<K extends ActionKind> = {
  /** `waits`: the action stays scheduled until somebody else reports its end. */
  run: (action: ActionRun<K>) => Promise<{ result: Prisma.InputJsonObject; waits?: boolean }>
  /** Takes back what `run` did; false when it is too late. */
  undo: (action: ActionRun<K> & { result: unknown }) => Promise<boolean>
}

/** The debtor that an action is about. Throws for a proposal that is linked to none. */
export function debtorOf({ proposal }: { proposal: { debtorId: number | null } }): number {
  if (proposal.debtorId !== null) return proposal.debtorId
  throw new Refused({ code: 'unlinked' })
}

/** Throws unless every invoice is the debtor's own. */
export async function requireOwnInvoices(tx: Db, debtorId: number | null, invoiceIds: number[]): Promise<void> {
  const wanted = [...new Set(invoiceIds)]
  const own = debtorId === null ? 0 : await tx.invoice.count({ where: { debtorId, id: { in: wanted } } })
  if (own === wanted.length) return
  throw new Refused({ code: 'foreign_invoices' })
}
