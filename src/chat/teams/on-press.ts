import { setTimeout as sleep } from 'node:timers/promises'
import type { IAdaptiveCard } from '@microsoft/teams.cards'
import type { Staff } from '#people'
import type { Card } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import type { MessageOn } from '../platforms/desk.ts'
import { wordsOf } from '../words/index.ts'
import type { Asker } from './activity.ts'
import { formAgain } from './form-again.ts'
import { drawFor, type MessageDeps, tellOutcome } from './on-message.ts'
import type { Pressed, ReadPress } from './press.ts'
import { type Extras, messageCard, renderMessage } from './render-card.ts'

export type PressDeps = MessageDeps & {
  /** Lets work go on after the answer. */
  later: (work: () => Promise<void>) => void
  /** How long Teams is kept waiting for the outcome; it gives up after ten seconds. */
  patienceMs?: number
}

/** The answer to a pressed button: a card for the one who pressed it, or words. */
export type PressAnswer = {
  statusCode: 200
  type: 'application/vnd.microsoft.card.adaptive' | 'application/vnd.microsoft.activity.message'
  value: IAdaptiveCard | string
}

const inTime = 5000

const cardAnswer = (card: IAdaptiveCard): PressAnswer => ({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card })
export const wordsAnswer = (text: string): PressAnswer => ({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text })

/** Carries a pressed button to the desk. What comes back stands in the card's place for the one who pressed it; others see the redrawn card. */
export async function onPress(deps: PressDeps, staff: Staff, asker: Asker, read: ReadPress): Promise<PressAnswer> {
  const { desk, answers, publicUrl, later, patienceMs = inTime } = deps
  const { platforms: words, outcome: told } = wordsOf(staff.language)
  const message: MessageOn = { platform: 'teams', conversation: asker.conversation, externalId: asker.message ?? '' }
  if (read.mark !== undefined) await desk.adopt(message, read.mark)
  if (read.action === 'share') return share(deps, staff, asker, read)
  if (read.action === 'back') return (await currentCard()) ?? cardAnswer(renderMessage(await desk.home(staff, 'teams'), { on: 'answer' }, drawing()).card)
  const { press } = read
  if (!press) return wordsAnswer(told.gone)

  const click = desk.click({ staff, surface: 'teams', ...press, values: read.values })
  const outcome = await Promise.race([click, sleep(patienceMs, 'late' as const, { ref: false })])
  if (outcome !== 'late') return answerTo(press, outcome)
  later(async () => {
    await tellOutcome(answers, staff, asker, await click, press, publicUrl)
    await desk.drawAnew(message)
  })
  return cardAnswer(messageCard(`⏳ ${words.working}`))

  function drawing() {
    return drawFor(staff.language, publicUrl)
  }

  /** The card that stands there, as it is now; undefined for an answer of Duncan's, which is no copy of anything. */
  async function currentCard(extras: Extras = {}): Promise<PressAnswer | undefined> {
    const card = await desk.cardOn(staff, message)
    const on = asker.thread === undefined || asker.thread === asker.message ? 'post' : 'reply'
    return card && cardAnswer(renderMessage(card, { on, mark: read.mark }, drawFor(deps.language, publicUrl), extras).card)
  }

  function draw(card: Card, on: 'form' | 'answer', opened: Pressed | undefined, extras: Extras = {}): PressAnswer {
    return cardAnswer(renderMessage(card, { on, mark: read.mark, opened }, drawing(), extras).card)
  }

  async function answerTo(pressed: Pressed, made: ClickOutcome): Promise<PressAnswer> {
    switch (made.kind) {
      case 'done':
        return (await currentCard()) ?? cardAnswer(messageCard(made.message ?? told.done))
      case 'refused':
        return (await openAgain(made.message)) ?? (await currentCard({ notice: made.message })) ?? refuse(made.message)
      case 'form':
        return draw(made.card, 'form', pressed)
      case 'private':
        return showPrivately(pressed, made)
      default:
        return made satisfies never
    }
  }

  /** A form that was refused stays open, with what was typed and the reason. */
  async function openAgain(notice: string): Promise<PressAnswer | undefined> {
    const form = await formAgain(desk, staff, read)
    return form && draw(form, 'form', read.opened, { notice })
  }

  async function showPrivately(pressed: Pressed, made: Extract<ClickOutcome, { kind: 'private' }>): Promise<PressAnswer> {
    const current = await currentCard()
    if (current) {
      later(() => tellOutcome(answers, staff, asker, made, pressed, publicUrl))
      return current
    }
    const shared = made.once || asker.isPersonal ? undefined : pressed
    const next = renderMessage(made.card, { on: 'answer' }, drawing(), { share: shared })
    // What is answered stands there until the page is opened anew: the message itself follows.
    if (asker.message !== undefined) later(() => answers.show(asker, next, asker.message))
    return cardAnswer(next.card)
  }

  /** A refusal takes no answer's place: what was asked for still stands. */
  function refuse(text: string): PressAnswer {
    later(() => answers.tell(asker, text))
    return wordsAnswer(text)
  }
}

async function share({ desk }: PressDeps, staff: Staff, asker: Asker, { asked }: ReadPress): Promise<PressAnswer> {
  const { outcome: told } = wordsOf(staff.language)
  if (!asked) return wordsAnswer(told.gone)
  const outcome = await desk.share(staff, { platform: 'teams', conversation: asker.conversation }, asked)
  const message = outcome.kind === 'done' || outcome.kind === 'refused' ? outcome.message : undefined
  return outcome.kind === 'done' ? cardAnswer(messageCard(message ?? told.done)) : wordsAnswer(message ?? told.gone)
}
