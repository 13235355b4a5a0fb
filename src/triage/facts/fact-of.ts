import type { Fact, FactKind } from '../reading.ts'
import type { Span } from './split-clauses.ts'

/** A fact whose evidence is the literal text between two offsets. */
export function factOf(kind: FactKind, value: Fact['value'], text: string, { start, end }: Span, confidence: number, more: Partial<Fact> = {}): Fact {
  return { kind, value, evidence: { start, end, text: text.slice(start, end) }, confidence, ...more }
}
