import { type Db, Prisma, toPlainDate } from '#platform'
import { paymentSectionAsOfNow } from './payment-answer.ts'
import type { ReplySection } from './proposal.ts'
import type { StoredProposal } from './store.ts'

type OpenItem = { number: string; invoiceDate: string | null; dueDate: string; openAmount: Prisma.Decimal; currency: string }

/** What the statement of these items shows: each with its open amount, and the total of each currency. */
export function statementOf(open: OpenItem[]): ReplySection['slots'] {
  const totals = new Map<string, Prisma.Decimal>()
  for (const { currency, openAmount } of open) totals.set(currency, (totals.get(currency) ?? new Prisma.Decimal(0)).add(openAmount))
  return {
    items: open.map(({ number, invoiceDate, dueDate, openAmount, currency }) => ({
      number,
      date: invoiceDate,
      due: dueDate,
      open: { amount: openAmount.toFixed(), currency },
    })),
    totals: [...totals].map(([currency, amount]) => ({ amount: amount.toFixed(), currency })),
  }
}

/**
 * The sections of a proposal's reply as ledger and bank stand now: its statement, its answer to a claim "already paid". Undefined when
 * they are the same. `today`: ISO day.
 */
export async function sectionsAsOfNow(db: Db, { debtorId, basis }: StoredProposal, today: string): Promise<ReplySection[] | undefined> {
  if (debtorId === null) return undefined
  const answered: ReplySection[] = []
  for (const section of basis.sections) answered.push(await paymentSectionAsOfNow(db, debtorId, section, today))
  const renewed = await withStatementAsOfNow(db, debtorId, answered)
  return renewed.every((section, index) => section === basis.sections[index]) ? undefined : renewed
}

async function withStatementAsOfNow(db: Db, debtorId: number, sections: ReplySection[]): Promise<ReplySection[]> {
  const drafted = sections.find(({ template }) => template === 'statement')
  if (!drafted) return sections
  const rows = await db.invoice.findMany({
    where: { debtorId, status: 'open' },
    orderBy: [{ dueDate: 'asc' }, { id: 'asc' }],
    select: { number: true, invoiceDate: true, dueDate: true, openAmount: true, currency: true },
  })
  const slots = statementOf(
    rows.map(({ number, invoiceDate, dueDate, openAmount, currency }) => ({
      number,
      invoiceDate: invoiceDate && day(invoiceDate),
      dueDate: day(dueDate),
      openAmount,
      currency,
    })),
  )
  if (fingerprint(slots) === fingerprint(drafted.slots)) return sections
  return sections.map(section => (section === drafted ? { ...section, slots } : section))
}

const day = (date: Date) => toPlainDate(date).toString()

/** The database does not keep the order of keys. */
const fingerprint = ({ items, totals }: ReplySection['slots']) =>
  JSON.stringify({ items, totals }, (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
