import type { Staff } from '#people'
import type { ClickOutcome } from '../click.ts'
import type { Asked } from '../platforms/desk.ts'
import { wordsOf } from '../words/index.ts'
import type { Answers, Asker } from './answer.ts'
import type { DrawDeps } from './draw-element.ts'
import { limits } from './limits.ts'
import { orInWords } from './or-in-words.ts'
import { renderMessage } from './render-card.ts'
import { messageView, type Origin, renderForm } from './render-view.ts'

/** Draws for one person, in their language. */
export const drawFor = (language: string, publicUrl: string): DrawDeps => ({ words: wordsOf(language).platforms, publicUrl })

/** The value of a button that shares what was asked for; undefined where Slack would not take it, or where nobody else reads. */
function shareValue(asked: Asked | undefined, { channel }: Asker): string | undefined {
  const value = asked && JSON.stringify(asked)
  return value !== undefined && value.length <= limits.buttonValue && !channel.startsWith('D') ? value : undefined
}

/** Shows the asker what came of it where no form can open. What one message does not take follows below. */
export async function tellOutcome(
  answers: Answers,
  staff: Staff,
  asker: Asker,
  outcome: ClickOutcome,
  asked: Asked | undefined,
  publicUrl: string,
): Promise<void> {
  switch (outcome.kind) {
    case 'done':
      if (outcome.message !== undefined) await answers.tell(asker, outcome.message)
      return
    case 'refused':
      // A refusal takes no answer's place: what was asked for still stands.
      await answers.tell({ ...asker, replaces: undefined }, outcome.message)
      return
    case 'form':
    case 'private': {
      const { rest, ...message } = renderMessage(
        outcome.card,
        'answer',
        drawFor(staff.language, publicUrl),
        outcome.kind === 'form' ? undefined : shareValue(asked, asker),
      )
      const show = async (to: Asker, { text, blocks: drawn }: typeof message) => orInWords(drawn, blocks => answers.show(to, { text, blocks }))
      await show(asker, message)
      for (const part of rest) await show({ ...asker, replaces: undefined }, part)
      return
    }
    default:
      return outcome satisfies never
  }
}

/** What a modal shows after what was done in it. */
export function viewOf(outcome: ClickOutcome, origin: Origin, deps: DrawDeps, done: string) {
  switch (outcome.kind) {
    case 'form':
    case 'private':
      return renderForm(outcome.card, origin, deps)
    case 'done':
      return messageView('Duncan', outcome.message ?? done, deps.words)
    case 'refused':
      return messageView('Duncan', outcome.message, deps.words)
    default:
      return outcome satisfies never
  }
}
