import type { WrittenAction } from '#dunning'
import { Prisma } from '#platform'
import type { EntryWhy } from '../entries/why.ts'

/** Why a step is due, with what is open of its items. */
export function whyStep({ items, step, workflow }: Pick<WrittenAction, 'items' | 'step' | 'workflow'>): EntryWhy {
  const sums = new Map<string, Prisma.Decimal>()
  for (const { amount, currency } of items) sums.set(currency, (sums.get(currency) ?? new Prisma.Decimal(0)).add(amount))
  const open = [...sums].map(([currency, amount]) => ({ amount: amount.toFixed(), currency }))
  return { code: 'dunning_step', workflow: workflow.title, step: step.name, daysLate: Math.max(0, ...items.map(({ daysLate }) => daysLate)), open }
}
