import { expectsOf, type ValueType } from './value-types.ts'

/** Where in the text of a query: UTF-16 units, `end` excluded. */
export type Place = { start: number; end: number }

/** Why a text is no query. */
export type QueryFault =
  | { code: 'empty' }
  | { code: 'too_long'; most: number }
  | { code: 'too_many'; most: number }
  | { code: 'too_deep'; most: number }
  | { code: 'bad_character' }
  | { code: 'unclosed_quote' }
  | { code: 'unclosed_group' }
  | { code: 'unopened_group' }
  | { code: 'empty_group' }
  | { code: 'nothing_after'; word: string }
  | { code: 'nothing_before'; word: string }
  | { code: 'unknown_field'; word: string; near: string | undefined }
  | { code: 'missing_value'; field: string; type: ValueType; choices: readonly string[] }
  | { code: 'wrong_value'; field: string; value: string; type: ValueType; choices: readonly string[]; near: string | undefined }
  | { code: 'ambiguous_amount'; value: string }
  | { code: 'wrong_comparison'; field: string; op: string }
  | { code: 'group_of_values'; field: string }
  | { code: 'is_a_flag'; field: string }
  | { code: 'unknown_segment'; key: string; near: string | undefined }
  | { code: 'segment_in_itself'; key: string }

export type QueryProblem = QueryFault & Place

const didYouMean = (near: string | undefined): string => (near ? ` Did you mean ${near}?` : '')

type Said = { [F in QueryFault as F['code']]: (fault: F) => string }

const said: Said = {
  empty: () => 'Nothing is asked for. Write words or conditions; * means every debtor.',
  too_long: ({ most }) => `A search has at most ${most} characters.`,
  too_many: ({ most }) => `A search has at most ${most} conditions.`,
  too_deep: ({ most }) => `Groups stand in each other at most ${most} deep.`,
  bad_character: () => 'This character cannot stand in a search.',
  unclosed_quote: () => 'The quotation mark is not closed.',
  unclosed_group: () => 'The parenthesis is not closed.',
  unopened_group: () => 'There is no parenthesis that this one closes.',
  empty_group: () => 'Nothing stands between the parentheses.',
  nothing_after: ({ word }) => `After ${word} something must follow. To search for the word itself, put it in quotation marks.`,
  nothing_before: ({ word }) => `Before ${word} something must stand. To search for the word itself, put it in quotation marks.`,
  unknown_field: ({ near, word }) => `There is no field ${word}.${didYouMean(near)} To search for the text itself, put it in quotation marks.`,
  missing_value: ({ field, type, choices }) => `${field}: needs ${expectsOf(type, choices)}.`,
  wrong_value: ({ field, type, choices, near }) => `${field}: needs ${expectsOf(type, choices)}.${didYouMean(near)}`,
  ambiguous_amount: ({ value }) => `${value} can be read in two ways: write thousands without a separator (10000 or 10k), cents with two digits (10.50).`,
  wrong_comparison: ({ field, op }) => `${field}: cannot be compared with ${op}; write ${field}: and the value.`,
  group_of_values: ({ field }) => `Several values are written with commas: ${field}:one,two.`,
  is_a_flag: ({ field }) => `${field} has no value: write ${field}, or -${field} for its opposite.`,
  unknown_segment: ({ key, near }) => `There is no segment ${key}.${didYouMean(near)}`,
  segment_in_itself: ({ key }) => `The segment ${key} would be defined by itself.`,
}

/** What is wrong and what to write instead, one English sentence or two. */
export const problemText = (problem: QueryFault): string => (said[problem.code] as (fault: QueryFault) => string)(problem)

/** The line of the query with a caret under each character that the problem is about. */
export function pointAt(query: string, { start, end }: Place): string {
  const lineStart = start === 0 ? 0 : query.lastIndexOf('\n', start - 1) + 1
  const lineEnd = query.indexOf('\n', start)
  const line = query.slice(lineStart, lineEnd === -1 ? undefined : lineEnd)
  const column = Math.min(start - lineStart, line.length)
  const width = Math.max(1, Math.min(end - start, line.length - column))
  return `${line.replaceAll('\t', ' ')}\n${' '.repeat(column)}${'^'.repeat(width)}`
}
