import type { Temporal } from 'temporal-polyfill'
import { type AgedBalance, agingOf } from '#ledger'
import { type Db, type InvoiceModel, type Prisma, toPlainDate } from '#platform'

/** An open item; a credit note's amounts are negative. */
export type OpenItem = {
  id: number
  number: string
  kind: string
  dueDate: Temporal.PlainDate
  /** 0 until the day after the due date. */
  daysOverdue: number
  openAmount: Prisma.Decimal
  amount: Prisma.Decimal
  currency: string
}

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
  /** Balance, overdue amount and buckets, one row per currency: amounts of different currencies are never added. */
  aging: AgedBalance[]
  openCount: number
  overdueCount: number
  /** The 25 that are due first. */
  openItems: OpenItem[]
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

const shownItems = 25
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
      invoices: { where: { status: 'open' }, orderBy: [{ dueDate: 'asc' }, { id: 'asc' }], take: shownItems },
      promises: { ...withNumbers, orderBy: { id: 'desc' }, take: 10 },
      disputes: { ...withNumbers, where: { status: 'open' }, orderBy: { id: 'desc' } },
      notes: { ...withNumbers, orderBy: [{ pinned: 'desc' }, { id: 'desc' }], take: 10 },
    },
  })
  if (!debtor) return undefined
  const aging = await agingOf(db, today, { debtorIds: [debtorId] })
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
    aging,
    openCount: aging.reduce((sum, { openCount }) => sum + openCount, 0),
    overdueCount: aging.reduce((sum, { overdueCount }) => sum + overdueCount, 0),
    openItems: debtor.invoices.map(invoice => openItem(invoice, today)),
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

function openItem(invoice: InvoiceModel, today: Temporal.PlainDate): OpenItem {
  const dueDate = toPlainDate(invoice.dueDate)
  return { ...invoice, dueDate, daysOverdue: Math.max(0, today.since(dueDate, { largestUnit: 'day' }).days) }
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
