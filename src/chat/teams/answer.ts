import type { ActivityParams, ConversationClient } from '@microsoft/teams.api'
import type { Log } from '#platform'
import type { Asker } from './activity.ts'
import { deliveryProblem } from './delivery-problem.ts'
import { threadId } from './place.ts'
import { activityOf } from './platform.ts'
import { type Message, messageCard } from './render-card.ts'

export type Answers = {
  /** Shows something to the asker alone. `replaces`: an answer of Duncan's whose place it takes. */
  show: (asker: Asker, message: Message, replaces?: string) => Promise<void>
  tell: (asker: Asker, text: string) => Promise<void>
}

type Deps = { conversations: (serviceUrl?: string) => ConversationClient; direct: (userId: string) => Promise<{ conversation: string } | undefined>; log: Log }

/** Answers to one person: where they asked, seen by them alone if Teams can do that there, else in their own conversation with Duncan. */
export function createAnswers({ conversations, direct, log }: Deps): Answers {
  const show = async (asker: Asker, { rest, ...first }: Message, replaces?: string): Promise<void> => {
    await write(asker, activityOf(first), replaces)
    for (const part of rest) await write(asker, activityOf(part))
  }

  async function write(asker: Asker, activity: ActivityParams, replaces?: string): Promise<void> {
    const connector = conversations(asker.serviceUrl)
    if (asker.isPersonal) {
      const standing = replaces !== undefined && (await connector.updateActivity(asker.conversation, replaces, activity).then(() => true, unanswered))
      if (!standing) await connector.createActivity(asker.conversation, activity)
      return
    }
    const place = asker.thread === undefined ? asker.conversation : threadId(asker.conversation, asker.thread)
    const targeted = { ...activity, recipient: { ...asker.user, name: asker.user.name ?? '', role: 'user' as const, isTargeted: true } } as ActivityParams
    const call =
      replaces === undefined ? connector.createTargetedActivity(place, targeted) : connector.updateTargetedActivity(asker.conversation, replaces, targeted)
    if (await call.then(() => true, unanswered)) return
    const own = await direct(asker.user.aadObjectId ?? asker.user.id)
    if (own) await connector.createActivity(own.conversation, activity)
    else log.warn('nobody could be answered in private')
  }

  function unanswered(error: unknown): false {
    const why = deliveryProblem(error)
    log.warn({ why: why.kind, problem: 'problem' in why ? why.problem : undefined }, 'an answer is given another way')
    return false
  }

  return { show, tell: (asker, text) => show(asker, { card: messageCard(text), text, rest: [] }) }
}
