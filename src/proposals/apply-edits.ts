import { Temporal } from 'temporal-polyfill'
import { type InsuredTerms, insuredTermsOf } from '#credit'
import { endHold, placeHold } from '#dunning'
import { instalmentProblem, mostInstalments, type PromiseRules, plainWeek, promiseDays, promisePause, searchNumber, type WorkCalendar } from '#ledger'
import { fromInstant } from '#platform'
import { type ActionKind, type ActionPayload, actionSchemas } from './action.ts'
import type { AnyDeciding } from './deciding.ts'
import { lastDayOf, policyOf } from './policy-of.ts'
import type { Problem } from './problem.ts'
import type { ActionEdit, DecisionProblem } from './proposal.ts'
import { loadRecipientLock, whyNotReceive } from './recipients.ts'
import { redraft } from './redraft.ts'
import { asJson, isMail, type StoredAction } from './store.ts'

/** Actions as they would stand after the edits. Nothing is stored before `save`; with problems, nothing at all. */
export type Edited = { actions: StoredAction[]; fields: string[]; problems: DecisionProblem[]; save: () => Promise<void> }

type EditContext = {
  invoiceIds: Map<string, number>
  whyNotReceive: (address: string) => Problem | undefined
  today: Temporal.PlainDate
  calendar: WorkCalendar
  promises: PromiseRules
  insured: InsuredTerms[]
}
type Change = { patch: Record<string, unknown>; problems: Problem[] }

/** Applies a person's changes to texts, recipients and facts, and rewrites an untouched reply where it names a changed fact. */
export async function applyEdits({ tx, deps, proposal }: AnyDeciding, edits: ActionEdit[]): Promise<Edited> {
  if (edits.length === 0) return { actions: proposal.actions, fields: [], problems: [], save: async () => undefined }
  const context = await editContext({ tx, deps, proposal }, edits)
  const problems: DecisionProblem[] = []
  const fields = new Set<string>()
  const changed = new Set<number>()
  let actions = proposal.actions
  for (const edit of edits) {
    const action = actions.find(({ id }) => id === edit.actionId)
    if (!action || !isEditable(action)) {
      problems.push({ code: 'not_editable', actionId: edit.actionId })
      continue
    }
    const { patch: asked, problems: found } = changeOf(action, edit, context)
    const patch = withPolicy(action, asked, context)
    const parsed = actionSchemas[action.kind].safeParse({ ...action.payload, ...patch })
    problems.push(...found.map(problem => ({ ...problem, actionId: action.id })))
    if (!parsed.success) {
      const wrong = new Set(parsed.error.issues.map(({ path }) => path.join('.')))
      problems.push(...[...wrong].map(field => ({ code: 'field', field, actionId: action.id }) as const))
    }
    if (found.length > 0 || !parsed.success) continue
    const different = Object.keys(patch).filter(field => JSON.stringify(patch[field]) !== JSON.stringify(action.payload[field as never]))
    if (different.length === 0) continue
    for (const field of different) fields.add(field)
    // Another tone leaves the text to the templates.
    const isWritten = different.some(field => field !== 'tone')
    if (isWritten) changed.add(action.id)
    actions = actions.map(each => (each.id === action.id ? asEdited(each, parsed.data, isWritten) : each))
  }
  if (problems.length > 0) return { actions, fields: [], problems, save: async () => undefined }

  const held = followDispute(proposal.actions, actions)
  const { actions: final, basis } = await redraft({ tx, deps, proposal: { ...proposal, actions: held } }, proposal.actions)
  const save = async () => {
    for (const action of final) {
      const before = proposal.actions.find(({ id }) => id === action.id)
      if (before === action || !before) continue
      const { proposed } = action
      const data = { payload: asJson(action.payload), edited: changed.has(action.id) || before.edited, ...(proposed !== null && { proposed }) }
      await tx.proposedAction.update({ where: { id: action.id }, data, select: { id: true } })
      if (action.kind === 'place_hold' && action.status === 'done') await moveHold(tx, deps.clock.now(), proposal, action)
    }
    if (basis !== proposal.basis) await tx.proposal.update({ where: { id: proposal.id }, data: { basis: asJson(basis) } })
  }
  return { actions: final, fields: [...fields], problems, save }
}

