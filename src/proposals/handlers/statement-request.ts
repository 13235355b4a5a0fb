import { evidenceOf } from '../situation.ts'
import { statementOf } from '../statement.ts'
import type { Handler } from './handler.ts'

/** A longer list is no mail any more. */
const longest = 200

/** Answers with the open items, unless the ledger is too old to tell anybody amounts or the list too long for a mail. */
export const statementRequest: Handler = situation => {
  if (!situation.isStale && situation.open.length <= longest) return { sections: [{ template: 'statement', slots: statementOf(situation.open) }] }
  return {
    actions: [
      {
        kind: 'create_task',
        payload: { about: { code: 'statement', items: situation.isStale ? null : situation.open.length } },
        evidence: evidenceOf(situation, 'statement_request', []),
      },
    ],
    sections: [{ template: 'statement_later', slots: {} }],
    warnings: situation.isStale ? [{ kind: 'stale_ledger', detail: '' }] : [],
  }
}
