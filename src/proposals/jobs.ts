import { z } from 'zod'
import { jobKind } from '#platform'

/** A new proposal stands; chat posts its card. */
export const proposalOpened = jobKind('proposal.opened', z.object({ proposalId: z.int() }))

/** A proposal or one of its actions changed; chat redraws every copy of its card. */
export const proposalChanged = jobKind('proposal.changed', z.object({ proposalId: z.int() }))

/** An action of an approved proposal is to be carried out. */
export const actionExecute = jobKind('action.execute', z.object({ actionId: z.int() }))

/** A proposal waits for too long, or a reply of it was stopped; chat tells this person, and nobody else. */
export const proposalReminder = jobKind('proposal.reminder', z.object({ proposalId: z.int(), staffId: z.int() }))

/** What Duncan was granted ended: what it decided on it and has not left comes back, and chat tells who granted it. */
export const grantEnded = jobKind('autonomy.ended', z.object({ grantId: z.int() }))

/** What a step of dunning was granted ended; what it was to send alone comes back, and chat tells who granted it. */
export const stepEnded = jobKind('step.ended', z.object({ grantId: z.int() }))

/** An entry was opened, or stands otherwise; chat draws its card. */
export const entryChanged = jobKind('entry.changed', z.object({ entryId: z.int() }))

/** Entries that this person may decide on wait for too long; chat tells them, and nobody else. */
export const entryReminder = jobKind('entry.reminder', z.object({ staffId: z.int() }))

/** A dispute ended, or what was decided on it stands no more; its debtor is to hear, or not to. */
export const disputeDecided = jobKind('dispute.decided', z.object({ disputeId: z.int() }))

/** A debtor was not answered on its dispute by the promised day; chat tells this person, and nobody else. */
export const disputeLate = jobKind('dispute.late', z.object({ disputeId: z.int(), staffId: z.int() }))
