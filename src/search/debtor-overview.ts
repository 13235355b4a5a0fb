import type { Temporal } from 'temporal-polyfill'
import { type Db, Prisma, toPlainDate } from '#platform'
import { type AgedItem, type Aging, ageItems } from './age-items.ts'

export type Totals = { currency: string; amount: Prisma.Decimal }

export type DebtorOverview = {
  id: number
  number: string
  name: string
  administration: { id: number; code: string; name: string; currency: string; importedAt: Date | null }
  group: string | null
  companyNumber: string | null
  collector: string | null
  language: string | null
  country: string | null
  /** Open items, credit notes included, per currency. */
  balance: Totals[]
  overdue: Totals[]
  openCount: number
  overdueCount: number
  /** One per currency; the buckets add up to the balance. */
  aging: Aging[]
  /** Oldest due first. */
  openItems: AgedItem[]
  promises: {
    id: number
    status: string
    amount: Prisma.Decimal | null
    currency: string | null
    promisedOn: Temporal.PlainDate | null
    passed: boolean
    invoices: string[]
  }[]
  disputes: { id: number; reason: string; status: string; answerDue: Temporal.PlainDate | null; invoices: string[] }[]
  /** Pinned ones first, then the newest. */
  notes: { id: number; text: string; pinned: boolean; at: Date; invoices: string[] }[]
  contacts: {
    id: number
    name: string | null
    email: string | null
    phone: string | null
    emailStatus: string
    verified: boolean
    absentUntil: Temporal.PlainDate | null
  }[]
  lastIn: MailLine | null
  lastOut: MailLine | null
  proposals: { id: number; summary: string; status: string; createdAt: Date }[]
  holds: { id: number; reason: string; until: Temporal.PlainDate | null; invoice: string | null }[]
}

type MailLine = { id: number; subject: string; at: Date; from: string | null }

const day = (date: Date | null): Temporal.PlainDate | null => date && toPlainDate(date)
const named = (links: { invoice: { number: string } }[]): string[] => links.map(({ invoice }) => invoice.number)
const withNumbers = { include: { invoices: { select: { invoice: { select: { number: true } } } } } } as const

/** All that is known of a debtor on a day of its administration, read at once; undefined when there is no such debtor. */
export async function debtorOverview(db: Db, debtorId: number, today: Temporal.PlainDate): Promise<DebtorOverview | undefined> {
  const debtor = await db.debtor.findUnique({
    where: { id: debtorId },
    include: {
      administration: true,
      group: true,
      contacts: { orderBy: { id: 'asc' } },
      invoices: { where: { status: 'open' }, orderBy: [{ dueDate: 'asc' }, { id: 'asc' }] },
      promises: { ...withNumbers, orderBy: { id: 'desc' }, take: 10 },
      disputes: { ...withNumbers, where: { status: 'open' }, orderBy: { id: 'desc' } },
      notes: { ...withNumbers, orderBy: [{ pinned: 'desc' }, { id: 'desc' }], take: 10 },
    },
  })
  if (!debtor) return undefined
  const { openItems, ...totals } = ageItems(debtor.invoices, today)
  const [lastIn, lastOut, proposals, holds] = [
    await lastMail(db, debtorId, 'in'),
    await lastMail(db, debtorId, 'out'),
    await db.proposal.findMany({ where: { debtorId, status: { in: ['open', 'awaiting_second', 'snoozed'] } }, orderBy: { id: 'asc' } }),
    await standingHolds(db, debtorId, today),
  ]
  return {
    id: debtor.id,
    number: debtor.number,
    name: debtor.name,
    administration: debtor.administration,
    group: debtor.group?.name ?? null,
    companyNumber: debtor.companyNumber,
    collector: debtor.collector,
    language: debtor.language,
    country: debtor.country,
    ...totals,
    openItems,
    promises: debtor.promises.map(promise => {
      const promisedOn = day(promise.promisedOn)
      const passed = promise.status === 'open' && promisedOn !== null && promisedOn.since(today).sign < 0
      return { ...promise, promisedOn, passed, invoices: named(promise.invoices) }
    }),
    disputes: debtor.disputes.map(dispute => ({ ...dispute, answerDue: day(dispute.answerDue), invoices: named(dispute.invoices) })),
    notes: debtor.notes.map(note => ({ ...note, at: note.createdAt, invoices: named(note.invoices) })),
    contacts: debtor.contacts.map(contact => ({ ...contact, absentUntil: day(contact.absentUntil) })),
    lastIn,
    lastOut,
    proposals,
    holds,
  }
}

async function lastMail(db: Db, debtorId: number, direction: 'in' | 'out'): Promise<MailLine | null> {
  const mail = await db.message.findFirst({ where: { debtorId, direction }, orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }] })
  return mail && { id: mail.id, subject: mail.subject, at: mail.receivedAt, from: mail.fromName ?? mail.fromAddress }
}

async function standingHolds(db: Db, debtorId: number, today: Temporal.PlainDate): Promise<DebtorOverview['holds']> {
  const holds = await db.dunningHold.findMany({ where: { debtorId, endedAt: null }, orderBy: { id: 'asc' } })
  const standing = holds.map(hold => ({ ...hold, until: day(hold.until) })).filter(({ until }) => !until || until.since(today).sign >= 0)
  const invoices = await db.invoice.findMany({
    where: { id: { in: standing.flatMap(({ invoiceId }) => invoiceId ?? []) } },
    select: { id: true, number: true },
  })
  const numbers = new Map(invoices.map(({ id, number }) => [id, number]))
  return standing.map(({ id, reason, until, invoiceId }) => ({ id, reason, until, invoice: invoiceId === null ? null : (numbers.get(invoiceId) ?? null) }))
}
