import { randomUUID } from 'node:crypto'
import { type ActionEnd, dunningActionOf, settleAction } from '#dunning'
import { addNote } from '#ledger'
import { may } from '#people'
import { type Db, fromPlainDate, recordAudit } from '#platform'
import { type Click, type ClickOutcome, idOf } from '../click.ts'
import { type PostEntry, refusalOf } from '../commands/entry.ts'
import { nextAnswer } from '../commands/next-in-list.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { numbersShown, readEntry } from '../forms/entry-form.ts'
import { type CallHead, openCall } from './call.ts'
import { dueAgain } from './call-answer.ts'
import { callOutcomes, reachedForm, skipForm, skipReasons } from './call-forms.ts'
import { calledItems } from './called-items.ts'
import { callFormKey, takeBackCall, takeBackLine } from './take-back-call.ts'

const actions = ['call.reached', 'call.save', 'call.no_answer', 'call.skip', 'call.skip_for', 'call.undo'] as const
/** The buttons of a call, but the one that shows it. */
type CallAction = (typeof actions)[number]

export const isCallAction = (action: string): action is CallAction => actions.some(known => known === action)

const longestNote = 4000

/** Answers a button of a call or of a form about it. What ends the call for today leads on in the list that it was opened from. */
export async function clickCall(deps: CommandDeps, post: PostEntry, pressed: Click & { action: CallAction }): Promise<ClickOutcome> {
  const { client, staff, context } = deps
  const { action, data } = pressed
  if (action === 'call.undo') return takeBackCall(deps, pressed)
  const call = await openCall(client, staff, idOf(data.call))
  if (!call) return { kind: 'refused', message: context.words.calls.over }
  switch (action) {
    case 'call.reached':
      return openReached(deps, call)
    case 'call.save':
      return saveReached(deps, post, call, pressed)
    case 'call.no_answer':
      return noAnswer(deps, call, data)
    case 'call.skip':
      return { kind: 'form', card: skipForm(call, context) }
    case 'call.skip_for':
      return skip(deps, call, pressed)
    default:
      return action satisfies never
  }
}

async function openReached({ client, clock, proposals, context }: CommandDeps, call: CallHead): Promise<ClickOutcome> {
  const action = await dunningActionOf(client, call.id)
  const numbers = numbersShown(action?.items.map(({ number }) => number) ?? [])
  const asked = { disputeTypes: proposals.disputeTypes(), numbers, today: clock.today(call.administration.timeZone), key: callFormKey(call.id, randomUUID()) }
  return { kind: 'form', card: reachedForm(call, asked, context) }
}

/** Enters what was promised or contested, keeps what was said, and takes the call off the list. */
async function saveReached(deps: CommandDeps, post: PostEntry, call: CallHead, { data, values }: Click): Promise<ClickOutcome> {
  const { proposals, staff, surface, context } = deps
  const { words } = context
  const outcome = callOutcomes.find(name => name === values.outcome)
  if (!outcome) return { kind: 'refused', message: words.outcome.invalid(words.calls.outcome) }
  const said = (values.text ?? '').trim()
  if (said.length > longestNote) return { kind: 'refused', message: words.outcome.invalid(words.calls.said) }
  // What a dispute says stands with the dispute.
  const note = said !== '' && outcome !== 'dispute' && may(staff, 'note') ? said : undefined
  const on = deps.clock.today(call.administration.timeZone)
  const end = { kind: 'done' as const, on, outcome }
  if (outcome === 'reached') return settle(deps, call, end, data, note)
  const formKey = data.form ?? ''
  if (!formKey.startsWith(callFormKey(call.id, ''))) return { kind: 'refused', message: words.outcome.gone }
  const read = readEntry(outcome === 'paid' ? 'payment_claim' : outcome, values, context)
  if ('wrong' in read) return { kind: 'refused', message: words.outcome.invalid(read.wrong) }
  const action = await dunningActionOf(deps.client, call.id)
  const owners = action ? calledItems(action, read.invoiceNumbers) : []
  const { content } = read
  if (owners.length > 1 && 'amount' in content && content.amount !== undefined) return { kind: 'refused', message: words.calls.amountOfOne }
  const entries = owners.map(({ debtorId, numbers }) => ({
    debtorId,
    content,
    invoiceNumbers: numbers,
    formKey: `${formKey} ${debtorId}`,
    staffId: staff.id,
    surface,
  }))
  const entered = await proposals.enterAll(entries, tx => settleIn(tx, deps, call, end, note))
  if (!Array.isArray(entered)) return { kind: 'refused', message: entered.kind === 'changed' ? words.calls.over : refusalOf(entered, context) }
  for (const { entryId, status } of entered) if (status === 'awaiting_second') await post(entryId)
  return settled(deps, call, end, data)
}

