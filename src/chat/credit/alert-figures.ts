import type { AlertView } from '#credit'
import type { Money } from '#ledger'
import { Prisma } from '#platform'
import type { CardContext } from '../cards/proposal-card.ts'
import { usedText } from './limit-facts.ts'

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

/** What the bureau advises, with how much of it is used. */
export function adviceFacts(alert: AlertView, context: CardContext): Fact[] {
  const { credit: say } = context.words
  const advice = adviceOf(alert)
  if (advice) return [{ label: say.limit, value: usedText(advice, alert.exposure, context) }]
  return alert.creditLimit?.is === 'none' ? [{ label: say.limit, value: say.noValue }] : []
}

/** Amounts that are held against none of the limits, being in another currency; undefined when there are none. */
export function besideLimits(alert: AlertView, { format }: CardContext): string | undefined {
  const { internal, insured } = alert.limits
  const held = [adviceOf(alert), internal, insured].flatMap(limit => limit?.currency ?? [])
  const beside = held.length === 0 ? [] : alert.exposure.filter(({ currency, total }) => !held.includes(currency) && !total.isZero())
  return beside.map(({ total, currency }) => format.money(total, currency)).join(' + ') || undefined
}
