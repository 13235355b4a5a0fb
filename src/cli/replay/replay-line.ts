import type { BouncedRecipient, MailFacts } from '#mail'
import type { Plan } from '#proposals'
import { assertedFrom, type Fact, type Reading } from '#triage'

export type ReplayedMail = {
  file: string
  messageId: string | null
  kind: MailFacts['kind']
  reading: Reading
  debtor: { number: string; reason: string } | null
  candidates: { number: string; reasons: string[] }[]
  bounced: BouncedRecipient[]
  replyText: string
  plan: Plan
  ms: number
}

/** One line of the replay's output. Other programs read it: fields may be added, none renamed or removed. */
export function replayLine({ file, messageId, kind, reading, debtor, candidates, bounced, replyText, plan, ms }: ReplayedMail) {
  return {
    file,
    messageId,
    kind,
    language: reading.language,
    debtor,
    candidates,
    intents: reading.intents.map(({ intent, confidence }) => ({ intent, confidence })),
    facts: reading.facts.filter(({ confidence }) => confidence >= assertedFrom).map(contractFact),
    bounce: bounced,
    replyText,
    quarantine: reading.quarantine.map(({ kind: suspicion, code }) => ({ kind: suspicion, reason: code })),
    actions: plan.actions.map(({ kind: action, payload }) => ({ kind: action, ...payload })),
    ms,
  }
}

function contractFact({ kind, value, currency, evidence, promise, conditional }: Fact) {
  const { start, end, text, field } = evidence
  return {
    kind,
    value,
    ...(currency && { currency }),
    evidence: { start, end, text, ...(field && { field }) },
    ...(promise !== undefined && { promise, conditional: conditional ?? false }),
  }
}
