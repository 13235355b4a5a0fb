import type { DecisionOutcome, DecisionRequest, ProposalView } from '#proposals'

/** What chat needs of proposals, and nothing more. */
export type ProposalsPort = {
  view: (proposalId: number) => Promise<ProposalView | null | undefined>
  decide: (request: DecisionRequest) => Promise<DecisionOutcome>
  /** Takes back one action, such as a protection that ran at once. */
  undo: (actionId: number, staffId: number, surface: string) => Promise<DecisionOutcome>
  /** Says what a person found about a mail of which it is not known whether it left. */
  settleUnknown: (actionId: number, staffId: number, left: boolean, surface: string) => Promise<DecisionOutcome>
}
