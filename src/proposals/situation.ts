import { Temporal } from 'temporal-polyfill'
import { type InsuredTerms, insuredTermsOf } from '#credit'
import { type DraftLanguage, draftLanguage, type OwnTemplates } from '#drafting'
import {
  bothWork,
  isImportTooOld,
  type PaymentClaimAnswer,
  type PromiseRecord,
  type PromiseRules,
  plainWeek,
  promiseRecordFor,
  searchNumber,
  type Tone,
  type WorkCalendar,
} from '#ledger'
import { type Clock, type Db, type Prisma, toPlainDate } from '#platform'
import { assertedFrom, assertedIntents, type Evidence, type Fact, type FactKind, type Intent, type Reading } from '#triage'
import type { ProposalRules } from './deps.ts'
import { namedDisputeOwner } from './disputes/dispute-owner.ts'
import type { DisputeRules } from './disputes/disputes-kind.ts'
import type { FindInvoiceCopy, InvoiceCopy } from './invoice-copies.ts'
import { leadOf } from './lead-of.ts'
import { answerTo, type PaidClaim } from './payment-answer.ts'
import type { ProposalInput } from './proposal.ts'
import { nothingStands, type Standing, whatStands } from './standing.ts'
import { toneOf } from './tone-of.ts'

export type LedgerInvoice = {
  id: number
  number: string
  invoiceDate: string | null
  dueDate: string
  currency: string
  amount: Prisma.Decimal
  openAmount: Prisma.Decimal
  paymentReference: string | null
  isOpen: boolean
}
type LedgerContact = {
  id: number
  name: string | null
  email: string | null
  phone: string | null
  language: string | null
  verified: boolean
  emailStatus: string
}
export type NamedInvoice = { fact: Fact; invoice: LedgerInvoice | undefined }

/** Everything that a handler may look at; it looks at nothing else. */
export type Situation = {
  input: ProposalInput
  debtor: { id: number; number: string; name: string; collector: string | null; country: string | null; contacts: LedgerContact[] } | undefined
  administration: { id: number; code: string; name: string; currency: string; iban: string | null; bic: string | null; accountName: string | null } | undefined
  language: DraftLanguage
  tone: Tone
  /** The administration's calendar day, and the one on which the mail came. */
  today: Temporal.PlainDate
  mailDay: Temporal.PlainDate
  /** The administration's working days. */
  calendar: WorkCalendar
  /** The days on which people work here and in the debtor's country: what we promise the debtor a day by. */
  sharedCalendar: WorkCalendar
  /** Own words in the place of shipped templates. */
  templates: OwnTemplates
  disputes: DisputeRules
  intents: Intent[]
  /** The facts that something may rest on. */
  facts: Fact[]
  /** The debtor's open invoices, oldest due date first. */
  open: LedgerInvoice[]
  /** Invoice numbers in the mail, with the invoice of this debtor that they are. */
  named: NamedInvoice[]
  /** Disputes, promises and payment plans that stand. */
  standing: Standing
  /** What credit insurance asks of open items; left out where none is insured, and by releases that did not ask. */
  insured?: InsuredTerms[]
  /** The newest import is too old to tell anybody amounts. */
  isStale: boolean
  findCopy: (invoice: LedgerInvoice) => Promise<InvoiceCopy | undefined>
  /** What the bank's statements say to a claim "already paid". */
  checkClaim: (claim: PaidClaim) => Promise<PaymentClaimAnswer>
  /** How long promises, claims and requests for plans keep reminders away. */
  promises: PromiseRules
  /** The sender, when it is a contact of the debtor. */
  senderId: number | undefined
  /** How the sender, or the whole debtor, kept promises before. */
  promiseRecord: () => Promise<PromiseRecord>
  /** Who disputes of a type go to by the settings or as the debtor's collector. */
  ownerOfDispute: (type: string) => Promise<{ id: number; name: string } | undefined>
  /** Whoever leads: a manager who sees the debtor. */
  leadOf: () => Promise<number | undefined>
}

export type SituationDeps = ProposalRules & { clock: Clock; timeZone: string; maxAgeHours: number; findCopy: FindInvoiceCopy }

