import { type ProposalView, versionOf } from '#proposals'

/** A short mark of what a card showed: a click on an older one is answered with the new card instead of deciding on something unseen. */
export const proposalVersion = ({ status, debtor, actions }: ProposalView): string => versionOf({ status, debtorId: debtor?.id ?? null, actions })
