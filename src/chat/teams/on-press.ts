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
}

/** The answer to a pressed button: a card for the one who pressed it, or words. */
export type PressAnswer = {
  statusCode: 200
  type: 'application/vnd.microsoft.card.adaptive' | 'application/vnd.microsoft.activity.message'
  value: IAdaptiveCard | string
}

export const cardAnswer = (card: IAdaptiveCard): PressAnswer => ({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card })
export const wordsAnswer = (text: string): PressAnswer => ({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text })

/** The message that was pressed. */
export const messageOf = ({ conversation, message }: Asker): MessageOn => ({ platform: 'teams', conversation, externalId: message ?? '' })

/**
 * Carries a pressed button to the desk. What comes back stands in the card's place for the one who pressed it; others see the redrawn card.
 * `isLate`: whether they have been answered meanwhile, and are told otherwise.
 */
export async function onPress(deps: PressDeps, staff: Staff, asker: Asker, read: ReadPress, isLate = () => false): Promise<PressAnswer | undefined> {
  const { desk, answers, publicUrl, later } = deps
  const { outcome: told } = wordsOf(staff.language)
  const message = messageOf(asker)
  if (read.mark !== undefined) await desk.adopt(message, read.mark)
  if (read.action === 'share') return share(deps, staff, asker, read)
  if (read.action === 'back') return (await currentCard()) ?? cardAnswer(renderMessage(await desk.home(staff, 'teams'), { on: 'answer' }, drawing()).card)
  const { press } = read
  if (!press) return wordsAnswer(told.gone)

  const outcome = await desk.click({ staff, surface: 'teams', ...press, values: read.values })
  if (!isLate()) return answerTo(press, outcome)
  await tellLate(press, outcome)
  return undefined

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

  /** A form that is refused late is shown once more, with what was typed. */
  async function tellLate(pressed: Pressed, made: ClickOutcome): Promise<void> {
    // The card says what was done: whoever did it needs no notice of it.
    if (made.kind === 'done' && read.on !== 'answer') return
    const form = made.kind === 'refused' ? await formAgain(desk, staff, read) : undefined
    if (made.kind !== 'refused' || !form) return tellOutcome(answers, staff, asker, made, pressed, publicUrl)
    await answers.show(asker, renderMessage(form, { on: 'form', opened: read.opened }, drawing(), { notice: made.message }))
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
