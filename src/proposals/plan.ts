import { addWorkingDays } from '#ledger'
import type { Db } from '#platform'
import type { Intent } from '#triage'
import type { PlannedAction } from './action.ts'
import { composeReply } from './compose-reply.ts'
import { applyCorrections, learnedTone } from './corrections/apply-corrections.ts'
import type { Correction } from './corrections/correction.ts'
import { correctionsFor } from './corrections/store-corrections.ts'
import type { Handled } from './handlers/handler.ts'
import { handlers, needNoDebtor } from './handlers/index.ts'
import type { PersonReason, Plan, ProposalInput, ReplySection, Warning } from './proposal.ts'
import { loadRecipientLock, type RecipientLock } from './recipients.ts'
import { type Answers, record } from './replay/recording.ts'
import { loadSituation, type Situation, type SituationDeps } from './situation.ts'
import { touchedBy } from './undecided-hold.ts'

/** What a superseded proposal of the same thread still has to say. */
export type Carried = { sections: ReplySection[]; copies?: Handled['copies'] }

/** `learned`: the corrections of people that changed it. */
export type PlanWithCopies = Plan & { copies: Handled['copies']; learned: Correction[] }

/** What a reading comes to by itself: everything that planning reads is read. */
export type Prepared = {
  input: ProposalInput
  situation: Situation
  lock: RecipientLock
  needsPerson: PersonReason | null
  /** What people corrected on others like it. */
  corrections: Correction[]
  /** What the functions of the situation were asked, and answered. */
  answers: Answers
  handled: AllHandled
}

/** Turns a reading into ordered actions. Reads the ledger and the thread; changes nothing. */
export async function plan(db: Db, input: ProposalInput, deps: SituationDeps, carried?: Carried): Promise<PlanWithCopies> {
  return planFrom(await prepare(db, input, deps), carried)
}

/** Reads the ledger, the thread and the invoice copies for a plan; changes nothing. */
export async function prepare(db: Db, input: ProposalInput, deps: SituationDeps): Promise<Prepared> {
  const { messageId, threadId, link } = input
  const debtorId = link.kind === 'linked' ? link.debtorId : null
  // One after the other: in a transaction there is one connection.
  const { watched: situation, answers } = record(await loadSituation(db, input, deps))
  const lock = await loadRecipientLock(db, { messageId, threadId, debtorId }, envelope(input))
  const needsPerson = reasonForPerson(situation)
  const corrections = await correctionsFor(db, input)
  return { input, situation, lock, needsPerson, corrections, answers, handled: await handle(situation, needsPerson) }
}

/** The plan of what was prepared, together with what a superseded proposal of the thread still has to say. */
export function planFrom(prepared: Prepared, carried: Carried = { sections: [] }): PlanWithCopies {
  const { corrections, lock } = prepared
  const { plan: corrected, applied } = applyCorrections(planUncorrected(prepared, carried), corrections, lock)
  return { ...corrected, warnings: [...corrected.warnings, ...unverified(corrected, lock)], learned: [...corrected.learned, ...applied] }
}

/** Whom a mail would go to in the end, as far as nobody has verified them: also whom a correction chose. */
const unverified = ({ actions }: PlanWithCopies, lock: RecipientLock): Warning[] =>
  actions
    .flatMap(({ payload }) => ('to' in payload ? [...payload.to, ...payload.cc] : []))
    .filter(address => !lock.verified.has(address.toLowerCase()))
    .map(detail => ({ kind: 'unverified_recipient', detail }))

