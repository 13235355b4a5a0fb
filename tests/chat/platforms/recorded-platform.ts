import type { ChatPlatform, DeliveryProblem } from '../../../src/chat/platforms/platform.ts'
import { DeliveryError } from '../../../src/chat/platforms/platform.ts'

type Standing = { id: string; conversation: string; replyTo: string | undefined; title: string; mark: string; at: number }

/**
 * A chat platform in memory: takes messages, keeps what stands, and fails as told. `after` of a problem: whether the message had arrived
 * all the same, as when only the answer to a request is lost.
 */
export function recordedPlatform(name: 'slack' | 'teams' = 'slack') {
  const standing: Standing[] = []
  const problems: { why: DeliveryProblem; arrives: boolean }[] = []
  let slowMs = 0

  const trip = (arrive: () => void): void => {
    const problem = problems.shift()
    if (!problem || problem.arrives) arrive()
    if (problem) throw new DeliveryError(problem.why)
  }

  const platform: ChatPlatform = {
    name,
    post: async (place, card, mark) => {
      await new Promise(resolve => setTimeout(resolve, slowMs))
      const id = `m${standing.length + 1}`
      trip(() => void standing.push({ id, conversation: place.conversation, replyTo: place.replyTo, title: card.title, mark, at: performance.now() }))
      return id
    },
    update: async (_place, externalId, card) => {
      const message = standing.find(({ id }) => id === externalId)
      trip(() => {
        if (message) message.title = card.title
      })
    },
    find: async (_place, mark) => standing.find(message => message.mark === mark)?.id,
    members: async () => [],
    direct: async userId => ({ conversation: `D-${userId}`, reference: {} }),
  }
  return {
    platform,
    standing,
    fail: (why: DeliveryProblem, arrives = false) => void problems.push({ why, arrives }),
    slow: (ms: number) => {
      slowMs = ms
    },
  }
}
