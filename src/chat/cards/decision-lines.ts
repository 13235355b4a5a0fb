import type { ProposalView } from '#proposals'
import type { Format } from '../format.ts'
import type { Words } from '../words/index.ts'
import { oneLine } from './cut.ts'

/** Who decided what and when, in one line each: "Approved by Jan Willems, 14:03, edited". */
export function decisionLines(view: ProposalView, words: Words, format: Format): string[] {
  const say = words.decision
  const last = view.decisions.findLast(({ kind }) => kind === 'approve' || kind === 'reject' || kind === 'snooze')
  const name = view.decidedBy?.name ?? last?.by?.name ?? say.duncan
  const time = format.time(view.decidedAt ?? last?.at ?? view.createdAt)
  const undone = view.decisions.findLast(({ kind }) => kind === 'undo')
  const undoneLine = undone ? [say.undoneBy(undone.by?.name ?? say.duncan, format.time(undone.at))] : []
  switch (view.status) {
    case 'approved':
      return [isFiled(view) ? say.filedBy(name, time) : say.approvedBy(name, time, view.edited), ...firstVoteLine(view, words, format), ...undoneLine]
    case 'rejected':
      return [say.rejectedBy(name, time), ...(last?.reason ? [say.rejectedBecause(oneLine(last.reason, 200))] : [])]
    case 'snoozed':
      return view.snoozedUntil ? [say.snoozedBy(last?.by?.name ?? say.duncan, format.dateTime(view.snoozedUntil))] : []
    case 'superseded':
      return [supersededLine(view, words)]
    case 'awaiting_second': {
      const first = view.decisions.findLast(({ kind }) => kind === 'approve')
      return [say.firstVoteBy(view.firstVoteBy?.name ?? say.duncan, format.time(first?.at ?? view.createdAt))]
    }
    case 'open':
      return undoneLine
    case 'expired':
    case 'filed':
      return []
    default:
      return view.status satisfies never
  }
}

/** Of what two people decided, who was the first of them. */
function firstVoteLine({ firstVoteBy, decisions }: ProposalView, { decision: say }: Words, format: Format): string[] {
  const second = decisions.findLastIndex(({ kind }) => kind === 'second_vote')
  const first = decisions.slice(0, Math.max(0, second)).findLast(({ kind }) => kind === 'approve')
  return firstVoteBy && first ? [say.firstVoteWas(firstVoteBy.name, format.time(first.at))] : []
}

function supersededLine({ supersededBy }: ProposalView, words: Words): string {
  // Which one is not said: it may lie in a folder that not every reader of this card sees.
  return supersededBy?.startsWith('proposal:') ? words.decision.supersededByProposal : words.decision.supersededByMail
}

/** Whether it was decided that nothing more is to be done. */
export const isFiled = ({ status, actions }: ProposalView): boolean =>
  status === 'approved' && actions.every(action => action.protective || action.status === 'skipped')