function planUncorrected({ input, situation, lock, needsPerson, handled, corrections }: Prepared, carried: Carried): PlanWithCopies {
  const { actions, warnings, copies, asksPersonToWrite, answering, writeTo } = handled
  // What is still to be said to somebody else comes before asking another contact.
  const sections = writeTo && carried.sections.length > 0 ? [] : handled.sections
  const said = [...sections, ...carried.sections.filter(({ template }) => sections.every(own => own.template !== template))]
  const attached = mergeCopies(copies, carried.copies)
  // What is not clear may still be answered, by a person.
  const mayAnswer = needsPerson === null || needsPerson === 'unclear'
  const about = carried.sections.length === 0 && answering.length === 1 ? (answering[0] ?? null) : null
  const toned = learnedTone(corrections, about, situation.tone)
  const reply = mayAnswer
    ? composeReply({ ...situation, tone: toned?.change.tone ?? situation.tone }, lock, said, {
        ...(attached && { copies: attached }),
        ...(asksPersonToWrite && { asksPersonToWrite }),
        ...(writeTo && sections.length > 0 && { writeTo }),
      })
    : undefined

  const ordered = [
    ...actions.filter(({ protective }) => protective),
    ...actions.filter(({ protective }) => !protective),
    ...(reply?.action ? [{ ...reply.action, intent: about }] : []),
  ]
  return {
    debtorId: situation.debtor?.id ?? null,
    language: situation.language,
    needsPerson,
    warnings: [
      ...warnings,
      ...unknownInvoices(situation),
      ...(reply?.warnings ?? []),
      ...input.reading.disagreements.map(detail => ({ kind: 'engines_disagree' as const, detail })),
    ],
    actions: ordered,
    sections: mayAnswer ? said : [],
    touched: touchedBy(
      ordered,
      situation.named.flatMap(({ invoice }) => (invoice ? [invoice.id] : [])),
      needsPerson !== null,
    ),
    copies: attached,
    learned: toned && reply?.action ? [toned] : [],
    summary: `${situation.intents.join(', ') || 'no intent'}: ${needsPerson ? `needs a person (${needsPerson})` : ordered.map(({ kind }) => kind).join(', ') || 'nothing to do'}`,
  }
}

/** Why nothing is proposed beyond looking; null when the reading can be acted on. */
function reasonForPerson({ input, intents, debtor }: Situation): PersonReason | null {
  if (input.reading.quarantine.length > 0) return 'quarantine'
  if (intents.length === 0) return input.message.parseProblem ? 'unreadable' : 'unclear'
  if (debtor || intents.every(intent => needNoDebtor.includes(intent))) return null
  return input.link.kind === 'ambiguous' ? 'ambiguous' : 'unlinked'
}

type AllHandled = Required<Pick<Handled, 'actions' | 'sections' | 'warnings'>> &
  Pick<Handled, 'copies' | 'asksPersonToWrite' | 'writeTo'> & {
    /** The intents that have something to say in the reply. */
    answering: Intent[]
  }

/** What the intents of a reading come to, one after the other. */
export async function handle(situation: Situation, needsPerson: PersonReason | null): Promise<AllHandled> {
  const all: AllHandled = { actions: [], sections: [], warnings: [], answering: [] }
  if (needsPerson === 'quarantine') return { ...all, actions: [verification(situation)] }
  if (needsPerson === 'unclear' && situation.debtor) return { ...all, asksPersonToWrite: true }
  if (needsPerson !== null) return all
  for (const intent of situation.intents.filter((each: Intent) => situation.debtor || needNoDebtor.includes(each))) {
    const handled = await handlers[intent](situation)
    all.actions.push(...(handled.actions ?? []).map(action => ({ ...action, intent })))
    all.sections.push(...(handled.sections ?? []))
    if ((handled.sections ?? []).length > 0 || handled.asksPersonToWrite) all.answering.push(intent)
    all.warnings.push(...(handled.warnings ?? []))
    if (handled.copies) all.copies = handled.copies
    if (handled.asksPersonToWrite) all.asksPersonToWrite = true
    if (handled.writeTo) all.writeTo = handled.writeTo
  }
  return all
}

/** Mail that is not to be trusted is neither answered nor believed: somebody calls the debtor. */
const verification = ({ today, calendar, input }: Situation): PlannedAction => ({
  kind: 'create_task',
  payload: {
    about: { code: 'suspicious_mail', found: input.reading.quarantine },
    dueOn: addWorkingDays(calendar, today, 1).toString(),
  },
  evidence: [],
})

const unknownInvoices = ({ named, debtor }: Situation): Warning[] =>
  debtor ? named.filter(({ invoice }) => !invoice).map(({ fact }) => ({ kind: 'unknown_invoices', detail: fact.evidence.text })) : []

const envelope = ({ message }: ProposalInput) => ({ from: message.from?.address, replyTo: message.replyTo, to: message.to, cc: message.cc })

function mergeCopies(own: Handled['copies'], before: Handled['copies']): Handled['copies'] {
  if (!own || !before) return own ?? before
  const attachments = [...new Map([...before.attachments, ...own.attachments].map(copy => [copy.invoiceId, copy])).values()]
  return { attachments, invoiceIds: attachments.map(({ invoiceId }) => invoiceId), missing: [...new Set([...before.missing, ...own.missing])] }
}