/** Loads what is known around a message: its debtor, open and named invoices, contacts, the age of the ledger. */
export async function loadSituation(db: Db, input: ProposalInput, deps: SituationDeps): Promise<Situation> {
  const { clock, timeZone, maxAgeHours, findCopy, templates, calendarOf, disputes } = deps
  const facts = input.reading.facts.filter(({ confidence }) => confidence >= assertedFrom)
  const numbers = facts.filter(({ kind }) => kind === 'invoice_number')
  const searched = [...new Set(numbers.map(fact => searchNumber(textOf(fact))))].filter(number => number !== '')
  const [debtor, rows] = input.link.kind === 'linked' ? await ledgerOf(db, input.link.debtorId, searched) : [null, []]
  const zone = debtor?.administration.timeZone ?? 'UTC'
  const mailDay = Temporal.Instant.fromEpochMilliseconds(input.message.receivedAt.getTime()).toZonedDateTimeISO(zone).toPlainDate()
  const calendar = debtor ? calendarOf(debtor.administration) : plainWeek
  const shared = {
    input,
    templates,
    disputes,
    promises: deps.promises,
    calendar,
    intents: assertedIntents(input.reading),
    facts,
    today: clock.today(zone),
    mailDay,
  }
  if (!debtor) {
    const named = numbers.map(fact => ({ fact, invoice: undefined }))
    const language = draftLanguage(input.reading.language)
    return {
      ...shared,
      debtor: undefined,
      administration: undefined,
      language,
      open: [],
      named,
      tone: 'neutral',
      sharedCalendar: calendar,
      standing: nothingStands,
      isStale: true,
      findCopy: async () => undefined,
      checkClaim: async () => unknownAnswer,
      ownerOfDispute: async () => undefined,
      leadOf: async () => undefined,
      senderId: undefined,
      promiseRecord: async () => ({ kept: 0, judged: 0, probability: 0.5 }),
    }
  }

  const { administration, contacts, id: debtorId } = debtor
  const insured = await insuredTermsOf(db, shared.today, debtorId)
  const bySearch = new Map(rows.map(row => [row.searchNumber, row]))
  const sender = contacts.find(({ email }) => email !== null && email === input.message.from?.address.toLowerCase())
  return {
    ...shared,
    debtor: { id: debtorId, number: debtor.number, name: debtor.name, collector: debtor.collector, country: debtor.country, contacts },
    administration,
    language: replyLanguage([isByMachine(input.reading) ? null : input.reading.language, sender?.language, debtor.language], administration.language),
    tone: await toneOf(db, { clock, timeZone }, debtorId),
    sharedCalendar: debtor.country ? bothWork(calendar, calendarOf({ code: '', country: debtor.country })) : calendar,
    open: rows.filter(({ status }) => status === 'open').map(ledgerInvoice),
    named: numbers.map(fact => {
      const row = bySearch.get(searchNumber(textOf(fact)))
      return { fact, invoice: row && ledgerInvoice(row) }
    }),
    standing: await whatStands(db, debtorId),
    ...(insured.length > 0 && { insured }),
    isStale: isImportTooOld(administration.importedAt, clock, maxAgeHours),
    checkClaim: claim => answerTo(db, debtorId, claim, clock.today(zone).toString()),
    leadOf: () => leadOf(db, debtorId),
    ownerOfDispute: type => namedDisputeOwner(db, { type, debtorId, rules: disputes }),
    senderId: sender?.id,
    promiseRecord: () => promiseRecordFor(db, { debtorId, contactId: sender?.id }, clock.today(zone).toString()),
    findCopy: ({ id, number }) => findCopy(db, { id, number, debtorId, administrationCode: administration.code }),
  }
}

const unknownAnswer: PaymentClaimAnswer = { kind: 'unknown', bankDataUntil: null, payments: [], stillOpen: [] }

/** The debtor with its open invoices and those of these numbers, oldest due date first. */
async function ledgerOf(db: Db, debtorId: number, numbers: string[]) {
  const debtor = await db.debtor.findUnique({ where: { id: debtorId }, include: { administration: true, contacts: { orderBy: { id: 'asc' } } } })
  const invoices = await db.invoice.findMany({
    where: { debtorId, OR: [{ status: 'open' }, { searchNumber: { in: numbers } }] },
    orderBy: [{ dueDate: 'asc' }, { id: 'asc' }],
  })
  return [debtor, invoices] as const
}

/** A mail server's report is in the server's language, not in the debtor's. */
const isByMachine = (reading: Reading): boolean => assertedIntents(reading).includes('bounce')

/** The debtor's own language when there are templates in it; the administration's only where nobody knows the debtor's. */
function replyLanguage(own: (string | null | undefined)[], administration: string | null): DraftLanguage {
  const known = own.filter(language => language && language !== 'und')
  return known.length > 0 ? draftLanguage(...known) : draftLanguage(administration)
}

/** The facts of one kind, as they stand in the mail. */
export const factsOf = (situation: Situation, kind: FactKind): Fact[] => situation.facts.filter(fact => fact.kind === kind)

/** The value of a fact that is no instalment plan. */
export const textOf = ({ value }: Fact): string => (typeof value === 'string' ? value : '')

/** The spans that an action rests on; the intent's own where no fact says more. */
export function evidenceOf(situation: Situation, intent: Intent, facts: Fact[]): Evidence[] {
  const own = facts.map(({ evidence }) => evidence)
  const said = situation.input.reading.intents.find(read => read.intent === intent)?.evidence
  return own.length > 0 || !said ? own : [said]
}

type InvoiceRow = Omit<LedgerInvoice, 'invoiceDate' | 'dueDate' | 'isOpen'> & { invoiceDate: Date | null; dueDate: Date; status: string }

const ledgerInvoice = ({ id, number, invoiceDate, dueDate, currency, amount, openAmount, paymentReference, status }: InvoiceRow): LedgerInvoice => ({
  id,
  number,
  invoiceDate: invoiceDate ? toPlainDate(invoiceDate).toString() : null,
  dueDate: toPlainDate(dueDate).toString(),
  currency,
  amount,
  openAmount,
  paymentReference,
  isOpen: status === 'open',
})
