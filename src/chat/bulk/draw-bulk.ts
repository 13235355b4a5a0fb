import { bulkCard, receiptCard } from '../cards/bulk-card.ts'
import { putPostIn } from '../posts.ts'
import { bulkSubject } from './in-sight.ts'
import type { BulkDeps } from './port.ts'
import { readBulk } from './read-bulk.ts'

/** Draws the card of a bulk as it stands now, with the receipts of what was approved in its thread. May be called any number of times. */
export async function drawBulk({ client, clock, surface, context }: Pick<BulkDeps, 'client' | 'clock' | 'surface' | 'context'>, bulkId: number): Promise<void> {
  const subject = bulkSubject(bulkId)
  await client.$transaction(
    async tx => {
      // Of two who draw it the later one reads the newer state.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`draw ${subject}`}))`
      const bulk = await readBulk(tx, bulkId)
      if (!bulk) return
      const place = { surface, channel: bulk.channel }
      const post = await putPostIn(tx, clock, { ...place, subject }, bulkCard(bulk, context))
      for (const run of bulk.runs)
        await putPostIn(tx, clock, { ...place, subject: `${subject}:run:${run.id}`, parentId: post.id }, receiptCard(bulk.likeness, run, context))
    },
    { maxWait: 20_000, timeout: 30_000 },
  )
}
