import { randomUUID } from 'node:crypto'
import { type DisputeMove, disputeMoves, disputeOutcomes } from '#ledger'
import { sightOf } from '#people'
import { type DisputeView, disputeOwners, viewDispute } from '#proposals'
import { cut } from '../cards/cut.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { enterContent, type PostEntry } from '../commands/entry.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { parseAmount } from '../forms/parse-amount.ts'
import { handOverForm, moveForm } from './dispute-forms.ts'
import { disputeAnswer, disputesAnswer, readDisputesAsked } from './dispute-list.ts'
import { disputeReport } from './dispute-report.ts'

const actions = [
  'dispute.show',
  'dispute.list',
  'dispute.report',
  'dispute.resolve',
  'dispute.reject',
  'dispute.credit',
  'dispute.reopen',
  'dispute.move',
  'dispute.hand_over',
  'dispute.hand_over_to',
] as const
/** The buttons of disputes. */
export type DisputeAction = (typeof actions)[number]

export const isDisputeAction = (action: string): action is DisputeAction => actions.some(known => known === action)

const movedBy: Record<string, DisputeMove> = {
  'dispute.resolve': 'resolved',
  'dispute.reject': 'rejected',
  'dispute.credit': 'credit_expected',
  'dispute.reopen': 'reopened',
}
const longestReason = 2000

/** Answers a button of a dispute. `id`: 0 where the button names none. */
export async function clickDispute(deps: CommandDeps, post: PostEntry, pressed: Click & { action: DisputeAction }, id: number): Promise<ClickOutcome> {
  const { client, clock, staff, context } = deps
  const { action, data } = pressed
  if (action === 'dispute.list') return disputesAnswer(deps, readDisputesAsked(data.list ?? ''), /^\d{1,4}$/.test(data.page ?? '') ? Number(data.page) : 0)
  if (action === 'dispute.report') return disputeReport(deps, [data.days ?? ''])
  if (action === 'dispute.show') return disputeAnswer(deps, id)
  const view = await viewDispute(client, sightOf(staff), clock.today, id)
  if (!view) return { kind: 'refused', message: context.words.outcome.gone }
  switch (action) {
    case 'dispute.resolve':
    case 'dispute.reject':
    case 'dispute.credit':
    case 'dispute.reopen':
      return { kind: 'form', card: moveForm(view, movedBy[action] ?? 'resolved', randomUUID(), context) }
    case 'dispute.move':
      return move(deps, post, pressed, view)
    case 'dispute.hand_over': {
      const form = handOverForm(view, await disputeOwners(client, view.debtor.id), context)
      return form ? { kind: 'form', card: form } : { kind: 'refused', message: context.words.disputes.notHanded }
    }
    case 'dispute.hand_over_to':
      return handOver(deps, pressed, view)
    default:
      return action satisfies never
  }
}

/** Enters what became of it, within the limits of who says so. */
function move(deps: CommandDeps, post: PostEntry, { data, values }: Click, { id, debtor }: DisputeView): Promise<ClickOutcome> | ClickOutcome {
  const { words, format } = deps.context
  const wanted = disputeMoves.find(known => known === data.move)
  const reason = (values.reason ?? '').trim()
  if (!wanted) return { kind: 'refused', message: words.outcome.gone }
  if (reason === '' || reason.length > longestReason) return { kind: 'refused', message: words.outcome.invalid(words.disputes.why) }
  const outcome = disputeOutcomes.find(known => known === values.outcome)
  const typed = (values.staysDue ?? '').trim()
  const staysDue = typed === '' ? undefined : parseAmount(typed, format.groupSeparator)
  if (typed !== '' && (staysDue === undefined || staysDue.startsWith('-'))) return { kind: 'refused', message: words.outcome.invalid(words.disputes.stays) }
  const end = { ...(outcome && { outcome }), ...(staysDue !== undefined && { staysDue }) }
  const content = { kind: 'dispute_move' as const, disputeId: id, move: wanted, reason, invoiceIds: [], ...end }
  return enterContent(deps, post, { debtorId: debtor.id, formKey: data.form ?? '', invoiceNumbers: [], content })
}

async function handOver(deps: CommandDeps, { values }: Click, { id }: DisputeView): Promise<ClickOutcome> {
  const { client, proposals, staff, surface, context } = deps
  const { disputes: say } = context.words
  const ownerId = /^\d{1,9}$/.test(values.owner ?? '') ? Number(values.owner) : 0
  const isHanded = await proposals.handDisputeOver({ disputeId: id, staffId: staff.id, ownerId, surface })
  if (!isHanded) return { kind: 'refused', message: say.notHanded }
  const owner = await client.staff.findUniqueOrThrow({ where: { id: ownerId }, select: { name: true } })
  return disputeAnswer(deps, id, say.handed(cut(owner.name, 80).text))
}
