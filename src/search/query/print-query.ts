import { fieldOf } from '../fields/index.ts'
import type { Condition, Query, Test } from './query.ts'

/** The text of a query: read again, it gives the same query. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'all':
      return '*'
    case 'and':
      return query.parts.map(part => (part.kind === 'or' ? `(${printQuery(part)})` : printQuery(part))).join(' ')
    case 'or':
      return query.parts.map(printQuery).join(' OR ')
    case 'not':
      return query.part.kind === 'and' || query.part.kind === 'or' ? `-(${printQuery(query.part)})` : `-${printQuery(query.part)}`
    default:
      return printCondition(query)
  }
}

export function printCondition(condition: Condition): string {
  if (condition.kind === 'flag') return condition.name
  if (condition.kind === 'field') return `${condition.name}:${printTest(condition.test)}`
  const { text } = condition
  return isPlainWord(text) && !fieldOf(text) && !['OR', 'AND', 'NOT'].includes(text) ? text : quoted(text)
}

function printTest(test: Test): string {
  switch (test.op) {
    case 'none':
      return 'none'
    case 'is':
      return test.values.map(value).join(',')
    case 'exactly':
      return `=${value(test.value)}`
    case 'starts':
      return `${test.value}*`
    case 'range':
      return `${test.from ?? ''}..${test.to ?? ''}`
    default:
      return `${test.op}${test.value}`
  }
}

const isPlainWord = (text: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N}._/&'-]*$/u.test(text)
const isPlainValue = (text: string): boolean => /^[\p{L}\p{N}@+-][\p{L}\p{N}._/&'@+-]*$/u.test(text) && text.toLowerCase() !== 'none'
const value = (text: string): string => (isPlainValue(text) ? text : quoted(text))
const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
