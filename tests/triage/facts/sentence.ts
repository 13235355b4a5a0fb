import type { FactKind } from '../../../src/triage/reading.ts'

/** What somebody writes on Monday 18 May 2026, and every firm fact of the judged kinds that it holds. */
export type Sentence = [text: string, facts: Partial<Record<FactKind, string[]>>]

/** What somebody says after "we will pay" on Monday 23 November 2026, and the day it means; '' leaves it open. */
export type SaidDay = [said: string, means: string]
