import { pointAt, type QueryProblem } from '#search'
import { cardSchema } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import type { Words } from '../words/index.ts'

/** What is wrong with a search: its text with the place marked, and what to write instead, in the reader's language. */
export function searchProblem(query: string, problem: QueryProblem, { search: say }: Words): ClickOutcome {
  const told = faultText(problem, say)
  const [line = '', carets = ''] = pointAt(query, problem).split('\n')
  const start = carets.indexOf('^')
  const card = cardSchema.parse({
    title: say.problem,
    elements: [
      { type: 'quote', text: line, marks: start < line.length ? [{ start, end: Math.min(line.length, carets.length) }] : [] },
      { type: 'text', text: told, tone: 'warning' },
    ],
    fallback: `${say.problem}: ${query}\n${told}`,
  })
  return { kind: 'private', card }
}

/** What is wrong with a search, in the words of a language. */
export function faultText(fault: QueryProblem, { fault: say, near, expects }: Words['search']): string {
  switch (fault.code) {
    case 'too_long':
    case 'too_many':
    case 'too_deep':
      return say[fault.code](String(fault.most))
    case 'nothing_after':
    case 'nothing_before':
      return say[fault.code](fault.word)
    case 'unknown_field':
      return [say.unknown_field(fault.word), fault.near && near(fault.near)].filter(Boolean).join(' ')
    case 'unknown_segment':
      return [say.unknown_segment(fault.key), fault.near && near(fault.near)].filter(Boolean).join(' ')
    case 'missing_value':
      return say.needs(fault.field, wanted(fault))
    case 'wrong_value':
      return [say.needs(fault.field, wanted(fault)), fault.near && near(fault.near)].filter(Boolean).join(' ')
    case 'ambiguous_amount':
      return say.ambiguous_amount(fault.value)
    case 'wrong_comparison':
      return say.wrong_comparison(fault.field, fault.op)
    case 'group_of_values':
    case 'is_a_flag':
      return say[fault.code](fault.field)
    case 'segment_in_itself':
      return say.segment_in_itself(fault.key)
    default:
      return say[fault.code]
  }

  function wanted({ type, choices }: Extract<QueryProblem, { type: unknown }>): string {
    return type === 'choice' ? expects.choice(choices.join(', ')) : expects[type]
  }
}
