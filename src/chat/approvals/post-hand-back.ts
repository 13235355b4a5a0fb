import { absenceSpan, type Sight, sightOf } from '#people'
import { toPlainDate } from '#platform'
import { type HandBack, handBackOf, viewEntries } from '#proposals'
import { type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { type CardContext, cardTitle } from '../cards/proposal-card.ts'
import { channelsOf, ownChannel } from '../channels.ts'
import { type Post, putPost } from '../posts.ts'
import { countWork } from '../worklist/read-worklist.ts'
import type { PostProposalDeps } from './post-proposal.ts'
import { type RestDeps, restOf } from './rest-of.ts'

export type PostHandBackDeps = Omit<PostProposalDeps, 'context'> & RestDeps & { contextIn: (language: string) => CardContext }

const mostLines = 20

/** Tells somebody who is back, privately and in their language, what was decided for them and what is open; nothing when they were never away. */
export async function postHandBack(deps: PostHandBackDeps, absenceId: number): Promise<Post | undefined> {
  const { client, clock, surface, contextIn } = deps
  const absence = await client.staffAbsence.findUnique({ where: { id: absenceId }, include: { staff: true, cover: true } })
  const context = contextIn(absence?.staff.language ?? 'en')
  const span = absence && absenceSpan(absence, context.format.timeZone)
  if (!span || !absence.staff.active) return undefined
  const { staff, cover } = absence
  const { words, format } = context
  const say = words.people
  const { decided, open, entries, calls } = await handBackOf(client, sightOf(staff), staff.id, span)
  const done = (kind: string) => say.done[kind as keyof typeof say.done] ?? kind
  const decidedLines = await linesOf(
    deps,
    context,
    decided.map(({ proposalId, kind, by, at }) => ({ proposalId, note: say.byWhom(done(kind), by, format.dateTime(at)) })),
  )
  const openLines = await linesOf(
    deps,
    context,
    open.map(proposalId => ({ proposalId })),
  )
  const waits = await countWork({ client, clock, context }, staff, { owners: [staff.id], orNobody: false })
  const day = (date: Date) => format.day(toPlainDate(date).toString())
  const title = say.welcomeBack(staff.name)
  const card = cardSchema.parse({
    title,
    subtitle: say.covered(cover.name, day(absence.from), day(absence.until)),
    elements: [
      { type: 'text', text: decided.length > 0 ? say.decidedForYou(decided.length) : say.nothingDecided, weight: 'strong' },
      ...decidedLines,
      ...(await entryLines(deps, context, sightOf(staff), entries)),
      ...callLines(context, calls),
      { type: 'text', text: open.length > 0 ? say.stillOpen(open.length) : say.nothingOpen, weight: 'strong' },
      ...openLines,
    ],
    buttons: waits > 0 ? [{ action: 'actions.show', label: say.allThatWaits(waits), data: { list: 'mine', page: '0' }, style: 'primary' }] : [],
    fallback: `${title} · ${say.decidedForYou(decided.length)} · ${say.stillOpen(open.length)}`,
  })
  const [channel = ownChannel(staff)] = await channelsOf(client, staff)
  const place = { surface, channel, subject: `handback:${absenceId}`, privateTo: staff.id, sight: sightOf(staff), notBefore: await restOf(deps, staff) }
  return putPost(client, clock, place, card)
}

/** What others decided about the debtors of who was away, pressed to see its card. */
async function entryLines({ client }: PostHandBackDeps, { words, format }: CardContext, sight: Sight, entries: HandBack['entries']): Promise<CardElement[]> {
  if (entries.length === 0) return []
  const { people: say, entries: named } = words
  const shown = entries.slice(0, mostLines)
  const views = await viewEntries(
    client,
    sight,
    shown.map(({ entryId }) => entryId),
  )
  const lines = shown.flatMap(({ entryId, status, by, at }): CardElement[] => {
    const view = views.find(({ id }) => id === entryId)
    if (!view) return []
    const note = say.byWhom(status === 'rejected' ? say.done.reject : view.why ? say.done.approve : say.done.enter, by, format.dateTime(at))
    const button = { action: 'entry.show', label: words.button.openProposal, style: 'default' as const, data: { entry: String(entryId) } }
    return [{ type: 'pick', text: `${named.kind[view.content.kind]} · ${oneLine(view.debtor.name, 80)}`, note, button }]
  })
  return [heading(say.entriesForYou(entries.length)), ...lines, ...andMore(entries.length, words)]
}

/** The calls that others made. */
function callLines({ words, format }: CardContext, calls: HandBack['calls']): CardElement[] {
  if (calls.length === 0) return []
  const { people: say, calls: named } = words
  const outcomes: Record<string, string> = { ...named.outcomes, ...named.skipReasons }
  const lines = calls.slice(0, mostLines).map(({ debtor, outcome, by, at }): CardElement => {
    const what = outcomes[outcome ?? ''] ?? named.outcomes.reached
    return { type: 'text', text: `${oneLine(debtor, 80)}: ${say.byWhom(what, by, format.dateTime(at))}`, tone: 'neutral', weight: 'normal' }
  })
  return [heading(say.callsForYou(calls.length)), ...lines, ...andMore(calls.length, words)]
}

const heading = (text: string): CardElement => ({ type: 'text', text, tone: 'neutral', weight: 'strong' })

function andMore(count: number, { people: say }: CardContext['words']): CardElement[] {
  return count > mostLines ? [{ type: 'text', text: say.andMore(count - mostLines), tone: 'neutral', weight: 'subtle' }] : []
}

/** One line for each proposal, pressed to see its card; of many the first ones and how many more. */
async function linesOf({ proposals }: PostHandBackDeps, { words }: CardContext, items: { proposalId: number; note?: string }[]): Promise<CardElement[]> {
  const lines: CardElement[] = []
  for (const { proposalId, note } of items.slice(0, mostLines)) {
    const view = await proposals.view(proposalId, { brief: true })
    if (!view) continue
    const button = { action: 'proposal.show', label: words.button.openProposal, style: 'default' as const, data: { proposal: String(proposalId) } }
    lines.push({ type: 'pick', text: cardTitle(view, words), ...(note !== undefined && { note }), button })
  }
  return [...lines, ...andMore(items.length, words)]
}