async function skip(deps: CommandDeps, call: CallHead, { data, values }: Click): Promise<ClickOutcome> {
  const reason = skipReasons.find(name => name === values.reason)
  if (!reason) return { kind: 'refused', message: deps.context.words.outcome.invalid(deps.context.words.form.rejectReason) }
  return settle(deps, call, { kind: 'skipped', outcome: reason }, data)
}

type CallEnd = ActionEnd & { outcome: string }

async function settle(deps: CommandDeps, call: CallHead, end: CallEnd, data: Click['data'], note?: string): Promise<ClickOutcome> {
  const isSettled = await deps.client.$transaction(tx => settleIn(tx, deps, call, end, note))
  return isSettled ? settled(deps, call, end, data) : { kind: 'refused', message: deps.context.words.calls.over }
}

/** Ends the call with what was said, with its audit rows; false when it has ended already. */
async function settleIn(tx: Db, { clock, staff, surface }: CommandDeps, call: CallHead, end: CallEnd, note?: string): Promise<boolean> {
  const actor = `staff:${staff.id}`
  if (!(await settleAction(tx, call.id, end, { now: clock.now(), staffId: staff.id }))) return false
  await recordAudit(tx, { actor, event: `dunning.${end.kind}`, subject: `dunning:${call.id}`, detail: { outcome: end.outcome, surface } })
  if (note === undefined) return true
  const id = await addNote(tx, { debtorId: call.debtorId, text: note, pinned: false, authorId: staff.id })
  await recordAudit(tx, { actor, event: 'note.added', subject: `debtor:${call.debtorId}`, detail: { note: id, pinned: false, surface } })
  return true
}

function settled(deps: CommandDeps, call: CallHead, end: CallEnd, data: Click['data']): Promise<ClickOutcome> {
  const { calls: say } = deps.context.words
  return goOn(deps, call, data, end.kind === 'skipped' ? say.wasSkipped(call.debtor) : say.wasDone(call.debtor))
}

/** Nobody answered: the call stays, and is due again on the next working day of both sides. Of two presses the second finds it moved. */
async function noAnswer(deps: CommandDeps, call: CallHead, data: Click['data']): Promise<ClickOutcome> {
  const { client, staff, surface, context } = deps
  const { calls: say } = context.words
  const again = dueAgain(deps, call)
  const isMoved = await client.$transaction(async tx => {
    const seen = { id: call.id, status: 'open', tries: Number(data.tries) || 0 }
    const { count } = await tx.dunningAction.updateMany({ where: seen, data: { tries: { increment: 1 }, callOn: fromPlainDate(again) } })
    if (count === 0) return false
    const detail = { again: again.toString(), tries: seen.tries + 1, surface }
    await recordAudit(tx, { actor: `staff:${staff.id}`, event: 'dunning.no_answer', subject: `dunning:${call.id}`, detail })
    return true
  })
  if (!isMoved) return { kind: 'refused', message: say.over }
  return goOn(deps, call, data, say.wasMoved(call.debtor, context.format.day(again.toString())), (Number(data.tries) || 0) + 1)
}

/** What waits next, after what was done about this call, and the way back. */
async function goOn(deps: CommandDeps, call: CallHead, { list = 'mine' }: Click['data'], told: string, tries?: number): Promise<ClickOutcome> {
  const next = await nextAnswer(deps, deps.staff, list, { kind: 'call', id: call.id }, told)
  if (next.kind !== 'private') return next
  const [notice, ...elements] = next.card.elements
  return { ...next, card: { ...next.card, elements: [...(notice ? [notice] : []), takeBackLine(call, list, deps.context, tries), ...elements] } }
}
