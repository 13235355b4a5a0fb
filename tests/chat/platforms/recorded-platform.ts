import type { Pace } from '../../../src/chat/platforms/pacer.ts'
import { type ChatPlatform, DeliveryError, type DeliveryProblem, type Page, type PlatformName } from '../../../src/chat/platforms/platform.ts'

/** No platform of tests asks to wait. */
export const atOnce: Record<PlatformName, Pace> = { slack: { conversation: [], platform: [] }, teams: { conversation: [], platform: [] } }

/** A message that stands. A card is as many messages as its title has parts between slashes. */
type Standing = { id: string; conversation: string; replyTo: string | undefined; title: string; page: Page; mark: string }

/** What a call comes to. `arrives`: it was done all the same, as when only its answer is lost. */
type Trouble = { why: DeliveryProblem; arrives: boolean }

const missing = (): never => {
  throw new DeliveryError({ kind: 'missing', problem: 'message_not_found' })
}

const titleOf = (page: Page): string => String(page.title)

/** A chat platform in memory: takes messages, keeps what stands, and fails as told. `finds`: whether it says where a marked message stands. */
export function recordedPlatform(name: PlatformName = 'slack', { finds = true } = {}) {
  const standing: Standing[] = []
  const troubles: (Trouble | undefined)[] = []
  let slowMs = 0
  let members: string[] = []
  let made = 0

  const call = async (act: () => void): Promise<void> => {
    if (slowMs > 0) await new Promise(resolve => setTimeout(resolve, slowMs))
    const trouble = troubles.shift()
    if (!trouble || trouble.arrives) act()
    if (trouble) throw new DeliveryError(trouble.why)
  }

  const platform: ChatPlatform = {
    name,
    draw: async (_place, { title, elements }) => {
      const [first = title, ...rest] = title.split('/')
      return [{ title: first, elements }, ...rest.map(part => ({ title: part }))]
    },
    post: async ({ conversation, replyTo }, page, mark) => {
      made += 1
      const id = `m${made}`
      await call(() => {
        if (replyTo !== undefined && !standing.some(message => message.id === replyTo)) missing()
        standing.push({ id, conversation, replyTo, title: titleOf(page), page, mark })
      })
      return id
    },
    update: (_place, externalId, page) =>
      call(() => {
        const message = standing.find(({ id }) => id === externalId) ?? missing()
        Object.assign(message, { title: titleOf(page), page })
      }),
    remove: (_place, externalId) =>
      call(() => {
        const index = standing.findIndex(({ id }) => id === externalId)
        if (index !== -1) standing.splice(index, 1)
      }),
    find: async (_place, mark) => (finds ? standing.find(message => message.mark === mark)?.id : undefined),
    members: async () => members,
    isApp: async userId => userId.startsWith('B'),
    statusOf: async () => undefined,
    showPicture: async () => undefined,
    takeBack: async () => undefined,
    direct: async userId => ({ conversation: `D-${userId}`, reference: {} }),
  }
  return {
    platform,
    standing,
    /** Each is met by the next call that writes; undefined: that one is taken. */
    fail: (why: DeliveryProblem | undefined, arrives = false) => void troubles.push(why && { why, arrives }),
    /** Nothing more fails. */
    calm: () => void troubles.splice(0),
    readBy: (...users: string[]) => {
      members = users
    },
    slow: (ms: number) => {
      slowMs = ms
    },
  }
}
