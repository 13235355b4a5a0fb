import { absenceSpan, sightOf } from '#people'
import { toPlainDate } from '#platform'
import { handBackOf } from '#proposals'
import { type CardElement, cardSchema } from '../card.ts'
import { type CardContext, cardTitle } from '../cards/proposal-card.ts'
import { channelsOf, ownChannel } from '../channels.ts'
import { type Post, putPost } from '../posts.ts'
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
  const { decided, open } = await handBackOf(client, sightOf(staff), staff.id, span)
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
  const day = (date: Date) => format.day(toPlainDate(date).toString())
  const title = say.welcomeBack(staff.name)
  const card = cardSchema.parse({
    title,
    subtitle: say.covered(cover.name, day(absence.from), day(absence.until)),
    elements: [
      { type: 'text', text: decided.length > 0 ? say.decidedForYou(decided.length) : say.nothingDecided, weight: 'strong' },
      ...decidedLines,
      { type: 'text', text: open.length > 0 ? say.stillOpen(open.length) : say.nothingOpen, weight: 'strong' },
      ...openLines,
    ],
    fallback: `${title} · ${say.decidedForYou(decided.length)} · ${say.stillOpen(open.length)}`,
  })
  const [channel = ownChannel(staff)] = await channelsOf(client, staff)
  const place = { surface, channel, subject: `handback:${absenceId}`, privateTo: staff.id, sight: sightOf(staff), notBefore: await restOf(deps, staff) }
  return putPost(client, clock, place, card)
}

/** One line for each proposal, pressed to see its card; of many the first ones and how many more. */
async function linesOf({ proposals }: PostHandBackDeps, { words }: CardContext, items: { proposalId: number; note?: string }[]): Promise<CardElement[]> {
  const lines: CardElement[] = []
  for (const { proposalId, note } of items.slice(0, mostLines)) {
    const view = await proposals.view(proposalId)
    if (!view) continue
    const button = { action: 'proposal.show', label: words.button.openProposal, style: 'default' as const, data: { proposal: String(proposalId) } }
    lines.push({ type: 'pick', text: cardTitle(view, words), ...(note !== undefined && { note }), button })
  }
  const rest = items.length - mostLines
  return rest > 0 ? [...lines, { type: 'text', text: words.people.andMore(rest), tone: 'neutral', weight: 'subtle' }] : lines
}
