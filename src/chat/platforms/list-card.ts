import { type Card, type CardInput, cardSchema } from '../card.ts'
import type { Post } from '../posts.ts'
import type { Words } from '../words/index.ts'

/** How the subject of a list begins. */
export const listSubject = 'list:'

const mostLines = 25

/** One post that a list tells of, and as much of its card as the readers of the conversation may see. */
export type Listed = { post: Post; card: Card | undefined }

/** A list of cards as they stand now: each with its state, and the way to it for who may see it. */
export function listCard(listed: readonly Listed[], { platforms: { lists: say }, button }: Words): Card {
  const shown = listed.slice(0, mostLines)
  const left = listed.length - shown.length
  return cardSchema.parse({
    title: say.title(listed.length),
    elements: [...shown.map(line), ...(left > 0 ? [{ type: 'text', text: say.more(left), weight: 'subtle' }] : [])],
    fallback: say.title(listed.length),
  })

  function line({ post, card }: Listed): CardInput['elements'][number] {
    const text = card?.title ?? say.hidden
    const note = [card?.status?.text, card?.subtitle].filter(Boolean).join(' · ')
    const proposal = /^proposal:(\d+)$/.exec(post.subject)?.[1]
    if (proposal === undefined || !card) return { type: 'text', text: [text, note].filter(Boolean).join(' · ') }
    const open = { action: 'proposal.show', label: button.openProposal, style: 'default' as const, data: { proposal } }
    return { type: 'pick', text, ...(note !== '' && { note }), button: open }
  }
}
