import { setTimeout as sleep } from 'node:timers/promises'
import type { InvokeResponse } from '@microsoft/teams.api'
import type { App } from '@microsoft/teams.apps'
import { DuncanError, type Log } from '#platform'
import { decides } from '../button-rights.ts'
import { createTurns, decisionsAtOnce } from '../platforms/turns.ts'
import { wordsOf } from '../words/index.ts'
import { type Asker, activitySchema, askerOf, languageOf, type TeamsActivity } from './activity.ts'
import { deliveryProblem } from './delivery-problem.ts'
import { onDialogOpen, onDialogSubmit, onQuery } from './on-dialog.ts'
import { drawFor, onCommand, onMessage } from './on-message.ts'
import { cardAnswer, messageOf, onPress, type PressAnswer, type PressDeps, wordsAnswer } from './on-press.ts'
import { splitConversation } from './place.ts'
import { type ReadPress, readPress } from './press.ts'
import { messageCard, renderMessage } from './render-card.ts'

export type ReceiveDeps = Omit<PressDeps, 'later'> & {
  app: App
  log: Log
  /** How long Teams is kept waiting for what comes of a click, in place of the times below. */
  patienceMs?: number
}

/** Teams gives up after ten seconds; a card that only waits for its decision says so sooner. */
const inTimeMs = 5000
const quicklyMs = 250

/**
 * Takes in what Teams sends. Messages are acknowledged first and answered afterwards; a pressed button is answered with what came of it,
 * within the ten seconds that Teams waits.
 */
