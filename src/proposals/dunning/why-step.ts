import type { WrittenAction } from '#dunning'
import { Prisma } from '#platform'
import type { EntryWhy } from '../entries/why.ts'

/** Why a step is due, with what is open of its items. */
export function whyStep({ items, step, workflow }: Pick<WrittenAction, 'items' | 'step' | 'workflow'>): EntryWhy {
  return {
    code: 'dunning_step',
    workflow: workflow.title,
    step: step.name,
    ...(step.title !== undefined && { title: step.title }),
    daysLate: Math.max(0, ...items.map(({ daysLate }) => daysLate)),
    open: sumsOf(items),
  }
}

/** The sums of amounts by currency, as decimal strings. */
export function sumsOf(amounts: readonly { amount: Prisma.Decimal; currency: string }[]): { amount: string; currency: string }[] {
  const sums = new Map<string, Prisma.Decimal>()
  for (const { amount, currency } of amounts) sums.set(currency, (sums.get(currency) ?? new Prisma.Decimal(0)).add(amount))
  return [...sums].map(([currency, amount]) => ({ amount: amount.toFixed(), currency }))
}
