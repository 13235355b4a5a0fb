import type { Temporal } from 'temporal-polyfill'
import type { Clock, Db, DbClient, Log, Ops, Prisma, Queue, Secrets } from '#platform'
import type { SearchContext } from '#search'
import type { PaymentLinkRules } from './payment-links-kind.ts'
import type { PaymentProvider } from './provider.ts'

/** What dunning keeps back, which is told and asked by whoever owns the holds. */
type PaymentHolds = {
  /** Keeps reminders off these invoices, or off a part of one; returns the ids of the holds. */
  place: (tx: Db, held: { debtorId: number; invoiceIds: number[]; amount?: string }) => Promise<number[]>
  end: (tx: Db, ids: number[], at: Date) => Promise<unknown>
  /** What somebody else sees to now, by the id of the invoice (null: all of the debtor's). */
  elsewhere: (db: Db, debtorId: number, today: Temporal.PlainDate) => Promise<(number | null)[]>
  /** What is disputed of these invoices, or of all of the debtor's (an invoice of null); an amount of null stands for all of it. */
  disputed: (db: Db, debtorId: number, invoiceIds: number[]) => Promise<{ invoiceId: number | null; amount: Prisma.Decimal | null }[]>
}

export type PaymentsDeps = {
  client: DbClient
  clock: Clock
  log: Log
  queue: Pick<Queue, 'send'>
  ops: Ops
  secrets: Secrets
  timeZone: string
  /** Where debtors reach the pages, without a slash at its end. */
  base: string
  /** As the settings stand now. */
  rules: () => PaymentLinkRules
  provider: PaymentProvider | undefined
  search: (db: Db) => Promise<SearchContext>
  holds: PaymentHolds
}
