import type { Temporal } from 'temporal-polyfill'
import { Prisma } from '#platform'
import type { CriterionValue } from '../values/criteria.ts'
import { isIndex, isSameScale } from '../values/normalise.ts'
import type { AlertRule } from './alert-rule.ts'

/** A value from a moment on. */
export type Step = { at: Date; before: CriterionValue | undefined; value: CriterionValue }

/** Whether a change is what a rule watches for; pure. A first value is no change, but a hard fact that it tells counts (F010: who was bankrupt while nobody looked). */
export function fitsRule(rule: AlertRule, { before: told, value }: Omit<Step, 'at'>): boolean {
  // A bureau that counts on another scale from now on says nothing of a fall.
  const before = told && isSameScale(told, value) ? told : undefined
  const [old, now] = [numberOf(before), numberOf(value)]
  // On an index, where low is good, points mean the opposite: the letter tells there.
  if (rule.criterion === 'score' && isIndex(value)) return false
  switch (rule.when) {
    case 'falls_by':
      return old !== undefined && now !== undefined && old.minus(now).gte(rule.amount)
    case 'rises_by':
      return old !== undefined && now !== undefined && now.minus(old).gte(rule.amount)
    case 'falls_by_percent':
      return isSameMoney(before, value) && old !== undefined && now !== undefined && old.gt(0) && old.minus(now).div(old).mul(100).gte(rule.amount)
    case 'falls_below':
      return now !== undefined && now.lt(rule.amount) && (old === undefined || old.gte(rule.amount)) && before !== undefined
    case 'rises_above':
      return now !== undefined && now.gt(rule.amount) && (old === undefined || now.gt(old))
    case 'worsens':
      return letterOf(before) >= 0 && letterOf(value) >= 0 && letterOf(value) - letterOf(before) >= rule.letters
    case 'becomes':
      return isValue(value, rule.value) && before !== undefined && !isValue(before, rule.value)
    case 'leaves':
      return value.is === 'text' && !isValue(value, rule.value) && (before === undefined || isValue(before, rule.value))
    case 'appears':
      return value.is !== 'none' && (before === undefined || before.is === 'none' || value.is === 'text')
    case 'changes':
      return before !== undefined
    default:
      return false // 'drifts' is several changes together: drift() looks at them
  }
}

/**
 * The falls of the last days that together are a drift: each too small for an alert of its own, at least as many and as much as the rule
 * says. Undefined when there is none. `steps` oldest first.
 */
export function drift(rule: AlertRule & { when: 'drifts' }, steps: Step[], now: Temporal.Instant): Step[] | undefined {
  const from = now.subtract({ hours: rule.days * 24 }).epochMilliseconds
  const last = steps.at(-1)?.value
  const isOnScale = (value: CriterionValue | undefined) => value !== undefined && last !== undefined && isSameScale(value, last) && !isIndex(value)
  const recent = steps.filter(({ at, before, value }) => at.getTime() >= from && isOnScale(before) && isOnScale(value))
  const falls = recent.filter(({ before, value }) => (numberOf(value) ?? zero).lt(numberOf(before) ?? zero))
  const [start, end] = [numberOf(recent[0]?.before), numberOf(recent.at(-1)?.value)]
  const isDrift = falls.length >= rule.times && start !== undefined && end !== undefined && start.minus(end).gte(rule.amount)
  return isDrift ? falls : undefined
}

const zero = new Prisma.Decimal(0)

function numberOf(value: CriterionValue | undefined): Prisma.Decimal | undefined {
  if (value?.is === 'number') return new Prisma.Decimal(value.number)
  return value?.is === 'money' ? new Prisma.Decimal(value.amount) : undefined
}

// Letters by risk: those of the bureau's own rating, or of the international one. There E is not scored, which is no step on this ladder.
const letterOf = (value: CriterionValue | undefined): number => (value?.is === 'text' ? (value.letters ?? ['A', 'B', 'C', 'D']).indexOf(value.text) : -1)

const isValue = (value: CriterionValue, wanted: string): boolean => value.is === 'text' && (value.key ?? value.text).toUpperCase() === wanted.toUpperCase()

const isSameMoney = (one: CriterionValue | undefined, other: CriterionValue): boolean =>
  one?.is !== 'money' || other.is !== 'money' || one.currency === undefined || other.currency === undefined || one.currency === other.currency
