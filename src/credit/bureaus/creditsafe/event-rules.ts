import type { z } from 'zod'
import { criterionIn } from '../../bureau-mails/criterion-words.ts'
import type { Criterion } from '../../values/criteria.ts'
import { BureauError } from '../bureau.ts'
import type { Ask } from './connection.ts'
import { parseBody, rulesSchema } from './wire.ts'

type Rule = z.output<typeof rulesSchema>[number]

/** Every change of the international rating, and of the credit limit: rules that each country has, under the code XX. */
const everywhere = [
  { ruleCode: 101, isActive: 1, param0: '', param1: 'Any', param2: 'true' },
  { ruleCode: 102, isActive: 1, param0: 'true', param1: '', param2: '' },
]

// What the list of companies does not tell. Each country has codes of its own for it, so that its rules are known by their names; which words
// those are is assumed, as no list of them is public.
const lookedFor: readonly (Criterion | undefined)[] = ['judgments', 'insolvency', 'privileges', 'parent', 'address']

/** Has the portfolio at `path` tell of what Duncan keeps; true when rules had to be switched on. Throws BureauError when those of every country do not stay on. */
export async function switchRulesOn(ask: Ask, path: string): Promise<boolean> {
  const rules = await readRules()
  const off = new Set([...rules.filter(isOff).map(countryOf), ...(lacks(rules) ? ['XX'] : [])])
  for (const country of off) {
    const own = rules.filter(rule => countryOf(rule) === country)
    // The whole list at once: what is left out of it may be switched off.
    await ask('rules.set', `${path}/eventRules/${country}`, {
      method: 'put',
      json: country === 'XX' ? [...own.filter(isOther).map(asSet), ...everywhere] : own.map(asSet),
    })
  }
  if (off.size > 0 && lacks(await readRules())) throw new BureauError('unreadable', 'Creditsafe did not keep the event rules of the portfolio')
  return off.size > 0

  async function readRules(): Promise<Rule[]> {
    return parseBody(rulesSchema, await ask('rules', `${path}/eventRules`), 'the event rules')
  }
}

const countryOf = ({ ruleCountryCode }: Rule): string => ruleCountryCode ?? 'XX'
const isOther = ({ ruleCode }: Rule): boolean => everywhere.every(rule => rule.ruleCode !== ruleCode)
const isWanted = (rule: Rule): boolean => countryOf(rule) !== 'XX' && lookedFor.includes(criterionIn(rule.name ?? rule.ruleTypeName ?? ''))
const isOff = (rule: Rule): boolean => !rule.isActive && isWanted(rule)
const lacks = (rules: Rule[]): boolean => everywhere.some(({ ruleCode }) => !rules.some(rule => rule.ruleCode === ruleCode && rule.isActive))

const asSet = (rule: Rule) => ({
  ruleCode: rule.ruleCode,
  isActive: rule.isActive || isWanted(rule) ? 1 : 0,
  param0: rule.param0 ?? '',
  param1: rule.param1 ?? '',
  param2: rule.param2 ?? '',
})
