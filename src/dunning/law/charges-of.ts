import { Temporal } from 'temporal-polyfill'
import { ratesOn } from '#ledger'
import { type Db, Prisma, toPlainDate } from '#platform'
import { type LateCharges, type LateItem, lateCharges } from './late-charges.ts'
import { type LateChargeRules, usableRates } from './late-charges-kind.ts'
import { partyOf } from './party.ts'
import type { EuroRate } from './recovery-costs.ts'

/** Invoices of one debtor with what is asked for of each, a decimal string in its currency, and the last day of interest. */
type Asked = { debtorId: number; items: { invoiceId: number; amount: string }[]; until: Temporal.PlainDate }

/**
 * What may be asked of a debtor for paying these invoices late, by the law that counts for it: the creditor's own between businesses, the
 * debtor's for a private person. Nothing where the settings of its administration ask for nothing.
 */
export async function lateChargesOf(db: Db, settings: LateChargeRules, { debtorId, items, until }: Asked): Promise<LateCharges> {
  const debtor = await db.debtor.findUniqueOrThrow({ where: { id: debtorId }, include: { administration: { select: { code: true, country: true } } } })
  const rules = settings.administrations[debtor.administration.code]
  if (!rules) return { interest: [], compensation: [], working: [], untold: [] }
  const party = partyOf(debtor)
  const late = await lateItems(db, debtorId, items)
  const own = debtor.administration.country
  const zloty = await zlotyRates(
    db,
    late.filter(({ open }) => open.currency === 'PLN').map(({ dueOn }) => dueOn),
  )
  return lateCharges({
    country: party === 'consumer' ? (debtor.country ?? own) : own,
    party,
    items: late,
    until,
    rules,
    rates: usableRates(settings),
    zlotyFor: dueOn => zloty.get(monthBefore(dueOn).toString()),
  })
}

async function lateItems(db: Db, debtorId: number, items: Asked['items']): Promise<LateItem[]> {
  const ids = items.map(({ invoiceId }) => invoiceId)
  const invoices = await db.invoice.findMany({ where: { id: { in: ids }, debtorId }, orderBy: [{ dueDate: 'asc' }, { id: 'asc' }] })
  const told = await db.dunningItem.findMany({ where: { invoiceId: { in: ids } }, select: { invoiceId: true, remindedOn: true } })
  return invoices.map(({ id, number, dueDate, currency }) => {
    const remindedOn = told.find(({ invoiceId }) => invoiceId === id)?.remindedOn
    return {
      invoice: number,
      dueOn: toPlainDate(dueDate),
      open: { currency, amount: new Prisma.Decimal(items.find(({ invoiceId }) => invoiceId === id)?.amount ?? 0) },
      remindedOn: remindedOn ? toPlainDate(remindedOn) : undefined,
    }
  })
}

const longestWeekend = 7 // days: the last working day of a month lies within them

/**
 * Zloty for a euro by the last day of the month before each due day (law of 8 March 2013, art. 10(1a), names the last working day of it): the
 * reference rate that the ledger holds, which differs from the bank's mean rate by fractions.
 */
async function zlotyRates(db: Db, dueDays: readonly Temporal.PlainDate[]): Promise<Map<string, EuroRate>> {
  const rates = new Map<string, EuroRate>()
  for (const day of new Set(dueDays.map(dueOn => monthBefore(dueOn).toString()))) {
    const found = (await ratesOn(db, ['PLN'], Temporal.PlainDate.from(day), longestWeekend)).get('PLN')
    if (found && 'rate' in found) rates.set(day, { perEuro: found.rate, day: found.day })
  }
  return rates
}

/** The last day of the month before. */
const monthBefore = (day: Temporal.PlainDate): Temporal.PlainDate => day.with({ day: 1 }).subtract({ days: 1 })
