import type { Temporal } from 'temporal-polyfill'
import { type InsuranceOverview, insuranceOf } from '#credit'
import { type AgedBalance, agingOf, type DebtorLimits, type Exposure, exposureOf, limitsOf, type PlanView, plansOf, type TaskSubject, withAbout } from '#ledger'
import { debtorsInSight, type Sight } from '#people'
import { type Clock, type Db, type DbClient, type InvoiceModel, type Prisma, toPlainDate } from '#platform'
import { readSearchContext } from '../read-context.ts'
import { type SegmentOfDebtor, segmentsOf } from '../segments/segments-of.ts'
import { type Behavior, behaviorOf } from './behavior.ts'
import { lastMails, type MailLine, type WaitingProposal, waitingProposals } from './mail-lines.ts'
import { moneyReceived, type PaymentLine } from './money-received.ts'
import { type NextStep, nextStep } from './next-step.ts'
import { type OwnItem, readSituation, taskInSight } from './read-situation.ts'

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
  /** debtor | prospect | supplier */
  partyType: string
  administration: { id: number; code: string; name: string; currency: string; importedAt: Date | null }
  group: string | null
  companyNumber: string | null
  legalForm: string | null
  collector: string | null
  language: string | null
  country: string | null
  /** Balance, overdue amount and buckets, one row per currency: amounts of different currencies are never added. */
  aging: AgedBalance[]
  /** Open items and open orders, one row per currency. */
  exposure: Exposure[]
  limits: DebtorLimits
  /** How it stands with the credit insurer; undefined for one that is not insured. */
  insurance: InsuranceOverview | undefined
  openCount: number
  overdueCount: number
  /** The 25 that are due first. */
  openItems: OpenItem[]
  promises: {
    id: number
    /** open | kept | partly_kept | broken | cancelled */
    status: string
    amount: Prisma.Decimal | null
    currency: string | null
    promisedOn: Temporal.PlainDate | null
    /** Still open, and its day is past. */
    passed: boolean
    invoices: string[]
  }[]
  /** Payment plans that stand, newest first. */
  plans: PlanView[]
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
  /** The newest mails that the asker may see. */
  mails: { in: MailLine[]; out: MailLine[] }
  payments: PaymentLine[]
  /** Paid, but on no invoice yet; by currency. */
  unapplied: { currency: string; amount: Prisma.Decimal }[]
  /** Undecided ones, of mails that the asker may see. */
  proposals: WaitingProposal[]
  tasks: (TaskSubject & { id: number; dueOn: Temporal.PlainDate | null })[]
  holds: { id: number; reason: string; until: Temporal.PlainDate | null; invoiceId: number | null; invoice: string | null }[]
  behavior: Behavior
  /** The leading one first. */
  segments: SegmentOfDebtor[]
  next: NextStep
}

const shownItems = 25
const endedPromises = 10
const day = (date: Date | null): Temporal.PlainDate | null => date && toPlainDate(date)
/** Every open one, and the last few that ended. */
function shownPromises<P extends { id: number; status: string }>(promises: P[]): P[] {
  const ended = promises.filter(({ status }) => status !== 'open').slice(endedPromises)
  return promises.filter(promise => !ended.includes(promise))
}
const named = (links: { invoice: { number: string } }[]): string[] => links.map(({ invoice }) => invoice.number)
const withNumbers = { include: { invoices: { select: { invoiceId: true, invoice: { select: { number: true } } } } } } as const

/**
 * All that an asker may see of a debtor, as of today in the time zone of its administration; undefined when there is no such debtor in sight.
 * `own`: what a card is about, which is not its own next step.
 */
