import type { Proposals } from '#proposals'

/** What chat needs of proposals, and nothing more. */
export type ProposalsPort = Pick<
  Proposals,
  | 'view'
  | 'decide'
  | 'decidePayment'
  | 'undo'
  | 'settleUnknown'
  | 'enter'
  | 'draftMail'
  | 'composeMail'
  | 'moveConversation'
  | 'openEntry'
  | 'voteOnEntry'
  | 'settleEntryMail'
  | 'entryChannel'
  | 'readyEntries'
  | 'reopenFiled'
  | 'disputeTypes'
  | 'autonomy'
  | 'decideGrant'
  | 'reportWrong'
  | 'endPaymentPlan'
  | 'usualInstalments'
  | 'handDisputeOver'
>
