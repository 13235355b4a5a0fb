import type { Card } from '../card.ts'
import { bulkCard, receiptCard } from '../cards/bulk-card.ts'
import { putPost } from '../posts.ts'
import { bulkSubject } from './in-sight.ts'
import type { BulkDeps } from './port.ts'
import { readBulk } from './read-bulk.ts'

type DrawDeps = Pick<BulkDeps, 'client' | 'clock' | 'surface' | 'context'>
type Drawn = { channel: string; card: Card; receipts: { subject: string; card: Card }[] }

/** Draws the card of a bulk as it stands now, with the receipts of what was approved in its thread. May be called any number of times. */
export async function drawBulk(deps: DrawDeps, bulkId: number): Promise<void> {
  const { client, clock, surface } = deps
  const drawn = await cardsOf(deps, bulkId)
  if (!drawn) return
  const { channel } = drawn
  const post = await putPost(client, clock, { surface, channel, subject: bulkSubject(bulkId) }, drawn.card)
  for (const { subject, card } of drawn.receipts) await putPost(client, clock, { surface, channel, subject, parentId: post.id }, card)
  // Something may have changed meanwhile and been drawn before this was: whoever draws last makes sure that it is the newest.
  const now = await cardsOf(deps, bulkId)
  if (JSON.stringify(now) !== JSON.stringify(drawn)) await drawBulk(deps, bulkId)
}

async function cardsOf({ client, context }: DrawDeps, bulkId: number): Promise<Drawn | undefined> {
  const bulk = await readBulk(client, bulkId)
  if (!bulk) return undefined
  const receipts = bulk.runs.map(run => ({ subject: `${bulkSubject(bulkId)}:run:${run.id}`, card: receiptCard(bulk.likeness, run, context) }))
  return { channel: bulk.channel, card: bulkCard(bulk, context), receipts }
}
