/** How the value of a field is tested. Values are canonical texts of the field's type: `10000`, `2026-11`, `-30d`, `BE`. */
export type Test =
  | { op: 'is'; values: string[] }
  /** The whole text, where `is` looks for a part. */
  | { op: 'exactly'; value: string }
  | { op: 'starts'; value: string }
  | { op: '<' | '<=' | '>' | '>='; value: string }
  /** Both ends included; null: open. */
  | { op: 'range'; from: string | null; to: string | null }
  | { op: 'none' }

/** One condition on a debtor: words that it must be known by, something that is so or not, or a field's value. */
export type Condition = { kind: 'text'; text: string } | { kind: 'flag'; name: string } | { kind: 'field'; name: string; test: Test }

/** What a search asks for. `all` is every debtor. */
export type Query = Condition | { kind: 'all' } | { kind: 'and'; parts: Query[] } | { kind: 'or'; parts: Query[] } | { kind: 'not'; part: Query }

/** All of these; nested ones are taken together, and one alone stands for itself. */
export const allOf = (parts: Query[]): Query => joined('and', parts)

/** Any of these, taken together likewise. */
export const anyOf = (parts: Query[]): Query => joined('or', parts)

/** The opposite; of an opposite it is the thing itself. */
export const not = (part: Query): Query => (part.kind === 'not' ? part.part : { kind: 'not', part })

function joined(kind: 'and' | 'or', parts: Query[]): Query {
  const flat = parts.flatMap(part => (part.kind === kind ? part.parts : [part]))
  const [only] = flat
  return flat.length === 1 && only ? only : { kind, parts: flat }
}

/** The values that a test names whole; none of one that looks for a beginning, a range or nothing. */
export const valuesOf = (test: Test): string[] => (test.op === 'is' ? test.values : test.op === 'exactly' ? [test.value] : [])
