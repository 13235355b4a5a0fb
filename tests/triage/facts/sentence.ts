import type { FactKind } from '../../../src/triage/reading.ts'

/** What somebody writes on Monday 18 May 2026, and every firm fact of the judged kinds that it holds. */
export type Sentence = [text: string, facts: Partial<Record<FactKind, string[]>>]