/** The first edit keeps what was proposed beside it, and the tone that it was proposed in. */
const asEdited = (action: StoredAction, changed: object, isWritten: boolean) => {
  const tone = isMail(action) && 'tone' in changed && changed.tone !== action.payload.tone ? (action.payload.plannedTone ?? action.payload.tone) : undefined
  const payload = tone === undefined ? changed : { ...changed, plannedTone: tone }
  return { ...action, payload, edited: action.edited || isWritten, proposed: isWritten ? (action.proposed ?? action.payload) : action.proposed } as StoredAction
}

/** A hold that stands already can still change what it holds. */
const isEditable = ({ status, kind, protective }: StoredAction) => status === 'pending' || (kind === 'place_hold' && protective && status === 'done')

async function editContext({ tx, deps, proposal }: Pick<AnyDeciding, 'tx' | 'deps' | 'proposal'>, edits: ActionEdit[]): Promise<EditContext> {
  const numbers = [...new Set(edits.flatMap(({ invoiceNumbers }) => invoiceNumbers ?? []).map(searchNumber))]
  const { debtorId } = proposal
  const debtor = debtorId === null ? null : await tx.debtor.findUnique({ where: { id: debtorId }, select: { administration: true } })
  const invoices =
    debtorId === null || numbers.length === 0
      ? []
      : await tx.invoice.findMany({ where: { debtorId, searchNumber: { in: numbers } }, select: { id: true, searchNumber: true } })
  const lock = edits.some(({ to, cc }) => to ?? cc) ? await loadRecipientLock(tx, proposal) : undefined
  const today = deps.clock.today(debtor?.administration.timeZone ?? 'UTC')
  return {
    invoiceIds: new Map(invoices.map(({ id, searchNumber: number }) => [number, id])),
    whyNotReceive: address => lock && whyNotReceive(lock, address),
    today,
    insured: debtorId === null ? [] : await insuredTermsOf(tx, today, debtorId),
    calendar: debtor ? deps.rules().calendarOf(debtor.administration) : plainWeek,
    promises: deps.rules().promises,
  }
}

/** Which fields of an edit count for which kind of action. */
function changeOf(action: StoredAction, edit: ActionEdit, context: EditContext): Change {
  const kind: ActionKind = action.kind
  const { ids, unknown } = idsOf(edit.invoiceNumbers, context)
  const strangers = unknown.map(number => ({ code: 'not_an_invoice', number }) as const)
  const invoices = { patch: { ...(ids && { invoiceIds: ids }) }, problems: strangers }
  switch (kind) {
    case 'send_reply':
    case 'send_invoice_copies': {
      const problems = [...(edit.to ?? []), ...(edit.cc ?? [])].flatMap(address => context.whyNotReceive(address) ?? [])
      return { patch: defined({ subject: edit.subject, text: edit.text, to: edit.to, cc: edit.cc, tone: edit.tone }), problems }
    }
    case 'register_promise':
      return {
        patch: { ...invoices.patch, ...promisePatch(action.payload as ActionPayload<'register_promise'>, edit, context) },
        problems: [...invoices.problems, ...promiseProblems(edit, context)],
      }
    case 'agree_payment_plan':
      return {
        patch: { ...invoices.patch, ...defined({ instalments: edit.instalments }) },
        problems: [...invoices.problems, ...instalmentProblems(edit, context)],
      }
    case 'open_dispute':
      // A contested amount that is emptied is all of the invoice again.
      return {
        patch: { ...invoices.patch, ...defined({ reason: edit.disputeReason }), ...contestedPatch(edit) },
        problems: [...invoices.problems, ...contestedProblems(action, edit, ids)],
      }
    case 'place_hold':
      return { patch: { ...invoices.patch, ...defined({ until: edit.until }) }, problems: invoices.problems }
    case 'mark_payment_claimed':
      return { patch: { ...invoices.patch, ...defined({ amount: edit.amount, holdUntil: edit.until }) }, problems: invoices.problems }
    case 'register_po_number':
      return { patch: { ...invoices.patch, ...defined({ poNumber: edit.poNumber }) }, problems: invoices.problems }
    case 'register_absence':
      return { patch: defined({ until: edit.until }), problems: [] }
    case 'update_contact':
      return { patch: defined({ ...edit.contact }), problems: [] }
    case 'create_task':
      return { patch: { ...defined({ title: edit.title, detail: edit.detail, dueOn: edit.dueOn }), ...(edit.title && { about: undefined }) }, problems: [] }
    case 'mark_address_bounced':
      return { patch: {}, problems: [] }
    default:
      return kind satisfies never
  }
}

