import { randomUUID } from 'node:crypto'
import { insuranceOf } from '#credit'
import { agingOf } from '#ledger'
import { debtorsInSight, type Staff, sightOf } from '#people'
import { type EntryOutcome, type EntryProblem, type EntryRequest, type EntryVote, viewEntry } from '#proposals'
import { cardSchema } from '../card.ts'
import { cut } from '../cards/cut.ts'
import { entryCard } from '../cards/entry-card.ts'
import { lawText } from '../cards/law-text.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { shownEntry } from '../cards/shown-entry.ts'
import { tellProblems } from '../cards/tell-problems.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { type EnteredKind, entryForm, readEntry } from '../forms/entry-form.ts'
import { editEntryForm, readRiskForm } from '../forms/risk-forms.ts'
import { extensionLimit } from '../insurance/insurance-line.ts'
import { oneDebtor } from './debtor.ts'
import { entryList } from './entry-list.ts'
import type { CommandDeps } from './registry.ts'

/** `/duncan promise`, `dispute`, `hold`: the form for the one debtor that is meant, or all debtors that could be. */
export const entryCommand =
  (kind: EnteredKind) =>
  (deps: CommandDeps, query: string): Promise<ClickOutcome> =>
    oneDebtor(deps, query, `entry.${kind}`, (own, debtorId) => openEntryForm(own, kind, debtorId))

/** The form for a promise, dispute or hold of a debtor in sight. */
export async function openEntryForm({ client, clock, staff, context, proposals }: CommandDeps, kind: EnteredKind, debtorId: number): Promise<ClickOutcome> {
  const { words, format } = context
  const debtor = await client.debtor.findFirst({ where: { id: debtorId, ...debtorsInSight(sightOf(staff)) }, include: { administration: true } })
  if (!debtor) return { kind: 'refused', message: words.outcome.gone }
  const today = clock.today(debtor.administration.timeZone)
  const aging = await agingOf(client, today, { debtorIds: [debtor.id] })
  const items = aging.reduce((sum, { openCount }) => sum + openCount, 0)
  const amount = aging.map(({ balance, currency }) => format.money(balance, currency)).join(' + ') || words.card.none
  const open = words.entries.open(amount, items)
  const limit = kind === 'promise' ? extensionLimit(await insuranceOf(client, today, debtorId), context) : undefined
  const asked = {
    id: debtor.id,
    name: debtor.name,
    currency: debtor.administration.currency,
    open: [open, limit].filter(Boolean).join(' · '),
    disputeTypes: proposals.disputeTypes(),
  }
  return { kind: 'form', card: entryForm(kind, asked, { key: randomUUID(), today }, context) }
}

/** Tells those who may give the second vote on an entry, and redraws what they were told. */
export type PostEntry = (entryId: number) => Promise<Staff[]>

/** Takes what somebody filled in, and shows what came of it. */
export async function saveEntry(deps: CommandDeps, post: PostEntry, { data, values }: Click): Promise<ClickOutcome> {
  const read = readEntry(data.kind ?? '', values, deps.context)
  if ('wrong' in read) return { kind: 'refused', message: deps.context.words.outcome.invalid(read.wrong) }
  return enterContent(deps, post, { debtorId: Number(data.debtor), formKey: data.form ?? '', ...read })
}

/** Enters it for the asker, tells those who may give the second vote where it takes one, and shows what came of it. */
export async function enterContent(deps: CommandDeps, post: PostEntry, request: Omit<EntryRequest, 'staffId' | 'surface'>): Promise<ClickOutcome> {
  const { proposals, staff, surface } = deps
  return tellEntered(deps, post, await proposals.enter({ ...request, staffId: staff.id, surface }))
}

/** Shows what came of something that was entered, and tells those who may give the second vote where it takes one. */
export async function tellEntered(deps: CommandDeps, post: PostEntry, outcome: EntryOutcome): Promise<ClickOutcome> {
  const { context } = deps
  if (outcome.kind !== 'entered') return { kind: 'refused', message: refusalOf(outcome, context) }
  if (outcome.status === 'proposed') return entryAnswer(deps, outcome.entryId)
  if (outcome.status !== 'awaiting_second') return entryAnswer(deps, outcome.entryId, context.words.outcome.done)
  const people = (await post(outcome.entryId)).map(({ name }) => name)
  const { entries: say } = context.words
  return entryAnswer(deps, outcome.entryId, people.length > 0 ? say.told(context.format.list(people)) : say.nobody)
}

const votes: Record<string, Exclude<EntryVote['kind'], 'approve'>> = {
  'entry.second_vote': 'second_vote',
  'entry.withdraw': 'withdraw',
  'entry.withdraw_risk': 'withdraw',
  'entry.reject': 'reject',
  'entry.reject_risk': 'reject',
  'entry.undo': 'undo',
  'entry.undo_risk': 'undo',
  'entry.wrong': 'wrong',
}

