import type { Staff } from '#people'
import { type Clock, type DbClient, type Prisma } from '#platform'
import type { Chat } from '../chat.ts'
import type { ClickOutcome } from '../click.ts'
import { asPost, chatNotices } from '../posts.ts'
import { wordsOf } from '../words/index.ts'
import { linkByCode, whoIs } from './accounts.ts'
import { namesOf, placeOf, rememberConversation } from './conversations.ts'
import { directPrefix } from './copies.ts'
import type { Asked, Desk, MessageOn } from './desk.ts'
import { lookAgain } from './look-again.ts'
import type { ChatPlatform, PlatformName } from './platform.ts'
import { shareCard } from './share.ts'
import { visibleCard } from './shown-card.ts'
import { keepTalk } from './talk.ts'

export type CreateDeskDeps = {
  client: DbClient
  clock: Clock
  chat: Pick<Chat, 'click' | 'command' | 'home'>
  /** The platforms that run; asked when something is shared. */
  platform: (name: PlatformName) => ChatPlatform | undefined
  /** Whether a mail address that a platform has verified links an account, as the settings stand now. */
  linksByEmail: (platform: PlatformName) => boolean
}

/** The desk of all platforms: it knows people, cards and threads, and leaves every decision to the chat. */
export function createDesk({ client, clock, chat, platform, linksByEmail }: CreateDeskDeps): Desk {
  const people = { client, clock }

  const answer = (staff: Staff, surface: PlatformName, asked: Asked): Promise<ClickOutcome> =>
    'text' in asked ? chat.command({ staff, surface, text: asked.text }) : chat.click({ staff, surface, ...asked, values: {} })

  return {
    whoIs: (account, email) => whoIs(people, account, linksByEmail(account.platform) ? email : undefined),

    link: async (account, code, language) => {
      const staff = await linkByCode(people, account, code)
      if (!staff) return { kind: 'refused', message: wordsOf(language).platforms.linkFailed }
      return { kind: 'done', message: wordsOf(staff.language).platforms.linked(staff.name) }
    },

    click: chat.click,
    command: chat.command,
    home: chat.home,

    share: async (staff, { platform: name, conversation }, asked) => {
      const { platforms: say, outcome: told } = wordsOf(staff.language)
      const on = platform(name)
      // Only what looks something up has an answer to share: pressing a button for somebody else's eyes must decide nothing.
      if (!on || ('action' in asked && !isLookUp(asked.action))) return { kind: 'refused', message: told.gone }
      const made = await answer(staff, name, asked)
      // What is shown once holds a secret of its asker.
      if (made.kind !== 'private' || made.once) return made.kind === 'refused' ? made : { kind: 'refused', message: say.nothingHere }
      return shareCard({ client, clock, words: wordsOf(staff.language) }, on, staff, conversation, made.card)
    },

    talk: (staff, reply, under, text) => keepTalk({ client, clock }, staff, reply, under, text),

    isNew: async (name, deliveryId) => (await client.chatDelivery.createMany({ data: [{ platform: name, deliveryId }], skipDuplicates: true })).count === 1,

    remember: told => rememberConversation(client, told),

    membersChanged: async (name, conversation) => {
      const where = { platform: name, userId: null, ...(conversation !== undefined && { conversation }) }
      const changed = await client.chatConversation.updateManyAndReturn({ where, data: { membersAt: null }, select: { conversation: true } })
      await lookAgain(client, { platform: name, conversations: changed.map(row => row.conversation) })
    },

    adopt: async ({ platform: name, conversation, externalId }, mark) => {
      const [, id = '0', createdAt = '0'] = /^(\d{1,9})\.(\d{1,15})$/.exec(mark) ?? []
      const names = await namesOf(client, name, conversation)
      // Only one that was written and then lost: whoever makes marks up has no message take another card's place.
      await client.chatCopy.updateMany({
        where: { id: Number(id), createdAt: new Date(Number(createdAt)), platform: name, conversation: { in: names }, externalId: null, status: 'posting' },
        data: { externalId, status: 'waiting', shown: null },
      })
    },

    cardOn: async (staff, { platform: name, conversation, externalId }) => {
      const here = [{ conversation }, { conversation: { startsWith: directPrefix }, post: { privateTo: staff.id } }]
      const copy = await client.chatCopy.findFirst({ where: { platform: name, externalId, OR: here }, include: { post: true } })
      const on = platform(name)
      const place = copy && on && (await placeOf(client, on, { conversation, replyTo: undefined }))
      return place ? visibleCard({ client, clock, words: wordsOf(staff.language) }, on, asPost(copy.post), place) : undefined
    },

    drawAnew: async ({ platform: name, conversation, externalId }: MessageOn) =>
      drawAnew(client, { platform: name, conversation: { in: await namesOf(client, name, conversation) }, externalId }),
  }
}

const lookUps = new Set([
  'proposal.show',
  'proposal.why',
  'actions.show',
  'debtor.show',
  'debtor.inbox',
  'debtor.why',
  'risk.show',
  'risk.debtor',
  'credit.history',
  'credit.company',
  'credit.status',
  'tip.show',
  'report.show',
  'task.list',
  'find.show',
  'payment.show',
  'bulk.show',
])
const isLookUp = (action: string): boolean => lookUps.has(action)

async function drawAnew(client: DbClient, where: Prisma.ChatCopyWhereInput): Promise<void> {
  const known = { AND: [where, { externalId: { not: null } }] } // beside what `where` may ask of the id, not in its place
  const anew = { shown: null, wanted: { increment: 1 } }
  // One that waits may be on its way already, and shows the momentary thing after it has arrived; so may one whose next part is.
  const { count } = await client.chatCopy.updateMany({ where: { ...known, status: { in: ['standing', 'waiting'] } }, data: { ...anew, status: 'waiting' } })
  await client.chatCopy.updateMany({ where: { ...known, status: 'posting' }, data: anew })
  if (count > 0) await client.$executeRaw`SELECT pg_notify(${chatNotices}, '{}')`
}
