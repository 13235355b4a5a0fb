import { type Evidence, maskAccounts, type Quarantine } from '#triage'
import type { ProposalView } from './proposal.ts'

type Shown = Pick<ProposalView, 'message' | 'facts' | 'intents' | 'actions'>

/** What is shown of a mail that speaks of bank details: its account numbers are covered, so that nobody pays to one by copying it. */
export function maskBankDetails(quarantine: Quarantine[], shown: Shown): Shown {
  if (!quarantine.some(({ kind }) => kind === 'bank_change')) return shown
  const message = {
    ...shown.message,
    subject: maskAccounts(shown.message.subject),
    replyText: maskAccounts(shown.message.replyText),
    attachments: shown.message.attachments.map(file => ({ ...file, fileName: file.fileName && maskAccounts(file.fileName) })),
  }
  // A quote keeps its place: the covered text is as long as the text.
  const quoted = (evidence: Evidence): Evidence => {
    const { start, end, text, field } = evidence
    const inReply = field === undefined && shown.message.replyText.slice(start, end) === text
    return { ...evidence, text: inReply ? message.replyText.slice(start, end) : maskAccounts(text) }
  }
  return {
    message,
    facts: shown.facts.map(fact => ({ ...fact, evidence: quoted(fact.evidence) })),
    intents: shown.intents.map(intent => (intent.evidence ? { ...intent, evidence: quoted(intent.evidence) } : intent)),
    actions: shown.actions.map(action => ({ ...action, evidence: action.evidence.map(quoted) })),
  }
}
