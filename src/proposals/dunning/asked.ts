import type { Temporal } from 'temporal-polyfill'
import type { ItemOwner, Reminder, ReminderItem } from '#drafting'
import { type ActionItem, type LateCharges, lateChargesOf, type WrittenAction } from '#dunning'
import { type Db, toPlainDate } from '#platform'
import type { ProposalRules } from '../deps.ts'
import type { EntryDebtor } from '../entries/kinds/kind.ts'

/**
 * What a step asks of one debtor. `owner`: how it is told from the others, where it asks more than the one that it is written to. `disputed`: what it
 * contests of the same invoices, which is left out. `charges`: what delay costs it, where the step says so.
 */
export type Asked = { debtor: EntryDebtor; owner: ItemOwner | undefined; items: ActionItem[]; disputed: DisputedPart[]; charges: LateCharges | undefined }
type DisputedPart = NonNullable<Reminder['disputed']>[number]

type Asking = { db: Db; rules: Pick<ProposalRules, 'lateCharges'>; debtor: EntryDebtor; today: Temporal.PlainDate }

/** What a step asks for, debtor by debtor: the one that leads comes first, the others of its central file by administration and number. */
export async function askedOf({ db, rules, debtor: lead, today }: Asking, { step, items }: Pick<WrittenAction, 'step' | 'items'>): Promise<Asked[]> {
  const debtors = await db.debtor.findMany({
    where: { id: { in: [...new Set(items.map(({ debtorId }) => debtorId))] } },
    include: { administration: true },
    orderBy: [{ administration: { code: 'asc' } }, { number: 'asc' }],
  })
  const isAlone = debtors.every(({ id }) => id === lead.id)
  const asked: Asked[] = []
  for (const debtor of debtors.toSorted((a, b) => Number(b.id === lead.id) - Number(a.id === lead.id))) {
    const own = items.filter(({ debtorId }) => debtorId === debtor.id)
    const late = own.filter(({ isCharged }) => isCharged).map(({ invoiceId, amount }) => ({ invoiceId, amount: amount.toFixed() }))
    const charges = step.charges === 'none' ? undefined : await lateChargesOf(db, rules.lateCharges, { debtorId: debtor.id, items: late, until: today })
    const owner = isAlone ? undefined : { administration: debtor.administration.name, number: debtor.number, debtor: debtor.name }
    asked.push({ debtor, owner, items: own, disputed: await disputedParts(db, debtor.id, own), charges })
  }
  return asked
}

/** `stage`: the text of its own step. */
export const asItem = ({ number, invoiceDate, dueDate, daysLate, amount, currency }: ActionItem, stage: string): ReminderItem => ({
  number,
  invoiceDate: invoiceDate && toPlainDate(invoiceDate).toString(),
  due: toPlainDate(dueDate).toString(),
  daysLate,
  open: { amount: amount.toFixed(), currency },
  stage,
})

async function disputedParts(db: Db, debtorId: number, items: readonly ActionItem[]): Promise<DisputedPart[]> {
  const held = await db.dunningHold.findMany({
    where: { debtorId, reason: 'dispute', endedAt: null, amount: { not: null }, invoiceId: { in: items.map(({ invoiceId }) => invoiceId) } },
    orderBy: { id: 'asc' },
  })
  return held.flatMap(({ invoiceId, amount }) => {
    const item = items.find(each => each.invoiceId === invoiceId)
    return item && amount ? [{ number: item.number, open: { amount: amount.toFixed(), currency: item.currency } }] : []
  })
}