/** Carries a vote on an entry, its withdrawal or undo to those who decide, and shows what came of it. */
export async function voteClick(deps: CommandDeps, post: PostEntry, { staff, action, data, values }: Click): Promise<ClickOutcome> {
  const { client, proposals, context, surface } = deps
  const seen = data.version === undefined ? {} : { version: Number(data.version) }
  const vote = { entryId: Number(data.entry), staffId: staff.id, surface, ...seen }
  const kind = votes[action]
  let content: Extract<EntryVote, { kind: 'approve' }>['content']
  if (action === 'entry.approve_edited') {
    const view = await viewEntry(client, sightOf(staff), vote.entryId)
    if (!view) return { kind: 'refused', message: context.words.outcome.gone }
    const read = readRiskForm(view.content, values, context)
    if ('wrong' in read) return { kind: 'refused', message: context.words.outcome.invalid(read.wrong) }
    content = read.content
  }
  const outcome = await proposals.voteOnEntry(kind ? { ...vote, kind } : { ...vote, kind: 'approve', ...(content && { content }) })
  if (outcome.kind !== 'not_found') await post(vote.entryId)
  if (outcome.kind !== 'entered') return { kind: 'refused', message: refusalOf(outcome, context) }
  return entryAnswer(deps, outcome.entryId, outcome.status === 'awaiting_second' ? context.words.entries.needsSecond : context.words.outcome.done)
}

/** Carries what a person says of an entry's mail that did not leave, or may have left, to those who decide, and shows what came of it. */
export async function settleMailClick(deps: CommandDeps, post: PostEntry, entryId: number, verdict: 'sent' | 'resend' | 'give_up'): Promise<ClickOutcome> {
  const { proposals, staff, surface, context } = deps
  const outcome = await proposals.settleEntryMail({ entryId, staffId: staff.id, surface }, verdict)
  if (outcome.kind !== 'entered') return { kind: 'refused', message: refusalOf(outcome, context) }
  await post(entryId)
  return entryAnswer(deps, entryId, context.words.outcome.done)
}

/** The form to change what is to be approved. */
export async function editEntry({ client, staff, context, workflows }: CommandDeps, entryId: number): Promise<ClickOutcome> {
  const view = await viewEntry(client, sightOf(staff), entryId)
  if (!view) return { kind: 'refused', message: context.words.outcome.gone }
  const form = editEntryForm(view, workflows(), context)
  return form ? { kind: 'form', card: form } : { kind: 'refused', message: context.words.outcome.gone }
}

/** The card of one entry as it stands now, for the asker. */
export async function entryAnswer(deps: CommandDeps, entryId: number, told?: string): Promise<ClickOutcome> {
  const { staff, context } = deps
  const view = await shownEntry(deps, sightOf(staff), entryId)
  return view ? { kind: 'private', card: entryCard(view, staff.id, context, told) } : { kind: 'refused', message: context.words.outcome.gone }
}

/** `/duncan entries`: what was entered or opened and waits for the asker's decision. */
export async function entriesAnswer({ client, staff, context }: CommandDeps): Promise<ClickOutcome> {
  const { entries: say } = context.words
  const nothing = cardSchema.parse({ title: say.waiting, subtitle: say.none, elements: [], fallback: `${say.waiting}: 0` })
  return { kind: 'private', card: (await entryList(client, staff, context)) ?? nothing }
}

/** Why nothing came of it, in words. */
export function refusalOf(outcome: Exclude<EntryOutcome, { kind: 'entered' }>, context: CardContext): string {
  const { words } = context
  switch (outcome.kind) {
    case 'invalid':
      return problemText(outcome.problem, context)
    case 'changed':
      return words.entries.changed
    case 'not_allowed':
      return outcome.why === 'own_first_vote' ? words.outcome.ownVote : words.outcome.notAllowed
    case 'not_found':
      return words.outcome.gone
    default:
      return outcome satisfies never
  }
}

function problemText(problem: EntryProblem, context: CardContext): string {
  const { entries: say, outcome, form, plans, insurance } = context.words
  switch (problem.code) {
    case 'unknown_invoices':
      return say.unknown(problem.numbers.join(', ').slice(0, 200))
    case 'nothing_open':
      return say.nothingOpen
    case 'day_is_over':
      return say.dayIsOver
    case 'instalments':
      return outcome.invalid(plans.instalments('').replace(' ()', ''))
    case 'currencies':
      return plans.currencies
    case 'day_to_come':
      return insurance.dayToCome
    case 'nothing_to_report':
      return insurance.nothingToReport
    case 'plan_exists':
      return plans.exists
    case 'stale_ledger':
      return plans.staleLedger
    case 'mail_refused':
      return outcome.invalid(cut(tellProblems(problem.problems, context.words, context.format), 1500).text)
    case 'consumer_law':
      return lawText(problem.faults, context)
    case 'nothing_changes':
      return say.nothingChanges
    case 'unknown_workflow':
      return say.unknownWorkflow(problem.workflow.slice(0, 60), problem.known.join(', ').slice(0, 200))
    case 'amount':
      return outcome.invalid(form.amount('').replace(' ()', ''))
    default:
      return problem satisfies never
  }
}
