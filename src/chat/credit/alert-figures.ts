import type { AlertView } from '#credit'
import { type DebtorLimit, leftOf, type Money, usedOf } from '#ledger'
import { Prisma } from '#platform'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'

type Fact = { label: string; value: string }

/** The bureau's advice as an amount; undefined where it advises none, or does not say in which currency. */
export function adviceOf({ creditLimit }: Pick<AlertView, 'creditLimit'>): Money | undefined {
  if (creditLimit?.is !== 'money' || !creditLimit.currency) return undefined
  return { amount: new Prisma.Decimal(creditLimit.amount), currency: creditLimit.currency }
}

/** What is owed and ordered, part by part; the last figure is the sum of the others. */
export function exposureFacts({ exposure }: AlertView, { words: { credit: say }, format }: CardContext): Fact[] {
  const sum = (of: 'overdue' | 'notDue' | 'orders' | 'total') => exposure.map(each => format.money(each[of], each.currency)).join(' + ') || say.noValue
  const hasOrders = exposure.some(({ orders }) => !orders.isZero())
  return [
    { label: say.overdue, value: sum('overdue') },
    { label: say.notDue, value: sum('notDue') },
    ...(hasOrders ? [{ label: say.orders, value: sum('orders') }] : []),
    ...(exposure.length > 0 ? [{ label: say.together, value: sum('total') }] : []),
  ]
}

/** The limits that this is held against, each in its own currency, with how much of it is used or left. */
export function limitFacts(alert: AlertView, { words: { credit: say }, format }: CardContext): Fact[] {
  const { exposure, limits } = alert
  const used = (limit: Money): string => {
    const share = usedOf(limit, exposure)
    return [format.money(limit.amount, limit.currency), share && say.usedShare(format.percent(share.toNumber()))].filter(Boolean).join(' · ')
  }
  const advice = adviceOf(alert)
  const isNone = alert.creditLimit?.is === 'none'
  const of = (limit: DebtorLimit): Money => ({ amount: limit.amount, currency: limit.currency })
  const cover = limits.insured
  const left = cover && leftOf(of(cover), exposure)
  return [
    ...(advice ? [{ label: say.limit, value: used(advice) }] : isNone ? [{ label: say.limit, value: say.noValue }] : []),
    ...(limits.internal ? [{ label: say.ourLimit, value: used(of(limits.internal)) }] : []),
    ...(cover && left
      ? [
          {
            label: cover.insurer ? say.insuredBy(oneLine(cover.insurer, 40)) : say.insured,
            value: [format.money(cover.amount, cover.currency), left.isZero() ? say.nothingLeft : say.left(format.money(left, cover.currency))].join(' · '),
          },
        ]
      : []),
  ]
}

/** Amounts that are held against none of the limits, being in another currency; undefined when there are none. */
export function besideLimits(alert: AlertView, { format }: CardContext): string | undefined {
  const { internal, insured } = alert.limits
  const held = [adviceOf(alert), internal, insured].flatMap(limit => limit?.currency ?? [])
  const beside = held.length === 0 ? [] : alert.exposure.filter(({ currency, total }) => !held.includes(currency) && !total.isZero())
  return beside.map(({ total, currency }) => format.money(total, currency)).join(' + ') || undefined
}
