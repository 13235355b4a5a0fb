import { z } from 'zod'
import { jobKind } from '#platform'

/** A message's proposal is settled: mark it in the mailbox, for who reads there. */
export const messageSettled = jobKind('message.settled', z.object({ messageId: z.int() }))

/** Proposals that a person approved together are to be decided one by one; `giveUp`: those that nobody came to are given back. */
export const bulkRun = jobKind('bulk.run', z.object({ runId: z.int(), giveUp: z.boolean().default(false) }))

/** The same of reminders that a person approved together. */
export const remindersRun = jobKind('reminders.run', z.object({ runId: z.int(), giveUp: z.boolean().default(false) }))

const nothing = z.object({})
const scheduled = (name: string) => jobKind(name, nothing, { keyed: true, retries: 2 })

export const systemWatch = scheduled('system.watch')
export const retentionRun = scheduled('retention.run')
export const auditSeal = scheduled('audit.seal')
export const proposalsDue = scheduled('proposals.due')
export const alertsDue = scheduled('alerts.due')
export const absencesFollow = scheduled('absences.follow')
/** What colleagues' chat accounts say of them is to be looked at. */
export const awayAsk = scheduled('absences.ask')
export const digestsPost = scheduled('digests.post')
/** How Duncan judges its last week is to be told. */
export const selfAuditTell = scheduled('autonomy.tell')
export const decisionsMail = scheduled('decisions.mail')
export const ledgerWatch = scheduled('ledger.watch')
export const ledgerDrop = scheduled('ledger.drop')
/** Copies whose files came, and mails that a stand-in should have, are to be proposed. */
export const lateMailsPropose = scheduled('late_mails.propose')
export const paymentsFollow = scheduled('payments.follow')
export const paymentsReview = scheduled('payments.review')
/** Payments by link of which nothing was heard are to be asked about, and those that the ledger shows let go of. */
export const onlinePaymentsFollow = scheduled('online_payments.follow')
export const onlinePaymentsCompare = scheduled('online_payments.compare')
/** What debtors said would come, and did not, is to be told. */
export const promisesFollow = scheduled('promises.follow')
/** `due`: the moment of the schedule that the run is for. `urgent`: a mail of the bureau told of something that cannot wait for the night. A run may take hours, and waits two of them for a bureau that is away. */
export const creditSync = jobKind('credit.sync', z.object({ due: z.iso.datetime().optional(), urgent: z.boolean().default(false) }), {
  keyed: true,
  retries: 20,
  seconds: 12 * 3600,
})
/** `runId`: of the night that it is for; without one, whether anything is to be done is looked at first. */
export const creditPlace = jobKind('credit.place', z.object({ runId: z.int().optional() }), { keyed: true, retries: 3 })
/** What a night learnt of debtors is to be proposed: master data that is missing, groups of one company. */
export const creditParties = scheduled('credit.parties')
/** What a night at the bureau means for our own credit limits. */
export const creditLimits = scheduled('credit.limits')
/** The day of dunning is planned where it is time, and what became of its actions is followed. */
export const dunningRun = jobKind('dunning.run', nothing, { keyed: true, retries: 2, seconds: 3600 })
/** What changed about debtors is to be followed in dunning. */
export const dunningFollow = scheduled('dunning.follow')
/** Which debtors are on which workflow by the rules is to be looked at again. */
export const debtorsAssign = scheduled('debtors.assign')
/** What each debtor owes is to be stored anew, for the order of lists. */
export const standingRefresh = scheduled('standing.refresh')
/** Which insurance covers whom is to be looked at again, and what insurers must hear. */
export const insuranceFollow = jobKind('insurance.follow', nothing, { keyed: true, retries: 2, seconds: 3600 })
/** Reports whose time has come are to be made and mailed. */
export const reportsDue = scheduled('reports.due')
export const ratesFetch = scheduled('rates.fetch')
