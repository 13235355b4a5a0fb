import { actionEn } from './action/en.ts'
import { alertsEn } from './alerts/en.ts'
import { assistantEn } from './assistant/en.ts'
import { autonomyEn } from './autonomy/en.ts'
import { awayEn } from './away/en.ts'
import { bulkEn } from './bulk/en.ts'
import { buttonEn } from './button/en.ts'
import { byMailEn } from './by-mail/en.ts'
import { callsEn } from './calls/en.ts'
import { cardEn } from './card/en.ts'
import { composeEn } from './compose/en.ts'
import { creditEn } from './credit/en.ts'
import { creditViewEn } from './credit-view/en.ts'
import { dailyEn } from './daily/en.ts'
import { debtorEn } from './debtor/en.ts'
import { disputesEn } from './disputes/en.ts'
import { dunningEn } from './dunning/en.ts'
import { entriesEn } from './entries/en.ts'
import { filedEn } from './filed/en.ts'
import { formEn } from './form/en.ts'
import { groupsEn } from './groups/en.ts'
import { homeEn } from './home/en.ts'
import { insuranceEn } from './insurance/en.ts'
import { matrixEn } from './matrix/en.ts'
import { notesEn } from './notes/en.ts'
import { pageEn } from './page/en.ts'
import { partiesEn } from './parties/en.ts'
import { payLinksEn } from './pay-links/en.ts'
import { paymentProblemsEn } from './payment-problems/en.ts'
import { paymentsEn } from './payments/en.ts'
import { peopleEn } from './people/en.ts'
import { plansEn } from './plans/en.ts'
import { platformsEn } from './platforms/en.ts'
import { problemsEn } from './problems/en.ts'
import { reassignEn } from './reassign/en.ts'
import { remindersEn } from './reminders/en.ts'
import { reportEn } from './report/en.ts'
import { reportsEn } from './reports/en.ts'
import { resultsEn } from './results/en.ts'
import { riskEn } from './risk/en.ts'
import { searchEn } from './search/en.ts'
import { segmentsEn } from './segments/en.ts'
import { stateEn } from './state/en.ts'
import { suspicionEn } from './suspicion/en.ts'
import { tasksEn } from './tasks/en.ts'
import { whyEn } from './why/en.ts'
import { workflowsEn } from './workflows/en.ts'

