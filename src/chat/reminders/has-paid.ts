import { randomUUID } from 'node:crypto'
import { dunningActionOf } from '#dunning'
import { sightOf } from '#people'
import { type EntryView, viewEntry } from '#proposals'
import { cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { entryCard } from '../cards/entry-card.ts'
import { shownEntry } from '../cards/shown-entry.ts'
import { type Click, type ClickOutcome, idOf } from '../click.ts'
import { type PostEntry, refusalOf } from '../commands/entry.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { numbersShown, readEntry } from '../forms/entry-form.ts'
import { calledItems } from '../worklist/called-items.ts'

/** The form of somebody who knows that the debtor of a reminder says to have paid: which of its invoices. */
export async function openPaid(deps: CommandDeps, entryId: number): Promise<ClickOutcome> {
  const { words } = deps.context
  const waiting = await waitingReminder(deps, entryId)
  if (!waiting) return { kind: 'refused', message: words.entries.changed }
  const { view, action } = waiting
  const numbers = numbersShown(action.items.map(({ number }) => number))
  const title = `${words.entries.kind.payment_claim} · ${oneLine(view.debtor.name, 80)}`
  const card = cardSchema.parse({
    title,
    subtitle: words.reminders.paidHint,
    elements: [{ type: 'field', field: { type: 'text', id: 'invoices', label: words.form.invoices, value: numbers, required: false } }],
    buttons: [{ action: 'entry.paid_save', label: words.button.save, style: 'primary', data: { entry: String(entryId), form: randomUUID() } }],
    fallback: title,
  })
  return { kind: 'form', card }
}

/** Keeps reminders off the invoices for as long as the money may take; the reminder is withdrawn, or goes on with what is left of it. */
export async function savePaid(deps: CommandDeps, post: PostEntry, { data, values }: Click): Promise<ClickOutcome> {
  const { proposals, staff, surface, context } = deps
  const { words } = context
  const waiting = await waitingReminder(deps, idOf(data.entry))
  if (!waiting) return { kind: 'refused', message: words.entries.changed }
  const read = readEntry('payment_claim', values, context)
  if ('wrong' in read) return { kind: 'refused', message: words.outcome.invalid(read.wrong) }
  const claims = calledItems(waiting.action, read.invoiceNumbers).map(({ debtorId, numbers }) => ({
    debtorId,
    content: read.content,
    invoiceNumbers: numbers,
    formKey: `paid ${data.entry} ${data.form ?? ''} ${debtorId}`,
    staffId: staff.id,
    surface,
  }))
  const outcome = await proposals.enterAll(claims)
  if (!Array.isArray(outcome)) return { kind: 'refused', message: refusalOf(outcome, context) }
  for (const { entryId, status } of outcome) if (status === 'awaiting_second') await post(entryId)
  const [first] = outcome
  const shown = first && (await shownEntry(deps, sightOf(staff), first.entryId, { own: waiting.view.id }))
  return shown ? { kind: 'private', card: entryCard(shown, staff.id, context, words.reminders.paidTold) } : { kind: 'done', message: words.reminders.paidTold }
}

type Reminder = { view: EntryView; action: NonNullable<Awaited<ReturnType<typeof dunningActionOf>>> }

/** A reminder in sight that waits for a decision, with what it is about by now. */
async function waitingReminder({ client, staff }: CommandDeps, entryId: number): Promise<Reminder | undefined> {
  const view = await viewEntry(client, sightOf(staff), entryId)
  if (view?.content.kind !== 'dunning' || view.status !== 'proposed') return undefined
  const action = await dunningActionOf(client, view.content.actionId)
  return action && action.items.length > 0 ? { view, action } : undefined
}
