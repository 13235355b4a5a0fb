import { Temporal } from 'temporal-polyfill'
import { type Clock, type DbClient, fromInstant } from '#platform'
import { cardSchema } from '../card.ts'
import { writePost } from '../posts.ts'
import type { Words } from '../words/index.ts'
import { listSubject } from './list-card.ts'

export type PostListsDeps = { client: DbClient; clock: Clock; words: Words /** IANA name. */; timeZone: string }

/**
 * Writes the lists that are due in conversations that get lists in the place of single cards: what came to their channel until the last of
 * its times, and is still to be done. One list per conversation and time, however often it is asked. Returns how many.
 */
export async function postLists({ client, clock, words, timeZone }: PostListsDeps): Promise<number> {
  const channels = await client.chatChannel.findMany({ where: { digestAt: { isEmpty: false } }, orderBy: [{ platform: 'asc' }, { channel: 'asc' }] })
  let written = 0
  for (const { platform, channel, conversation, digestAt } of channels) {
    const until = fromInstant(lastMoment(digestAt, clock.now(), timeZone))
    written += await client.$transaction(async tx => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`chat list ${platform} ${conversation}`}))`
      const where = { platform, conversation, status: 'held', post: { channel, parentId: null, createdAt: { lte: until } } }
      const held = await tx.chatCopy.findMany({ where, include: { post: true }, orderBy: { postId: 'asc' } })
      const toDo = held.filter(({ post }) => cardSchema.parse(post.card).buttons.length > 0)
      const title = words.platforms.lists.title(toDo.length)
      const card = cardSchema.parse({ title, elements: [], fallback: title })
      const place = { surface: platform, channel: conversation, subject: `${listSubject}${until.toISOString()}` }
      const list = toDo.length > 0 ? await writePost(tx, clock, place, card) : undefined
      const settle = (ids: number[], listedIn: number | null) =>
        tx.chatCopy.updateMany({ where: { id: { in: ids }, status: 'held' }, data: { status: 'listed', listedIn } })
      await settle(
        toDo.map(({ id }) => id),
        list?.id ?? null,
      )
      await settle(
        held.map(({ id }) => id),
        null,
      )
      return list ? 1 : 0
    })
  }
  return written
}

/** The last moment that a list was due at, by the times of day. */
function lastMoment(times: readonly string[], now: Temporal.Instant, timeZone: string): Temporal.Instant {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  const moments = [today, today.subtract({ days: 1 })].flatMap(day =>
    times.map(time => day.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).toInstant()),
  )
  return moments.filter(moment => Temporal.Instant.compare(moment, now) <= 0).reduce((a, b) => (Temporal.Instant.compare(a, b) > 0 ? a : b))
}