/** What Duncan says to colleagues, in English. The other languages have exactly these keys; texts that depend on something are functions. */
export const en = {
  status: {
    open: 'Needs a decision',
    needs_person: 'Needs a person',
    awaiting_second: 'Needs a second vote',
    approved: 'Approved',
    filed: 'Filed',
    rejected: 'Rejected',
    snoozed: 'Snoozed',
    superseded: 'Superseded',
    expired: 'Expired',
    quarantine: 'Quarantined',
  },
  action: actionEn,
  verb: {
    send_reply: 'send reply',
    send_invoice_copies: 'send invoice copies',
    register_promise: 'register promise',
    agree_payment_plan: 'agree payment plan',
    place_hold: 'hold dunning',
    open_dispute: 'open dispute',
    mark_payment_claimed: 'note claimed payment',
    mark_address_bounced: 'stop address',
    register_absence: 'note absence',
    update_contact: 'update contact',
    register_po_number: 'register PO number',
    create_task: 'create task',
  },
  actionStatus: {
    pending: '',
    scheduled: (time: string) => `leaves at ${time}`,
    claimed: 'working…',
    done: 'done',
    failed: (problem: string) => `failed: ${problem}`,
    unknown: 'not known whether it left',
    skipped: 'skipped',
    undone: 'undone',
    protective: 'done at once, as a protection',
  },
  disputeReason: {
    price: 'price',
    quantity: 'quantity',
    quality: 'quality',
    not_ordered: 'not ordered',
    not_delivered: 'not delivered',
    wrong_po: 'wrong PO number',
    duplicate: 'duplicate',
    credit_note_expected: 'credit note expected',
    other: 'other',
  },
  needsPerson: {
    unlinked: 'No debtor fits this mail. Link it to its debtor, or file it.',
    ambiguous: 'This mail could be from more than one debtor. Choose the right one.',
    unreadable: 'This mail could not be read fully. Look at the original.',
    unclear: 'What this mail asks is not clear enough to act on. Write the reply, or file it.',
    quarantine: 'This mail is not to be trusted. Nothing is answered.',
  },
  warning: {
    stale_ledger: (_detail: string) => 'The ledger is too old for amounts: they are left out of the reply.',
    copies_missing: (detail: string) => `No PDF found for: ${detail}`,
    unknown_invoices: (detail: string) => `Not an open invoice of this debtor: ${detail}`,
    no_recipient: (_detail: string) => 'There is nobody to answer to: the sender is no contact and wrote in no thread of ours.',
    reply_waiting: (_detail: string) => 'An approved reply of this conversation has not left yet. If this mail changes the matter, undo it on its own card.',
    mail_held: (_detail: string) => 'Duncan was restored from a backup: this leaves once the mailboxes have told what was sent since.',
    unverified_recipient: (detail: string) => `Not a verified contact of this debtor: ${detail}`,
    reply_to_ignored: (detail: string) => `The mail asks to be answered elsewhere; that address is ignored: ${detail}`,
    engines_disagree: (detail: string) => `The engines read this differently: ${detail}`,
  },
  quarantine: {
    injection: 'It tries to give orders to a machine',
    bank_change: 'It is about a change of bank details',
    look_alike: 'The sender’s address looks like a known one, but is not',
    hidden_text: 'It holds text that a reader cannot see',
    sender_unverified: 'The sender could not be verified',
  },
  linkReason: {
    sender: 'sender address',
    contact_domain: 'mail domain of a contact',
    invoice_number: 'invoice number',
    payment_reference: 'payment reference',
    company_number: 'company number',
    name: 'name',
    thread: 'earlier mail',
    staff: 'linked by a colleague',
  },
  card: cardEn,
  decision: {
    approvedBy: (name: string, time: string, edited: boolean) => `Approved by ${name}, ${time}${edited ? ', edited' : ''}`,
    filedBy: (name: string, time: string) => `Filed by ${name}, ${time}`,
    rejectedBy: (name: string, time: string) => `Rejected by ${name}, ${time}`,
    rejectedBecause: (reason: string) => `Reason: ${reason}`,
    snoozedBy: (name: string, until: string) => `Snoozed by ${name} until ${until}`,
    supersededByMail: 'Answered by a colleague from the mailbox',
    supersededByProposal: 'A newer mail took over',
    firstVoteBy: (name: string, time: string) => `First vote by ${name}, ${time}. A second person must approve.`,
    firstVoteWas: (name: string, time: string) => `First vote by ${name}, ${time}`,
    undoneBy: (name: string, time: string) => `Undone by ${name}, ${time}`,
    duncan: 'Duncan',
  },
  button: buttonEn,
  reminder: {
    title: 'Still to be decided',
    since: (time: string) => `It has been waiting for a decision since ${time}.`,
  },
  confirm: {
    sendAgainTitle: 'Send it again?',
    sendAgainText: (to: string) => `If the first mail did arrive after all, ${to} gets it twice. It is the same mail under the same Message-ID.`,
    didNotTitle: 'It was really not sent?',
    didNotText: (to: string) => `The reply to ${to} will count as not sent. Nothing is sent again by itself.`,
    undoProtectiveTitle: 'Lift the protection?',
    undoProtectiveText: 'Dunning may go on for this debtor at once.',
    yes: 'Yes',
  },
  form: formEn,
  outcome: {
    already: (status: string, who: string, when: string) => `Already decided: ${status}, by ${who}, ${when}.`,
    stale: 'This card has changed since you opened it. Look at it again, then decide.',
    notAllowed: 'You do not have the right to do this. Ask a manager.',
    ownVote: 'The second vote must come from somebody else.',
    callBackFirst:
      'There is nobody else for the second vote. Call the debtor on a number on file, write a note about the call with the debtor, and vote again when the waiting time since your first vote is over.',
    tooLate: 'Too late: it has left already.',
    gone: 'This card is no longer there.',
    invalid: (problem: string) => `That does not fit: ${problem}`,
    done: 'Done.',
    nothingTicked: 'Nothing is ticked. Tick at least one action, or reject the proposal.',
    dateNotAhead: 'Choose a day after today.',
  },
  byMail: byMailEn,
  ops: {
    area: {
      mailbox: 'Mailbox',
      smtp: 'Sending',
      ledger: 'Ledger',
      job: 'Job',
      import: 'Import',
      credit: 'Credit bureau',
      decisions: 'Decisions by mail',
      payments: 'Payments by link',
    },
    title: 'Duncan needs attention',
    resolved: 'Solved',
    failing: 'Failing',
    remedy: 'What to do',
    since: 'Since',
    until: 'Solved at',
  },
  debtorCard: debtorEn,
  search: searchEn,
  segments: segmentsEn,
  command: {
    pickTitle: (query: string) => `More than one debtor fits “${query}”`,
    pickText: (count: number) => `${count} found. Which one?`,
    noneTitle: (query: string) => `Nothing fits “${query}”`,
    noneText: 'Look by debtor number, invoice number, or a part of the name.',
    missingQuery: (command: string) => `Say which one: ${command} <name, debtor number or invoice number>`,
    unknown: (command: string) => `There is no command ${command}.`,
    helpTitle: 'What you can type',
    helpDebtor: 'status of a debtor: balance, aging, promises, disputes, last mails',
    helpInbox: 'the mails of a debtor, newest first',
    helpActions: 'what waits: decisions, calls and tasks',
    helpFind: 'debtors by name, number or conditions such as overdue:>10000 country:BE -dispute; save as <name>, saved',
    helpHelp: 'this list',
    inboxTitle: (name: string) => `Mails of ${name}`,
    inboxEmpty: 'No mails of this debtor yet.',
    actionsTitle: 'Action list',
    actionsEmpty: 'Nothing waits. All done.',
    actionsRange: (first: number, last: number, total: number) => `[${first}–${last}] of ${total}`,
    actionsMineEmpty: 'Nothing waits for you.',
    whyTitle: (id: number) => `Why proposal ${id}`,
    whyFacts: 'What was found in it',
    whyNone: (id: string) => `There is no proposal ${id}.`,
    direction: { in: 'in', out: 'out' },
  },
  intent: {
    promise_to_pay: 'promise to pay',
    payment_made: 'payment made',
    invoice_copy_request: 'asks for an invoice copy',
    dispute: 'dispute',
    payment_plan_request: 'asks for a payment plan',
    payment_details_question: 'asks for payment details',
    statement_request: 'asks for a statement',
    contact_change: 'contact change',
    po_number: 'PO number',
    insolvency_notice: 'insolvency notice',
    legal_reply: 'legal reply',
    out_of_office: 'out of office',
    bounce: 'bounce',
    acknowledgement: 'acknowledgement',
    other_question: 'other question',
    unrelated: 'unrelated',
  },
  fact: {
    promised_date: 'promised date',
    promised_amount: 'promised amount',
    paid_date: 'paid on',
    paid_amount: 'paid amount',
    invoice_number: 'invoice',
    dispute_reason: 'reason of the dispute',
    disputed_amount: 'disputed amount',
    return_date: 'last day away',
    stand_in: 'stand-in',
    contact_email: 'e-mail',
    contact_phone: 'phone',
    contact_name: 'name',
    contact_address: 'address',
    po_number: 'PO number',
    instalment: 'instalments',
    requested_document: 'asked for',
  },
  payments: paymentsEn,
  paymentProblems: paymentProblemsEn,
  people: peopleEn,
  home: homeEn,
  calls: callsEn,
  daily: dailyEn,
  entries: entriesEn,
  plans: plansEn,
  problems: problemsEn,
  suspicion: suspicionEn,
  disputes: disputesEn,
  dunning: dunningEn,
  filed: filedEn,
  groups: groupsEn,
  risk: riskEn,
  parties: partiesEn,
  compose: composeEn,
  credit: creditEn,
  alerts: alertsEn,
  creditView: creditViewEn,
  matrix: matrixEn,
  insurance: insuranceEn,
  payLinks: payLinksEn,
  workflows: workflowsEn,
  tasks: tasksEn,
  why: whyEn,
  report: reportEn,
  reports: reportsEn,
  results: resultsEn,
  notes: notesEn,
  state: stateEn,
  assistant: assistantEn,
  platforms: platformsEn,
  autonomy: autonomyEn,
  away: awayEn,
  bulk: bulkEn,
  reassign: reassignEn,
  reminders: remindersEn,
  ui: pageEn,
}
