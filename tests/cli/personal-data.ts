import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where `duncan contact export` puts the rows of a table in data.json, and the columns that it leaves out on purpose. */
type Held = { at: string; left?: string[] }
/** Why a table holds nothing on a contact, and its columns that hold texts: a new one is a new question. */
type Free = { free: string; texts: string }

const numbers = 'the numbers of the ledger, of a debtor that the contact records name'
const runs = 'names of files, counts and states; the files themselves the export names as not covered'
const rules = 'rules of the company, as the settings have them'
const own = 'how Duncan itself runs'
const link = 'ids that join two records'
const keys = 'hashes of keys that end by themselves'

/** Every table of the schema. */
export const tables: Record<string, Held | Free> = {
  Contact: { at: 'contacts' },
  Debtor: { at: 'debtors' },
  Administration: { at: 'debtors.administration' },
  DebtorGroup: { at: 'contacts.debtor.group' },
  Staff: { at: 'staff' },
  Session: { at: 'staff.sessions', left: ['tokenHash'] },
  StaffAbsence: { at: 'staff.absences' },
  StaffPreference: { at: 'staff.preference' },
  ChatAccount: { at: 'staff.chatAccounts' },
  MailSignIn: { at: 'signIns' },
  Message: { at: 'mails' },
  Attachment: { at: 'mails.attachments' },
  OutboundMail: { at: 'sent' },
  Reading: { at: 'readings' },
  Proposal: { at: 'proposals' },
  ProposedAction: { at: 'proposals.actions' },
  Decision: { at: 'proposals.decisions' },
  PromiseToPay: { at: 'promises' },
  Dispute: { at: 'disputes' },
  DisputeEvent: { at: 'disputes.events' },
  Note: { at: 'notes' },
  Task: { at: 'tasks' },
  DebtorEntry: { at: 'entries' },
  Correction: { at: 'corrections' },
  Payment: { at: 'payments' },
  ChatPost: { at: 'posts' },
  AuditEntry: { at: 'audit' },
  AuditContent: { at: 'audit.content' },
  SavedSearch: { at: 'searches' },
  OpsAlert: { at: 'alerts' },
  SettingsVersion: { at: 'settings', left: ['content', 'note'] }, // the settings of a whole company: that they name the person is said
  Thread: { free: 'the subject of its mails', texts: 'subject' },
  Mailbox: { free: 'an address of the company', texts: 'key address kind status problem' },
  MailFolder: { free: 'folders of the company', texts: 'path role' },
  MessageLocation: { free: link, texts: '' },
  ChatConversation: { free: 'accounts of colleagues, who are found under staff', texts: 'platform workspace conversation userId reference members' },
  ChatChannel: { free: rules, texts: 'platform channel conversation digestAt' },
  ChatCopy: { free: 'which post stands where; what it says is the post', texts: 'platform conversation externalId parts status shown problem' },
  ChatDelivery: { free: own, texts: 'platform deliveryId' },
  ChatPicture: { free: 'which file of a platform is which attachment; the picture is the attachment', texts: 'platform externalId' },
  ChatLinkCode: { free: keys, texts: 'codeHash' },
  DecisionMail: { free: 'when a colleague was written to, and ids', texts: 'internetMessageId kind' },
  MailedDecision: { free: keys, texts: 'vote version linkHash replyHash' },
  SignInLink: { free: keys, texts: 'tokenHash' },
  SignInAttempt: { free: keys, texts: 'cookieHash state nonce codeVerifier' },
  SignInCount: { free: 'hashes of network addresses and ids of colleagues, for minutes', texts: 'subject' },
  Secret: { free: 'sealed: nobody reads it, and nobody else is to', texts: 'name keyId sealed' },
  Invoice: { free: numbers, texts: 'number searchNumber kind currency status closedReason poNumber orderNumber paymentReference' },
  Order: { free: numbers, texts: 'number currency poNumber status' },
  PaymentAllocation: { free: link, texts: '' },
  PaymentChange: { free: link, texts: '' },
  AutonomyCase: { free: 'what colleagues made of a proposal, by id', texts: 'kind intent language verdict' },
  AutonomyGrant: { free: 'what Duncan may do alone, by whose word, by id', texts: 'kind intent language level record endReason' },
  ProposalSnapshot: { free: 'packed: the mail, reading, contacts and ledger rows of a proposal, which are told from their own tables', texts: 'content hash' },
  PaymentVote: { free: 'which invoices a colleague chose, by id', texts: 'choice' },
  PromiseInvoice: { free: link, texts: '' },
  PaymentPlan: { free: numbers, texts: 'status currency' },
  PaymentPlanInvoice: { free: link, texts: '' },
  Instalment: { free: numbers, texts: 'status' },
  DisputeInvoice: { free: link, texts: '' },
  AwaitedCopy: { free: link, texts: '' },
  NoteInvoice: { free: link, texts: '' },
  DunningHold: { free: 'ids, and a reason from a list', texts: 'reason' },
  DebtorLimit: { free: numbers, texts: 'kind currency source insurer' },
  WorkflowAssignment: { free: 'ids, and a workflow of the settings', texts: 'workflow reason' },
  DebtorStanding: { free: numbers, texts: '' },
  DebtorRule: { free: 'what rules of the settings say of a debtor, by id', texts: 'rule tone collector channel' },
  WorkflowVersion: { free: rules, texts: 'workflow content contentHash' },
  DunningItem: { free: link, texts: 'remindedBy announcedBy reason' },
  DunningAction: { free: 'ids, and words from lists', texts: 'stepName type track status outcome' },
  DunningActionItem: { free: numbers, texts: 'stepName currency' },
  PaymentLink: { free: 'ids, and a hash of an address that ends by itself', texts: 'scope chargesCurrency seed tokenHash base' },
  OnlinePayment: {
    free: 'an amount and a state, by id; who paid is known to the provider alone',
    texts: 'provider externalId checkoutUrl status currency method',
  },
  OnlinePaymentItem: { free: numbers, texts: '' },
  StepGrant: { free: 'which steps of the settings may leave alone, by whose word, by id', texts: 'workflow step level actor endReason' },
  DunningChange: { free: link, texts: '' },
  Experiment: { free: rules, texts: 'key plan' },
  ExperimentAction: { free: 'ids, and words from lists', texts: 'experiment unit variant' },
  Dispatch: { free: 'ids, states and names of files; what left is the entry', texts: 'channel name state problem' },
  BankAccount: { free: 'an account of the company', texts: 'number' },
  BankStatement: { free: runs, texts: 'number currency contentKey format fileName fileHash gap' },
  ImportRun: { free: runs, texts: 'type fileName fileHash mode status counts rejectFile error' },
  ExportRun: { free: runs, texts: 'name actor status folder files error' },
  ExportedRow: { free: 'hashes of rows, with the numbers and ids that name them', texts: 'export content row key hash' },
  CurrencyRate: { free: own, texts: 'currency' },
  Route: { free: rules, texts: 'key channel mailboxes administrations languages segments partyTypes intents risks owners lead' },
  RoleLimit: { free: rules, texts: 'role' },
  SecondVoteRule: { free: rules, texts: 'actionKind' },
  Segment: { free: 'a copy of the settings in force, of which the newest version says so', texts: 'key title query strategy tone' },
  ScheduleTick: { free: own, texts: 'name' },
  DeadJob: { free: 'ids; faults carry no personal data', texts: 'id kind payload problem retriedBy' },
  LlmUsage: { free: own, texts: 'model' },
  CreditCompany: { free: 'what a public register says of a company', texts: 'bureau bureauId country name monitoring listed identity sections ratingClass' },
  CreditLink: { free: link, texts: 'source number linkedBy' },
  CreditFormerLink: { free: link, texts: '' },
  CreditGap: { free: 'companies of a public register', texts: 'reason detail candidates number declined declinedBy' },
  CreditValue: { free: 'what a credit bureau says of a company', texts: 'criterion value raw source' },
  CreditChange: { free: 'what a credit bureau says of a company', texts: 'criterion before value raw source correlationId' },
  CreditRun: { free: own, texts: 'bureau trigger counts' },
  CreditRunCompany: { free: own, texts: 'outcome problem' },
  CreditOrder: { free: own, texts: 'outcome correlationId' },
  CreditEvent: { free: 'what a credit bureau says of a company', texts: 'bureau eventId bureauId rule oldValue newValue source criterion mailedAt' },
  CreditAccount: { free: keys, texts: 'bureau refusedLogin quotas' },
  CreditWish: { free: link, texts: '' },
  CreditAlert: { free: 'what a credit bureau says of a company', texts: 'criterion rule party urgency channel before value steps fact status' },
  CreditChannel: { free: rules, texts: 'kind channel' },
  CreditPosition: { free: 'figures of a debtor, by rules of the settings', texts: 'solvency band segment stance workflow currency why next' },
  CreditMove: { free: 'figures of a debtor, by rules of the settings', texts: 'from solvency band stance workflow currency why' },
  CreditPlacement: { free: own, texts: 'kind currencies' },
  CreditScore: { free: 'figures of a debtor, by rules of the settings', texts: 'terms' },
  InsurancePolicy: {
    free: rules,
    texts: 'id insurer number administrations segments debtors extendFrom reportFrom handOverFrom limitCurrency tell responsible',
  },
  InsuredDebtor: { free: 'which policy covers a debtor', texts: 'policyId' },
  InsuredItem: { free: 'a day of an invoice, and ids', texts: '' },
  InsuranceReport: { free: 'what the entry of the same day says, and which colleague, by id', texts: 'policyId reference' },
  InsuranceReportItem: { free: link, texts: '' },
  InsuranceEvent: { free: link, texts: '' },
  CreditTag: { free: 'words of the settings about a debtor, and which colleague chose them, by id', texts: 'tag' },
  ChatBulk: { free: rules, texts: 'channel likeness' },
  ChatBulkItem: { free: link, texts: 'channel likeness version status' },
  ChatBulkRun: { free: 'which colleague approved what, by id', texts: 'surface status' },
  ChatBulkResult: { free: 'ids; a problem says what is wrong with a proposal, as its card does', texts: 'version outcome problem' },
  ReminderRun: { free: 'which colleague approved what, by id', texts: 'surface status list kind' },
  ReminderResult: { free: 'ids; a problem says what is wrong with a reminder, as its card does', texts: 'outcome problem' },
  ReportSchedule: {
    free: 'which report goes when to which colleagues, and to addresses that they typed, which no debtor has',
    texts: 'report form when timeZone filter addresses state pausedFor',
  },
  ReportDelivery: { free: 'when a report went to which of them', texts: 'recipient status reason' },
  Reassignment: { free: 'which colleague moved what, by id', texts: 'moved' },
}

/** The tables of the schema with their columns, and of these the ones that hold texts. */
export function tablesOfSchema(): { name: string; columns: string[]; texts: string[] }[] {
  const folder = join(import.meta.dirname, '../../prisma/models')
  const text = readdirSync(folder)
    .map(file => readFileSync(join(folder, file), 'utf8'))
    .join('\n') // prettier-ignore
  return [...text.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)].map(([, name = '', body = '']) => {
    const columns = [...body.matchAll(/^ +(\w+) +(String|Json|Bytes|Int|BigInt|Boolean|DateTime|Decimal)(?![\w])/gm)]
    const texts = columns.filter(([, , type = '']) => ['String', 'Json', 'Bytes'].includes(type))
    return { name, columns: columns.map(([, column = '']) => column), texts: texts.map(([, column = '']) => column) }
  })
}
