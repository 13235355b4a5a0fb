import type { ActionEdit, DecisionOutcome, DecisionRequest, ProposalView } from '#proposals'
import type { ProposalsPort } from '../../src/chat/approvals/port.ts'

export type FakeProposals = ProposalsPort & {
  views: Map<number, ProposalView>
  requests: DecisionRequest[]
  undone: number[]
  settled: { actionId: number; verdict: string }[]
}

/** Proposals in memory that decide like the real ones as far as a card can tell: the first decision counts, a second says by whom. */
export function fakeProposals(views: ProposalView[], nameOf: (staffId: number) => string, now: () => Date): FakeProposals {
  const known = new Map(views.map(view => [view.id, view]))
  const requests: DecisionRequest[] = []
  const undone: number[] = []
  const settled: { actionId: number; verdict: string }[] = []

  async function decide(request: DecisionRequest): Promise<DecisionOutcome> {
    requests.push(request)
    const view = known.get(request.proposalId)
    if (!view) return { kind: 'not_found' }
    const by = { id: request.staffId, name: nameOf(request.staffId) }
    if (request.kind !== 'undo' && view.status !== 'open') {
      return { kind: 'already_decided', status: view.status, by: view.decidedBy?.name ?? '?', at: view.decidedAt }
    }
    const changed = apply(view, request, by)
    const decision = { kind: request.kind, by, at: now(), edited: changed.edited, reason: null, surface: request.surface, detail: {} }
    known.set(view.id, { ...changed, decisions: [...view.decisions, { ...decision, ...(request.kind === 'reject' && { reason: request.reason }) }] })
    return { kind: 'decided', status: changed.status, undoUntil: changed.undoUntil }
  }

  function apply(view: ProposalView, request: DecisionRequest, by: { id: number; name: string }): ProposalView {
    const settledNow = { decidedAt: now(), decidedBy: by }
    switch (request.kind) {
      case 'edit':
        return { ...view, actions: edited(view, request.edits, request.ticked) }
      case 'approve': {
        const edits = request.edits ?? []
        const actions = edited(view, edits, request.ticked).map((action): typeof action => ({ ...action, status: action.ticked ? 'done' : 'skipped' }))
        const undoUntil = new Date(now().getTime() + 120_000)
        return { ...view, ...settledNow, status: 'approved', edited: edits.length > 0, actions, undoUntil }
      }
      case 'reject':
        return { ...view, ...settledNow, status: 'rejected' }
      case 'snooze':
        return { ...view, status: 'snoozed', snoozedUntil: request.until }
      case 'reassign':
        return { ...view, owner: { id: request.ownerId, name: nameOf(request.ownerId) } }
      case 'undo': {
        const actions = view.actions.map((action): typeof action => ({ ...action, status: 'undone' }))
        return { ...view, undoUntil: null, actions }
      }
      default:
        return view
    }
  }

  return {
    views: known,
    requests,
    undone,
    settled,
    view: async id => known.get(id),
    decide,
    undo: async actionId => {
      undone.push(actionId)
      return { kind: 'undone' }
    },
    decidePayment: async () => ({ kind: 'not_found' }),
    enter: async () => ({ kind: 'not_found' }),
    enterAll: async () => ({ kind: 'not_found' }),
    draftMail: async () => ({ kind: 'not_found' }),
    composeMail: async () => ({ kind: 'not_found' }),
    moveConversation: async () => ({ kind: 'not_found' }),
    voteOnEntry: async () => ({ kind: 'not_found' }),
    settleEntryMail: async () => ({ kind: 'not_found' }),
    openEntry: async () => ({ kind: 'not_found' }),
    entryChannel: async () => undefined,
    readyEntries: async () => [],
    workToMove: async () => ({ debtors: [], proposals: [], tasks: [], unseen: 0 }),
    reassignWork: async () => ({ id: 0, moved: { debtors: [], proposals: [], tasks: [] } }),
    takeBackReassignment: async () => undefined,
    endPaymentPlan: async () => false,
    usualInstalments: () => 3,
    reopenFiled: async () => false,
    disputeTypes: () => ['price', 'other'],
    handDisputeOver: async () => false,
    autonomy: async () => [],
    decideGrant: async () => ({ kind: 'refused', why: 'gone' }),
    decidesAlone: () => true,
    steps: async () => [],
    decideStepGrant: async () => ({ kind: 'refused', why: 'gone' }),
    endedStep: async () => undefined,
    reportWrong: async () => ({ kind: 'not_found' }),
    settleUnknown: async (actionId, _staffId, verdict) => {
      settled.push({ actionId, verdict })
      return { kind: 'decided', status: 'approved', undoUntil: null }
    },
  }
}

const edited = (view: ProposalView, edits: ActionEdit[], ticked: number[] | undefined) =>
  view.actions.map(action => {
    const edit = edits.find(({ actionId }) => actionId === action.id)
    const payload = {
      ...action.payload,
      ...(edit?.text !== undefined && { text: edit.text }),
      ...(edit?.subject !== undefined && { subject: edit.subject }),
    }
    return { ...action, payload, ticked: ticked?.includes(action.id) ?? action.ticked, edited: action.edited || edit !== undefined } as typeof action
  })