export function receiveTeams({ app, log, patienceMs, ...deps }: ReceiveDeps) {
  const decisions = createTurns(decisionsAtOnce)
  const running = new Set<Promise<void>>()
  const later = (work: () => Promise<void>): void => {
    const done = work().catch((error: unknown) => log.error({ err: tellable(error) }, 'what Teams sent could not be worked on'))
    running.add(done)
    void done.finally(() => running.delete(done))
  }
  const pressDeps: PressDeps = { ...deps, later }

  app.use(async ({ activity: sent }): Promise<InvokeResponse> => {
    const parsed = activitySchema.safeParse(sent)
    if (!parsed.success) return { status: 400 }
    const activity = parsed.data
    if (activity.type === 'invoke') return { status: 200, body: (await onInvoke(activity)) as never }
    later(() => onActivity(activity))
    return { status: 200 }
  })
  app.event('error', ({ error }) => log.error({ err: error instanceof Error ? error.name : 'unknown' }, 'the Teams SDK met a fault'))

  async function onActivity(activity: TeamsActivity): Promise<void> {
    if (!(await isNew(activity))) return
    const asker = askerOf(activity)
    if (activity.type === 'installationUpdate' && activity.action === 'remove') return
    await remember(activity, asker)
    if (activity.type === 'message') await orTell(asker, activity, () => fromMessage(activity, asker))
    if (activity.type === 'installationUpdate' && activity.action === 'add' && asker.isPersonal) await greet(activity, asker)
    // Of somebody who joins or leaves a team Teams tells in its first channel, and means all of them.
    if (activity.type === 'conversationUpdate') await deps.desk.membersChanged('teams', activity.channelData?.team ? undefined : asker.conversation)
  }

  const isNew = async ({ conversation, id }: TeamsActivity): Promise<boolean> => id === undefined || deps.desk.isNew('teams', `${conversation.id} ${id}`)

  /** Some clients send a pressed button as a message that carries a value. */
  async function fromMessage(activity: TeamsActivity, asker: Asker): Promise<void> {
    const read = readPress(activity.value)
    if (!read) return onMessage(deps, activity)
    const staff = await deps.who(asker)
    if (!staff) return deps.answers.tell(asker, wordsOf(languageOf(activity) ?? deps.language).platforms.notLinked)
    const { value } = (await onPress(pressDeps, staff, asker, read)) ?? {}
    if (value === undefined) return
    if (typeof value === 'string') return deps.answers.tell(asker, value)
    await deps.answers.show(asker, { card: value, text: 'Duncan', rest: [] })
  }

  async function onInvoke(activity: TeamsActivity): Promise<unknown> {
    const asker = askerOf(activity)
    const { platforms: words } = wordsOf(languageOf(activity) ?? deps.language)
    try {
      if (activity.name === 'adaptiveCard/action') return await pressInTime(activity, asker)
      const [staff, isFirst] = await Promise.all([deps.who(asker), isNew(activity)])
      if (!isFirst) return undefined
      if (!staff) return activity.name === 'composeExtension/query' ? notice(words.notLinked) : { task: { type: 'message', value: words.notLinked } }
      switch (activity.name) {
        case 'task/fetch':
        case 'composeExtension/fetchTask':
          return await onDialogOpen(deps, staff, asker.conversation, activity.value)
        case 'task/submit':
        case 'composeExtension/submitAction':
          return await onDialogSubmit(deps, staff, activity.value)
        case 'composeExtension/query':
          return await onQuery(deps, staff, activity.value)
        default:
          return undefined
      }
    } catch (error) {
      log.error({ err: tellable(error), invoke: activity.name }, 'a click or command from Teams failed')
      return activity.name === 'adaptiveCard/action' ? wordsAnswer(words.failed) : { task: { type: 'message', value: words.failed } }
    }
  }

  /** A pressed button. What Teams would have to be kept waiting for is told when it is done, and until then the card says so. */
  async function pressInTime(activity: TeamsActivity, asker: Asker): Promise<PressAnswer | undefined> {
    const { platforms: words, outcome: told } = wordsOf(languageOf(activity) ?? deps.language)
    const read = readPress(actionData(activity.value))
    if (!read) return wordsAnswer(told.gone)
    const isDecision = read.press !== null && read.press !== undefined && decides(read.press.action)
    const isOnCard = read.on === 'post' || read.on === 'reply'
    const usually = isDecision && isOnCard ? quicklyMs : inTimeMs
    const patience = isDecision && isOnCard && decisions.isBusy() ? 0 : (patienceMs ?? usually)
    let isLate = false
    const late = sleep(patience, 'late' as const, { ref: false }).then(word => {
      isLate = true
      return word
    })
    const work = () => press(asker, activity, read, () => isLate)
    const answer = isDecision ? decisions.take(work) : work()
    const first = await Promise.race([answer, late])
    if (first !== 'late') return first
    later(async () => {
      await orTell(asker, activity, async () => void (await answer))
      await deps.desk.drawAnew(messageOf(asker))
    })
    return cardAnswer(messageCard(`⏳ ${words.working}`))
  }

  async function press(asker: Asker, activity: TeamsActivity, read: ReadPress, isLate: () => boolean): Promise<PressAnswer | undefined> {
    const [staff, isFirst] = await Promise.all([deps.who(asker), isNew(activity)])
    // What came twice is done once: the second time it only shows what stands there.
    if (staff) return onPress(pressDeps, staff, asker, isFirst ? read : { ...read, action: 'back' }, isLate)
    const { platforms: words } = wordsOf(languageOf(activity) ?? deps.language)
    if (isLate()) await deps.answers.tell(asker, words.notLinked)
    return wordsAnswer(words.notLinked)
  }

  /** Keeps what is needed to write here later. In a thread it is the channel that is kept. */
  async function remember({ conversation, serviceUrl }: TeamsActivity, asker: Asker): Promise<void> {
    const { conversation: place } = splitConversation(conversation.id)
    const kind = asker.isPersonal ? 'personal' : conversation.conversationType === 'groupChat' ? 'groupChat' : 'channel'
    const userId = asker.isPersonal ? asker.user.aadObjectId : undefined
    const told = { platform: 'teams', workspace: deps.tenant, conversation: place, reference: { serviceUrl, kind } } as const
    await deps.desk.remember({ ...told, ...(userId !== undefined && { userId }) })
  }

  /** Who puts Duncan beside their chats gets their own page, or hears how to say who they are. */
  async function greet(activity: TeamsActivity, asker: Asker): Promise<void> {
    const staff = await deps.who(asker)
    if (!staff) return onCommand(deps, asker, '', languageOf(activity))
    const card = await deps.desk.home(staff, 'teams')
    await deps.answers.show(asker, renderMessage(card, { on: 'answer' }, drawFor(staff.language, deps.publicUrl)))
  }

  /** A command is never without an answer: what goes wrong is logged once, and the one who asked hears of it. */
  async function orTell(asker: Asker, activity: TeamsActivity, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      const code = error instanceof DuncanError ? error.code : undefined
      log.error({ err: tellable(error), code }, 'a command from Teams failed')
      await deps.answers.tell(asker, wordsOf(languageOf(activity) ?? deps.language).platforms.failed)
    }
  }

  return {
    /** Lets what was taken in come to its end. */
    stop: async (): Promise<void> => {
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}

const actionData = (value: unknown): unknown => (value as { action?: { data?: unknown } } | undefined)?.action?.data

const notice = (text: string) => ({ composeExtension: { type: 'message', text } })

/** The connector's faults hold the request that failed, with the bot's token and what the message said: of them only what they mean is logged. */
function tellable(error: unknown): unknown {
  const isOfRequest = error instanceof Error && ('config' in error || 'response' in error)
  return isOfRequest ? deliveryProblem(error) : error
}
