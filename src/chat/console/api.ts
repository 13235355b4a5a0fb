/* oxlint-disable oxc/no-async-endpoint-handlers -- Express 5 hands a rejected promise to the error handler */
import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { may, type Staff, sightOf } from '#people'
import type { Clock, DbClient } from '#platform'
import { type Card, cardSchema } from '../card.ts'
import { channelsOf, ownChannel } from '../channels.ts'
import type { Chat } from '../chat.ts'
import type { ClickOutcome } from '../click.ts'
import { localeOf } from '../format.ts'
import { dismissPost, redrawPost, writePost } from '../posts.ts'
import { storable } from '../storable.ts'
import { consoleSurface } from '../surface.ts'
import { wordsOf } from '../words/index.ts'
import type { Feed } from './feed.ts'
import { signedInAs, staffOf } from './guard.ts'
import { type Live, markOf } from './live.ts'
import { renderCard } from './render-card.ts'
import { rowId } from './row-id.ts'

export type ApiDeps = {
  client: DbClient
  clock: Clock
  chat: Pick<Chat, 'click' | 'command'>
  feed: Feed
  live: Pick<Live, 'add'>
  timeZone: string | undefined
  demo: boolean
}

const anyText = z.string().transform(storable)
const channelName = anyText.pipe(z.string().min(1).max(100))
const stringMap = z.record(z.string().max(100), z.string().max(60_000))
const clickBody = z.object({
  postId: rowId.nullable().default(null),
  channel: channelName,
  action: z.string().max(60),
  data: stringMap.default({}),
  values: stringMap.default({}),
})
const commandBody = z.object({ channel: channelName, text: z.string().max(500) })
const shownPosts = z.preprocess(list => (typeof list === 'string' ? list.split(',') : list), z.array(rowId).max(500))
const talkBody = z.object({ text: anyText.pipe(z.string().trim().min(1).max(4000)) })

/** The console's JSON interface. Every route below is for somebody who is signed in; what they may do is asked again at every step. */
export function createApi({ client, clock, chat, feed, live, timeZone, demo }: ApiDeps): Router {
  const api = Router()

  api.get('/me', async (_request, response) => {
    const { id, key, name, role, language } = staffOf(response)
    response.json({
      staff: { id, key, name, role },
      language,
      locale: localeOf(language),
      timeZone,
      words: wordsOf(language).ui,
      channels: await feed.channels(staffOf(response)),
      demo,
      mayTalk: may(staffOf(response), 'note'),
      rights: markOf(staffOf(response)),
    })
  })

  api.get('/channels', async (_request, response) => void response.json(await feed.channels(staffOf(response))))

  api.get('/channels/:channel/posts', async (request, response) => {
    const before = rowId.optional().parse(request.query.before)
    response.json(await feed.page(staffOf(response), channelName.parse(request.params.channel), before))
  })

  // Which of the posts that a page shows its reader still sees.
  api.get('/seen', async (request, response) => void response.json(await feed.seen(staffOf(response), shownPosts.parse(request.query.ids))))

  api.get('/posts/:id', async (request, response) => {
    const post = await feed.post(staffOf(response), rowId.parse(request.params.id))
    if (!post) {
      response.status(404).json({ error: 'gone' })
      return
    }
    response.json(post)
  })

  api.get('/posts/:id/thread', async (request, response) => {
    response.json(await feed.thread(staffOf(response), rowId.parse(request.params.id)))
  })

  // Colleagues' talk under a card. It is stored as a post and goes nowhere else: only a button of a card sends to a debtor.
  api.post('/posts/:id/thread', async (request, response) => {
    const staff = staffOf(response)
    const { text } = talkBody.parse(request.body)
    const parent = await feed.stored(staff, rowId.parse(request.params.id))
    // Under what one person alone sees nobody talks: that goes when they dismiss it, and the talk must not be left over for all.
    if (!parent || parent.privateTo !== null || parent.parentId !== null) {
      response.status(404).json({ error: 'gone' })
      return
    }
    const card = cardSchema.parse({ title: staff.name, elements: [{ type: 'text', text }], fallback: `${staff.name}: ${text}` })
    await writePost(client, clock, { surface: consoleSurface, channel: parent.channel, subject: 'talk', parentId: parent.id, authorId: staff.id }, card)
    response.status(201).json({})
  })

  api.post('/click', async (request, response) => {
    const { action, data, values, ...where } = clickBody.parse(request.body)
    const staff = staffOf(response)
    const outcome = await chat.click({ staff, surface: consoleSurface, action, data, values })
    await tell(request, response, outcome, where)
  })

  api.post('/command', async (request, response) => {
    const { channel, text } = commandBody.parse(request.body)
    const outcome = await chat.command({ staff: staffOf(response), surface: consoleSurface, text })
    await tell(request, response, outcome, { postId: null, channel })
  })

  api.delete('/posts/:id', async (request, response) => {
    const gone = await dismissPost(client, rowId.parse(request.params.id), staffOf(response).id)
    response.status(gone ? 204 : 404).end()
  })

  // Puts a private answer into the channel, for all to see.
  api.post('/posts/:id/share', async (request, response) => {
    const staff = staffOf(response)
    const post = await feed.stored(staff, rowId.parse(request.params.id))
    if (!post || post.privateTo !== staff.id || !(await channelsOf(client, staff)).includes(post.channel)) {
      response.status(404).json({ error: 'gone' })
      return
    }
    // It holds what its reader could see: only who sees as much will see it in the channel.
    const place = { surface: consoleSurface, channel: post.channel, subject: 'shared', authorId: staff.id, sight: sightOf(staff) }
    await writePost(client, clock, place, post.card)
    await dismissPost(client, post.id, staff.id)
    response.status(201).json({})
  })

  api.get('/events', (_request, response) => live.add(signedInAs(response), response))

  /** Forms and refusals go back to the clicker alone; a private answer becomes a private post, in place when the click came from one. */
  async function tell(
    _request: Request,
    response: Response,
    outcome: ClickOutcome,
    { postId: id, channel }: { postId: number | null; channel: string },
  ): Promise<void> {
    if (outcome.kind === 'form' || (outcome.kind === 'private' && outcome.once)) {
      response.json({ kind: 'form', card: renderCard(outcome.card), fallback: outcome.card.fallback })
      return
    }
    if (outcome.kind !== 'private') {
      response.json(outcome)
      return
    }
    const post = await answerPrivately(staffOf(response), id, channel, outcome.card)
    response.json({ kind: 'private', postId: post })
  }

  async function answerPrivately(staff: Staff, from: number | null, asked: string, card: Card): Promise<number> {
    // One that has faded is not there any more, whatever an old page shows.
    const own = from === null ? undefined : await feed.stored(staff, from)
    if (own?.subject === 'answer' && own.privateTo === staff.id) return (await redrawPost(client, clock, own.id, card, { sight: sightOf(staff) })).id
    const channel = (await channelsOf(client, staff)).includes(asked) ? asked : ownChannel(staff)
    const place = { surface: consoleSurface, channel, subject: 'answer', privateTo: staff.id, sight: sightOf(staff) }
    await feed.forgetOldAnswers(staff)
    return (await writePost(client, clock, place, card)).id
  }

  return api
}
