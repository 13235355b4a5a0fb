import { randomUUID } from 'node:crypto'
import { agingOf } from '#ledger'
import { debtorsInSight, may, type Staff, sightOf } from '#people'
import { type EntryKind, type EntryOutcome, type EntryProblem, entriesAwaiting, viewEntry } from '#proposals'
import { cardSchema } from '../card.ts'
import { entryCard, summaryOf } from '../cards/entry-card.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { entryForm, readEntry } from '../forms/entry-form.ts'
import type { Words } from '../words/index.ts'
import { oneDebtor } from './debtor.ts'
import type { CommandDeps } from './registry.ts'

/** `/duncan promise`, `dispute`, `hold`: the form for the one debtor that is meant, or all debtors that could be. */
export const entryCommand =
  (kind: EntryKind) =>
  (deps: CommandDeps, query: string): Promise<ClickOutcome> =>
    oneDebtor(deps, query, `entry.${kind}`, (own, debtorId) => openEntry(own, kind, debtorId))

/** The form for a promise, dispute or hold of a debtor in sight. */
export async function openEntry({ client, clock, staff, context }: CommandDeps, kind: EntryKind, debtorId: number): Promise<ClickOutcome> {
  const { words, format } = context
  const debtor = await client.debtor.findFirst({ where: { id: debtorId, ...debtorsInSight(sightOf(staff)) }, include: { administration: true } })
  if (!debtor) return { kind: 'refused', message: words.outcome.gone }
  const today = clock.today(debtor.administration.timeZone)
  const aging = await agingOf(client, today, { debtorIds: [debtor.id] })
  const items = aging.reduce((sum, { openCount }) => sum + openCount, 0)
  const amount = aging.map(({ balance, currency }) => format.money(balance, currency)).join(' + ') || words.card.none
  const asked = { id: debtor.id, name: debtor.name, currency: debtor.administration.currency, open: words.entries.open(amount, items) }
  return { kind: 'form', card: entryForm(kind, asked, { key: randomUUID(), today }, context) }
}

/** Tells those who may give the second vote on an entry, and redraws what they were told. */
export type PostEntry = (entryId: number) => Promise<Staff[]>

/** Takes what somebody filled in, and shows what came of it. */
export async function saveEntry(deps: CommandDeps, post: PostEntry, { staff, data, values }: Click): Promise<ClickOutcome> {
  const { proposals, context, surface } = deps
  const read = readEntry(data.kind ?? '', values, context)
  if ('wrong' in read) return { kind: 'refused', message: context.words.outcome.invalid(read.wrong) }
  const outcome = await proposals.enter({ debtorId: Number(data.debtor), staffId: staff.id, surface, formKey: data.form ?? '', ...read })
  if (outcome.kind !== 'entered') return { kind: 'refused', message: refusalOf(outcome, context.words) }
  if (outcome.status !== 'awaiting_second') return entryAnswer(deps, outcome.entryId, context.words.outcome.done)
  const people = (await post(outcome.entryId)).map(({ name }) => name)
  const { entries: say } = context.words
  return entryAnswer(deps, outcome.entryId, people.length > 0 ? say.told(context.format.list(people)) : say.nobody)
}

/** Carries a vote on an entry, or its withdrawal, to those who decide, and shows what came of it. */
export async function voteClick(deps: CommandDeps, post: PostEntry, { staff, action, data }: Click): Promise<ClickOutcome> {
  const { proposals, context, surface } = deps
  const kind = action === 'entry.second_vote' ? 'second_vote' : action === 'entry.undo' ? 'undo' : 'withdraw'
  const outcome = await proposals.voteOnEntry({ entryId: Number(data.entry), staffId: staff.id, surface, kind })
  if (outcome.kind !== 'entered') return { kind: 'refused', message: refusalOf(outcome, context.words) }
  await post(outcome.entryId)
  return entryAnswer(deps, outcome.entryId, context.words.outcome.done)
}

/** The card of one entry as it stands now, for the asker. */
export async function entryAnswer({ client, staff, context }: CommandDeps, entryId: number, told?: string): Promise<ClickOutcome> {
  const view = await viewEntry(client, sightOf(staff), entryId)
  return view ? { kind: 'private', card: entryCard(view, staff.id, context, told) } : { kind: 'refused', message: context.words.outcome.gone }
}

/** `/duncan entries`: what colleagues entered and waits for the asker's second vote. */
export async function entriesAnswer({ client, staff, context }: CommandDeps): Promise<ClickOutcome> {
  const { entries: say } = context.words
  const waiting = may(staff, 'second_vote') ? await entriesAwaiting(client, sightOf(staff), staff.id) : []
  const card = cardSchema.parse({
    title: say.waiting,
    ...(waiting.length === 0 && { subtitle: say.none }),
    elements: waiting.map(view => ({
      type: 'pick',
      text: `${view.debtor.name} · ${say.kind[view.content.kind]}`,
      note: [summaryOf(view, context), say.entered(view.by, context.format.dateTime(view.at))].join(' · '),
      button: { action: 'entry.show', label: context.words.button.openProposal, data: { entry: String(view.id) } },
    })),
    fallback: `${say.waiting}: ${waiting.length}`,
  })
  return { kind: 'private', card }
}

function refusalOf(outcome: Exclude<EntryOutcome, { kind: 'entered' }>, words: Words): string {
  switch (outcome.kind) {
    case 'invalid':
      return problemText(outcome.problem, words)
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

function problemText(problem: EntryProblem, { entries: say, outcome, form }: Words): string {
  switch (problem.code) {
    case 'unknown_invoices':
      return say.unknown(problem.numbers.join(', ').slice(0, 200))
    case 'nothing_open':
      return say.nothingOpen
    case 'day_is_over':
      return say.dayIsOver
    case 'amount':
      return outcome.invalid(form.amount('').replace(' ()', ''))
    default:
      return problem satisfies never
  }
}
