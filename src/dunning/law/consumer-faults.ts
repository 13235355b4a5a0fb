import type { Temporal } from 'temporal-polyfill'
import { type Db, Prisma, toPlainDate } from '#platform'
import { dayNumber, isoDay } from '../path/day-number.ts'
import type { ActionItem, WrittenAction } from '../view-action.ts'
import { type ConsumerNotice, type MissingField, missingForConsumer, type TextSays } from './consumer-notice.ts'
import { consumerWait } from './consumer-wait.ts'
import { partyOf } from './party.ts'

/** `too_early`: the law lets it happen from that ISO day on; null: only after a notice that was not sent. `missing`: the text does not say it. */
export type ConsumerFault = { kind: 'too_early'; invoice: string; from: string | null } | { kind: 'missing'; field: MissingField }

/** The day on which it would leave, its text where it has one, and what delay costs each debtor by its id, decimal strings. */
type Leaving = { on: Temporal.PlainDate; says?: TextSays | undefined; costs?: ReadonlyMap<number, readonly string[]> }

type Asked = Pick<WrittenAction, 'step'> & {
  items: readonly Pick<ActionItem, 'invoiceId' | 'debtorId' | 'number' | 'dueDate' | 'amount' | 'currency' | 'isCharged'>[]
}

/** Why consumer law keeps an action from happening on a day: asked once more before it leaves, whatever was planned. Empty for businesses. */
export async function consumerFaults(db: Db, { step, items }: Asked, { on, says, costs }: Leaving): Promise<ConsumerFault[]> {
  const debtors = await db.debtor.findMany({
    where: { id: { in: [...new Set(items.map(({ debtorId }) => debtorId))] } },
    include: { administration: { select: { name: true, country: true, companyNumber: true } } },
    orderBy: { id: 'asc' },
  })
  const stored = await db.dunningItem.findMany({ where: { invoiceId: { in: items.map(({ invoiceId }) => invoiceId) } } })
  return debtors
    .filter(debtor => partyOf(debtor) === 'consumer')
    .flatMap(({ id, country, administration }): ConsumerFault[] => {
      const law = country ?? administration.country
      const own = items
        .filter(({ debtorId }) => debtorId === id)
        .map(item => ({ ...item, told: toldOf(stored.find(({ invoiceId }) => invoiceId === item.invoiceId)) }))
      const early = own.flatMap(({ number, isCharged, told }): ConsumerFault[] => {
        const from = consumerWait(law, { ...step, charges: isCharged ? step.charges : 'none' }, told)
        if (from === null || from <= dayNumber(on)) return []
        return [{ kind: 'too_early', invoice: number, from: from === Infinity ? null : isoDay(from) }]
      })
      if (!says) return early
      const first = own.filter(({ told }) => told.remindedOn === null)
      const notice: ConsumerNotice = {
        country: law,
        charges: own.some(({ isCharged }) => isCharged) ? step.charges : 'none',
        creditor: administration,
        first: first.map(({ number, dueDate, amount, isCharged }) => ({ number, due: toPlainDate(dueDate).toString(), open: amount.toFixed(), isCharged })),
        balance: [...Map.groupBy(first, ({ currency }) => currency).values()].map(same => Prisma.Decimal.sum(...same.map(({ amount }) => amount)).toFixed()),
        costs: costs?.get(id) ?? [],
      }
      return [...early, ...missingForConsumer(notice, says).map(field => ({ kind: 'missing', field }) as const)]
    })
}

type Stored = { remindedOn: Date | null; remindedBy: string | null; announcedOn: Date | null; announcedBy: string | null }

const numberOf = (date: Date | null | undefined) => (date ? dayNumber(toPlainDate(date)) : null)

const toldOf = (stored: Stored | undefined) => ({
  remindedOn: numberOf(stored?.remindedOn),
  remindedBy: stored?.remindedBy ?? null,
  announcedOn: numberOf(stored?.announcedOn),
  announcedBy: stored?.announcedBy ?? null,
})