/** A promise or plan of another day or other invoices means something else for their insurance. */
function withPolicy({ kind, payload }: StoredAction, patch: Change['patch'], context: EditContext): Change['patch'] {
  if ((kind !== 'register_promise' && kind !== 'agree_payment_plan') || Object.keys(patch).length === 0) return patch
  const changed = { ...payload, ...patch }
  const moneyOn = 'instalments' in changed ? lastDayOf(changed.instalments) : changed.promisedOn
  return { ...patch, insurance: policyOf(context, changed.invoiceIds, moneyOn).insurance }
}

/** Another promised day is waited for as the first one would have been. */
function promisePatch({ record }: ActionPayload<'register_promise'>, { promisedOn, amount }: ActionEdit, { calendar, today, promises }: EditContext) {
  const pause = promisePause(promises, { probability: record ? record.percent / 100 : 0.5 })
  return defined({ promisedOn, amount, ...(promisedOn && promiseDays(calendar, today, promisedOn, pause)) })
}

const ofInstalments = {
  none: { code: 'instalments_none' },
  too_many: { code: 'too_many_instalments', most: mostInstalments },
  amount: { code: 'instalment_amount' },
  day_is_over: { code: 'instalment_over' },
  order: { code: 'instalment_order' },
} as const satisfies Record<string, Problem>

function instalmentProblems({ instalments }: ActionEdit, { today }: EditContext): Problem[] {
  const problem = instalments && instalmentProblem(instalments, today.toString())
  return problem ? [ofInstalments[problem]] : []
}

function promiseProblems({ promisedOn }: ActionEdit, { today }: EditContext): Problem[] {
  const isPast = promisedOn !== undefined && Temporal.PlainDate.compare(Temporal.PlainDate.from(promisedOn), today) < 0
  return isPast ? [{ code: 'day_over', day: promisedOn }] : []
}

function idsOf(numbers: string[] | undefined, { invoiceIds }: EditContext): { ids: number[] | undefined; unknown: string[] } {
  if (numbers === undefined) return { ids: undefined, unknown: [] }
  const unknown = numbers.filter(number => !invoiceIds.has(searchNumber(number)))
  return { ids: [...new Set(numbers.flatMap(number => invoiceIds.get(searchNumber(number)) ?? []))], unknown }
}

/** A dispute that is moved to other invoices takes its hold along: the others go on, the disputed ones wait. */
function followDispute(before: StoredAction[], after: StoredAction[]): StoredAction[] {
  const moved = after.find(action => action.kind === 'open_dispute' && before.some(old => old.id === action.id && old.payload !== action.payload))
  if (moved?.kind !== 'open_dispute') return after
  const { invoiceIds, amount } = moved.payload
  return after.map(action =>
    action.kind === 'place_hold' && action.payload.reason === 'dispute' ? { ...action, payload: { ...action.payload, invoiceIds, amount } } : action,
  )
}

async function moveHold(
  tx: AnyDeciding['tx'],
  now: Temporal.Instant,
  { id: proposalId, debtorId }: AnyDeciding['proposal'],
  action: Extract<StoredAction, { kind: 'place_hold' }>,
): Promise<void> {
  if (debtorId === null) return
  const { invoiceIds, reason, amount, until } = action.payload
  await endHold(tx, { actionId: action.id }, fromInstant(now))
  await placeHold(tx, {
    debtorId,
    invoiceIds,
    reason,
    amount,
    until: until === undefined ? undefined : Temporal.PlainDate.from(until),
    actionId: action.id,
    proposalId,
  })
}

const contestedPatch = ({ amount }: ActionEdit) => (amount === undefined ? {} : { amount: amount === '' ? undefined : amount })

function contestedProblems({ payload }: StoredAction, { amount }: ActionEdit, ids: number[] | undefined): Problem[] {
  const invoices = ids ?? ('invoiceIds' in payload ? payload.invoiceIds : [])
  return amount && invoices.length !== 1 ? [{ code: 'contested_invoices' }] : []
}

const defined = (fields: Record<string, unknown>) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
