import { type Clock, type DbClient, fromInstant } from '#platform'
import type { DecisionOutcome, DecisionRequest, ProposalView, UndoOutcome } from '#proposals'
import { isToBeWritten } from '../cards/mail-action.ts'
import { type CardContext, cardTitle, isWaiting } from '../cards/proposal-card.ts'
import { proposalVersion } from '../cards/proposal-version.ts'
import { tellProblems } from '../cards/tell-problems.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { readEdits, tickedIds } from '../forms/edit-form.ts'
import { editChoices } from './edit-choices.ts'
import { morningOf } from './morning.ts'
import type { ProposalsPort } from './port.ts'

export type DecideDeps = {
  client: DbClient
  clock: Clock
  proposals: ProposalsPort
  context: CardContext
  /** Draws the proposal's card as it stands now, everywhere. */
  redraw: (proposalId: number) => Promise<void>
}

type Choice = DecisionRequest extends infer R ? (R extends DecisionRequest ? Omit<R, 'proposalId' | 'staffId' | 'surface'> : never) : never

/** Carries a click that decides to the proposals, redraws the card, and returns what the clicker is told. */
export async function decide(deps: DecideDeps, click: Click): Promise<ClickOutcome> {
  const { words } = deps.context
  const view = await shownProposal(deps, click)
  if ('kind' in view) return view
  const choice = await readChoice(deps, view, click)
  if ('message' in choice) return { kind: 'refused', message: choice.message }
  const outcome = await deps.proposals.decide({ ...choice, proposalId: view.id, staffId: click.staff.id, surface: click.surface })
  await deps.redraw(view.id)
  return tellOutcome(outcome, deps.context) ?? { kind: 'done', message: `${words.outcome.done} ${cardTitle(view, words)}` }
}

const verdicts: Record<string, Parameters<ProposalsPort['settleUnknown']>[2]> = { 'action.it_left': 'sent', 'action.send_again': 'resend' }

/** Takes back one action that ran, or says what was found about one whose mail may have left. */
export async function settleAction(deps: DecideDeps, click: Click): Promise<ClickOutcome> {
  const { proposals, context } = deps
  const [proposalId, actionId] = [Number(click.data.proposal), Number(click.data.action)]
  const view = await proposals.view(proposalId)
  if (!view?.actions.some(({ id }) => id === actionId)) return { kind: 'refused', message: context.words.outcome.gone }
  if (click.action === 'action.undo') {
    const undone = await proposals.undo(actionId, click.staff.id, click.surface)
    await deps.redraw(proposalId)
    return tellUndo(undone, context)
  }
  const outcome = await proposals.settleUnknown(actionId, click.staff.id, verdicts[click.action] ?? 'give_up', click.surface)
  await deps.redraw(proposalId)
  return tellOutcome(outcome, context) ?? { kind: 'done', message: context.words.outcome.done }
}

/** Takes a colleague's word that what Duncan decided alone was wrong, and redraws the card. */
export async function reportWrong(deps: DecideDeps, { staff, surface, data }: Click): Promise<ClickOutcome> {
  const { proposals, context } = deps
  const view = await proposals.view(Number(data.proposal))
  if (!view) return { kind: 'refused', message: context.words.outcome.gone }
  const outcome = await proposals.reportWrong({ proposalId: view.id, staffId: staff.id, surface })
  await deps.redraw(view.id)
  return tellOutcome(outcome, context) ?? { kind: 'done', message: context.words.autonomy.card.wrongNoted }
}

function tellUndo({ kind }: UndoOutcome, { words }: CardContext): ClickOutcome {
  if (kind === 'undone') return { kind: 'done', message: words.outcome.done }
  const message = { too_late: words.outcome.tooLate, not_allowed: words.outcome.notAllowed, not_found: words.outcome.gone }[kind]
  return { kind: 'refused', message }
}

/** The proposal of a click if its card was up to date; else the refusal to show. A card that changed is redrawn. */
export async function shownProposal(deps: DecideDeps, click: Click): Promise<ProposalView | Extract<ClickOutcome, { kind: 'refused' }>> {
  const { words } = deps.context
  const view = await deps.proposals.view(Number(click.data.proposal))
  if (!view) return { kind: 'refused', message: words.outcome.gone }
  // Undo and a second click on a decided proposal are answered by the proposal itself, which knows who was first.
  if (!isWaiting(view) || click.data.version === proposalVersion(view)) return view
  await deps.redraw(view.id)
  return { kind: 'refused', message: words.outcome.stale }
}

async function readChoice(deps: DecideDeps, view: ProposalView, click: Click): Promise<Choice | { message: string }> {
  const { words, format } = deps.context
  const { values, data } = click
  const seen = data.version !== undefined && { version: data.version }
  switch (click.action) {
    case 'proposal.approve': {
      const ticked = tickedIds(view, values)
      // A proposal without actions is filed by approving it: there is nothing to tick.
      const isForgotten = ticked.length === 0 && isWaiting(view) && view.actions.some(action => action.status === 'pending' && !isToBeWritten(action))
      return isForgotten ? { message: words.outcome.nothingTicked } : { kind: 'approve', ticked, ...seen }
    }
    case 'proposal.second_vote':
      return { kind: 'second_vote', ...seen }
    case 'proposal.approve_edited':
    case 'proposal.save_edited': {
      const read = readEdits(view, await editChoices(deps, view), values, deps.context)
      if (read.kind === 'invalid') return { message: words.outcome.invalid(read.label) }
      const ticked = tickedIds(view, values)
      if (click.action === 'proposal.save_edited') return { kind: 'edit', edits: read.edits, ticked }
      return ticked.length === 0 ? { message: words.outcome.nothingTicked } : { kind: 'approve', edits: read.edits, ticked, ...seen }
    }
    case 'proposal.reject_for': {
      const reason = values.reason?.trim() ?? ''
      return reason === '' ? { message: words.outcome.invalid(words.form.rejectReason) } : { kind: 'reject', reason }
    }
    case 'proposal.snooze_until': {
      const until = morningOf(values.day ?? '', format.timeZone)
      return until && until > fromInstant(deps.clock.now()) ? { kind: 'snooze', until } : { message: words.outcome.dateNotAhead }
    }
    case 'proposal.reassign_to':
      return { kind: 'reassign', ownerId: Number(values.owner) }
    case 'proposal.link_to':
      return { kind: 'link', debtorId: Number(data.debtor) }
    case 'proposal.undo':
      return { kind: 'undo' }
    default:
      return { message: words.outcome.gone }
  }
}

/** The words for an outcome that is no success; undefined for one that is. */
function tellOutcome(outcome: DecisionOutcome, { words, format }: CardContext): ClickOutcome | undefined {
  const say = words.outcome
  switch (outcome.kind) {
    case 'decided':
      return undefined
    case 'already_decided':
      return { kind: 'refused', message: say.already(words.status[outcome.status], outcome.by, outcome.at ? format.dateTime(outcome.at) : '') }
    case 'not_allowed':
      return {
        kind: 'refused',
        message: outcome.why === 'own_first_vote' ? say.ownVote : outcome.why === 'call_back_first' ? say.callBackFirst : say.notAllowed,
      }
    case 'invalid':
      if (outcome.problems.some(({ code }) => code === 'changed')) return { kind: 'refused', message: say.stale }
      return { kind: 'refused', message: say.invalid(tellProblems(outcome.problems, words, format)) }
    case 'not_found':
      return { kind: 'refused', message: say.gone }
    default:
      return outcome satisfies never
  }
}
