import { fullSight, type Staff, seesAll, sightOf } from '#people'
import type { DbClient } from '#platform'
import { earlierMails, isHistory, mailUnder } from './approvals/earlier-mails.ts'
import { type Card, cardSchema } from './card.ts'
import { postsInSight, type SeenPost } from './posts-in-sight.ts'
import type { Words } from './words/index.ts'

/** Who reads a place: staff, where it is known who all of them are; unknown with a guest, an account of nobody, or a surface that does not tell. */
export type Readers = { kind: 'known'; staff: readonly Staff[] } | { kind: 'unknown' }

/** What a place may show of a post: all; no word of a mail, as its readers are not known; nothing, as one of them may not see it. */
export type Disclosure = 'all' | 'no_mail_text' | 'nothing'

/** What a place with these readers may show of a post now; asked anew whenever the post, the readers or their rights change. */
export async function disclosureOf(client: DbClient, post: SeenPost, readers: Readers): Promise<Disclosure> {
  if (readers.kind === 'unknown') return post.privateTo === null ? 'no_mail_text' : 'nothing'
  for (const person of readers.staff) {
    const seen = person.active && (await postsInSight(client, person, [post])).length > 0
    if (!seen || (isHistory(post.subject) && !(await seesConversation(client, person, post)))) return 'nothing'
  }
  return readers.staff.length > 0 ? 'all' : 'nothing'
}

/** Whether somebody who sees the card sees all of the conversation that stands under it, too. */
async function seesConversation(client: DbClient, person: Staff, { subject }: SeenPost): Promise<boolean> {
  if (seesAll(sightOf(person))) return true
  const message = await mailUnder(client, subject)
  if (!message) return false
  const [all, theirs] = [await earlierMails(client, fullSight, message), await earlierMails(client, sightOf(person), message)]
  return JSON.stringify(all) === JSON.stringify(theirs)
}

/** The card as a place with this disclosure shows it; undefined where nothing of it may stand there. */
export function disclosedCard({ guarded, ...card }: Card, disclosure: Disclosure): Card | undefined {
  if (disclosure === 'all') return card
  return disclosure === 'no_mail_text' && guarded ? guarded : undefined
}

/** What takes the place of a card that stood where nothing of it may stand any more. */
export function withdrawnCard({ people: say }: Words): Card {
  return cardSchema.parse({ title: say.withdrawn, elements: [{ type: 'text', text: say.withdrawnText, weight: 'subtle' }], fallback: say.withdrawn })
}
