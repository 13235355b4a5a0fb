import type { Staff } from '#people'
import { fromInstant, recordAudit } from '#platform'
import { type Click, type ClickOutcome, idOf } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { typedWords } from '../commands/typed-words.ts'
import { readAsked } from '../worklist/asked.ts'
import { drawReceipt, type ReceiptDeps, readReceipt } from './draw-receipt.ts'
import { offerReminders, standingOffer } from './offer-reminders.ts'
import { standingOf } from './receipt.ts'
import { kindsCard, markOf, offerCard, pickForm, tickOf } from './reminder-cards.ts'
import { readKind, waitingReminders } from './waiting-reminders.ts'

const actions = ['reminders.list', 'reminders.show', 'reminders.pick', 'reminders.choose', 'reminders.approve', 'reminders.undo'] as const
/** The buttons of reminders that are approved together. */
type RemindersAction = (typeof actions)[number]

export const isRemindersAction = (action: string): action is RemindersAction => actions.some(known => known === action)

/** `/duncan reminders [mine | team | @name]` */
export const remindersCommand = (deps: CommandDeps, rest: string, staff: Staff): Promise<ClickOutcome> =>
  remindersAnswer(deps, staff, typedWords(rest || 'mine', deps.context.words).join(' '))

/** Answers a button of reminders that wait. Nothing is approved that this person was not shown as it stands. */
export async function clickReminders(deps: CommandDeps, receipts: ReceiptDeps, pressed: Click & { action: RemindersAction }): Promise<ClickOutcome> {
  const { staff, context } = deps
  const { action, data, values } = pressed
  const { reminders: say } = context.words
  const runId = idOf(data.run)
  switch (action) {
    case 'reminders.list':
      return remindersAnswer(deps, staff, data.list ?? '')
    case 'reminders.show':
      return show(deps, staff, data)
    case 'reminders.pick': {
      const offer = await standingOffer(deps, staff, runId)
      return offer ? { kind: 'form', card: pickForm(offer, context) } : { kind: 'refused', message: say.stale }
    }
    case 'reminders.choose':
      return choose(deps, staff, runId, values)
    case 'reminders.approve':
      return approve(deps, receipts, pressed, runId)
    case 'reminders.undo':
      return takeBack(deps, receipts, pressed, runId)
    default:
      return action satisfies never
  }
}

async function remindersAnswer(deps: CommandDeps, staff: Staff, list: string): Promise<ClickOutcome> {
  const { words } = deps.context
  const asked = readAsked(list)
  if ('wrong' in asked) return { kind: 'refused', message: words.daily.usage(asked.wrong.slice(0, 40)) }
  const reminders = await waitingReminders(deps, staff, asked)
  if (!reminders) return { kind: 'refused', message: words.people.noSuchPerson(asked.whose.slice(1, 60)) }
  return { kind: 'private', card: kindsCard(list, reminders, deps.context) }
}

async function show(deps: CommandDeps, staff: Staff, { list = '', kind: written = '' }: Click['data']): Promise<ClickOutcome> {
  const { words } = deps.context
  const [asked, kind] = [readAsked(list), readKind(written)]
  if ('wrong' in asked || !kind) return { kind: 'refused', message: words.outcome.gone }
  const offer = await offerReminders(deps, staff, asked, kind)
  return offer ? { kind: 'private', card: offerCard(offer, deps.context) } : { kind: 'refused', message: words.reminders.none }
}

/** Keeps which ticks were taken away. A tick that did not come along stays as it was. */
async function choose(deps: CommandDeps, staff: Staff, runId: number, values: Click['values']): Promise<ClickOutcome> {
  const { client, context } = deps
  const offer = await standingOffer(deps, staff, runId)
  if (!offer) return { kind: 'refused', message: context.words.reminders.stale }
  const ticked = ({ id }: { id: number }, stood: boolean) => (values[tickOf(id)] ?? String(stood)) === 'true'
  const chosen = [...offer.chosen.filter(each => ticked(each, true)), ...offer.out.filter(each => ticked(each, false))].map(({ id }) => id)
  await client.$transaction([
    client.reminderResult.updateMany({ where: { runId }, data: { excluded: true } }),
    client.reminderResult.updateMany({ where: { runId, entryId: { in: chosen } }, data: { excluded: false } }),
  ])
  const now = await standingOffer(deps, staff, runId)
  return now ? { kind: 'private', card: offerCard(now, context) } : { kind: 'refused', message: context.words.reminders.stale }
}

/** Has what was shown approved, one by one; the click is answered at once. */
async function approve(deps: CommandDeps, receipts: ReceiptDeps, { data, surface }: Click, runId: number): Promise<ClickOutcome> {
  const { client, clock, staff, context, startReminders } = deps
  const { reminders: say, outcome } = context.words
  const offer = await standingOffer(deps, staff, runId)
  if (!offer || !startReminders || offer.chosen.length === 0 || data.chosen !== markOf(offer.chosen)) return { kind: 'refused', message: say.stale }
  const entries = offer.chosen.map(({ id }) => id)
  const isBegun = await client.$transaction(async tx => {
    const started = { status: 'running', surface, startedAt: fromInstant(clock.now()) }
    const { count } = await tx.reminderRun.updateMany({ where: { id: runId, staffId: staff.id, status: 'offered' }, data: started })
    if (count === 0) return false
    // What was offered and is not as it was shown any more is not approved.
    await tx.reminderResult.updateMany({ where: { runId, entryId: { notIn: entries } }, data: { excluded: true } })
    await recordAudit(tx, { actor: `staff:${staff.id}`, event: 'reminders.approved', subject: `reminders:${runId}`, detail: { entries, surface } })
    await startReminders(tx, runId)
    return true
  })
  if (!isBegun) return { kind: 'refused', message: outcome.stale }
  await drawReceipt(receipts, runId)
  return { kind: 'done', message: say.started(entries.length) }
}

/** Takes back whatever of a run has not left; each by a vote of its own. */
async function takeBack(deps: CommandDeps, receipts: ReceiptDeps, { surface }: Click, runId: number): Promise<ClickOutcome> {
  const { client, staff, proposals, context } = deps
  const found = await readReceipt(client, runId)
  if (!found || found.staff.id !== staff.id) return { kind: 'refused', message: context.words.outcome.gone }
  const waits = found.receipt.lines.filter(line => standingOf(line) === 'waits').map(({ entry }) => entry.id)
  let undone = 0
  for (const entryId of waits) {
    const told = await proposals.voteOnEntry({ kind: 'undo', entryId, staffId: staff.id, surface })
    if (told.kind === 'entered') undone += 1
  }
  await drawReceipt(receipts, runId)
  const left = found.receipt.lines.filter(line => standingOf(line) === 'left').length + waits.length - undone
  if (undone === 0) return { kind: 'refused', message: context.words.entries.changed }
  return { kind: 'done', message: context.words.reminders.undone(undone, left) }
}
