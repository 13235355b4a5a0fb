import { type ReplyFrame, renderTemplate } from './draft-reply.ts'

type Money = { amount: string; currency: string }

/** What a collector should know before a call; days are ISO. */
export type CallFacts = {
  debtor: string
  /** The debtor's number in its administration. */
  number: string
  contactName?: string | undefined
  phone?: string | undefined
  numbers: readonly string[]
  totals: readonly Money[]
  oldestDue: string
  maxDaysLate: number
  promised?: { amount: Money; on?: string | undefined } | undefined
  disputed?: readonly { number: string; open: Money }[] | undefined
  lastContact?: string | undefined
}

/** The summary of a call in the collector's language, a few lines; for colleagues, never for the debtor. */
export const draftCallSummary = ({ language, templates }: Pick<ReplyFrame, 'language' | 'templates'>, facts: CallFacts): string =>
  renderTemplate('call_summary', language, { disputed: [], ...facts }, templates).trim()