export async function debtorOverview(
  db: DbClient,
  { sight, clock }: { sight: Sight; clock: Clock },
  debtorId: number,
  own?: OwnItem,
): Promise<DebtorOverview | undefined> {
  const header = await db.debtor.findFirst({ where: { id: debtorId, ...debtorsInSight(sight) }, include: { administration: true, group: true } })
  if (!header) return undefined
  const { timeZone } = header.administration
  const today = clock.today(timeZone)

  const [debtor, aging, exposure, limits, insurance, proposals, holds, mails, money, behavior, plans, segments] = await Promise.all([
    readParts(db, sight, debtorId),
    agingOf(db, today, { debtorIds: [debtorId] }),
    exposureOf(db, today, [debtorId]),
    limitsOf(db, [debtorId]),
    insuranceOf(db, today, debtorId),
    waitingProposals(db, sight, debtorId),
    standingHolds(db, debtorId, today),
    lastMails(db, sight, debtorId),
    moneyReceived(db, { sight, today, timeZone }, debtorId),
    behaviorOf(db, { sight, today, timeZone }, debtorId),
    plansOf(db, debtorId),
    // Only segments ask for sums in the reporting currency.
    readSearchContext(db, { sight, clock, timeZone }).then(context => segmentsOf(db, context, debtorId)),
  ])
  const promises = shownPromises(debtor.promises).map(promise => {
    const promisedOn = day(promise.promisedOn)
    const passed = promise.status === 'open' && promisedOn !== null && promisedOn.since(today).sign < 0
    return { ...promise, promisedOn, passed, invoices: named(promise.invoices) }
  })
  const disputes = debtor.disputes.map(dispute => ({ ...dispute, answerDue: day(dispute.answerDue), invoices: named(dispute.invoices) }))
  const tasks = debtor.tasks.map(withAbout).map(({ id, title, about, dueOn }) => ({ id, title, about, dueOn: day(dueOn) }))
  const next = nextStep(await readSituation(db, sight, { id: debtorId, timeZone, today }, own))
  return {
    id: header.id,
    number: header.number,
    name: header.name,
    partyType: header.partyType,
    administration: header.administration,
    group: header.group?.name ?? null,
    companyNumber: header.companyNumber,
    legalForm: header.legalForm,
    collector: header.collector,
    language: header.language,
    country: header.country,
    aging,
    exposure,
    limits: limits.get(debtorId) ?? {},
    insurance,
    openCount: aging.reduce((sum, { openCount }) => sum + openCount, 0),
    overdueCount: aging.reduce((sum, { overdueCount }) => sum + overdueCount, 0),
    openItems: debtor.invoices.map(invoice => openItem(invoice, today)),
    promises,
    plans: plans.filter(({ status }) => status === 'running' || status === 'at_risk'),
    disputes,
    notes: debtor.notes.map(note => ({ ...note, at: note.createdAt, invoices: named(note.invoices) })),
    contacts: debtor.contacts.map(contact => ({ ...contact, absentUntil: day(contact.absentUntil) })),
    mails,
    ...money,
    proposals,
    tasks,
    holds,
    behavior,
    segments,
    next,
  }
}

/** What hangs on the debtor's row. */
async function readParts(db: DbClient, sight: Sight, debtorId: number) {
  const tasks = await db.$queryRaw<{ id: number }[]>`SELECT t.id FROM "Task" t WHERE t."debtorId" = ${debtorId} AND t.status = 'open' AND ${taskInSight(sight)}`
  return db.debtor.findUniqueOrThrow({
    where: { id: debtorId },
    select: {
      contacts: { orderBy: { id: 'asc' } },
      invoices: { where: { status: 'open' }, orderBy: [{ dueDate: 'asc' }, { id: 'asc' }], take: shownItems },
      promises: { ...withNumbers, orderBy: { id: 'desc' } },
      disputes: { ...withNumbers, where: { status: 'open' }, orderBy: { id: 'desc' } },
      notes: { ...withNumbers, orderBy: [{ pinned: 'desc' }, { id: 'desc' }], take: 10 },
      tasks: { where: { id: { in: tasks.map(({ id }) => id) } }, orderBy: [{ dueOn: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }], take: 10 },
    },
  })
}

function openItem(invoice: InvoiceModel, today: Temporal.PlainDate): OpenItem {
  const dueDate = toPlainDate(invoice.dueDate)
  return { ...invoice, dueDate, daysOverdue: Math.max(0, today.since(dueDate, { largestUnit: 'day' }).days) }
}

async function standingHolds(db: Db, debtorId: number, today: Temporal.PlainDate): Promise<DebtorOverview['holds']> {
  const holds = await db.dunningHold.findMany({ where: { debtorId, endedAt: null }, orderBy: { id: 'asc' } })
  const standing = holds.map(hold => ({ ...hold, until: day(hold.until) })).filter(({ until }) => !until || until.since(today).sign >= 0)
  const invoices = await db.invoice.findMany({
    where: { id: { in: standing.flatMap(({ invoiceId }) => invoiceId ?? []) } },
    select: { id: true, number: true },
  })
  const numbers = new Map(invoices.map(({ id, number }) => [id, number]))
  return standing.map(({ id, reason, until, invoiceId }) => ({
    id,
    reason,
    until,
    invoiceId,
    invoice: invoiceId === null ? null : (numbers.get(invoiceId) ?? null),
  }))
}
