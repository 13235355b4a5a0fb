import type { ActionView, ProposalView } from '#proposals'
import type { CardElement } from '../card.ts'
import type { Format } from '../format.ts'
import type { Words } from '../words/index.ts'
import { actionNotes } from './action-notes.ts'
import { cut } from './cut.ts'
import { describeAction, describeStatus } from './describe-action.ts'
import { isMailAction, isToBeWritten } from './mail-action.ts'

const replyLength = 1500

/** One action on a card: the words of the mail that it rests on; its tick while it waits, else how it ended; the reply it sends. */
export function actionElements(view: ProposalView, action: ActionView, quotes: CardElement[], words: Words, format: Format): CardElement[] {
  // A button opens it; until somebody has written there is nothing to see.
  if (isToBeWritten(action)) return quotes
  const label = describeAction(action, words, format)
  const state = describeStatus(action, words, format)
  const waits = (view.status === 'open' || view.status === 'awaiting_second') && action.status === 'pending'
  if (waits) {
    const tick = { type: 'toggle', id: tickField(action.id), label, value: action.ticked } as const
    return [...quotes, { type: 'field', field: tick }, ...actionNotes(action, { words, format }), ...letter(view, action, words, format)]
  }
  const line: CardElement = { type: 'text', text: [`${mark(action)} ${label}`, state].filter(Boolean).join(' · '), tone: tone(action), weight: 'normal' }
  if (action.status === 'unknown') return [line, { type: 'notice', tone: 'bad', title: words.card.unknownSend, lines: [] }]
  // While it can still be stopped, what would leave is shown.
  return action.status === 'scheduled' ? [line, ...letter(view, action, words, format)] : [line]
}

/** The id of an action's tick on its card. */
export const tickField = (actionId: number): string => `tick.${actionId}`

function letter(view: ProposalView, action: ActionView, words: Words, format: Format): CardElement[] {
  if (!isMailAction(action)) return []
  const { to, cc, subject, text, attachments } = action.payload
  const shown = cut(text, replyLength)
  // Who it goes to stands in the line above.
  const facts = [
    ...(cc.length > 0
      ? [
          { label: words.card.to, value: to.join(', ') },
          { label: words.card.cc, value: cc.join(', ') },
        ]
      : []),
    { label: words.card.subject, value: subject },
  ]
  const language = format.languageName(action.payload.language)
  const label = view.status === 'approved' ? words.card.replySent : words.card.reply(language)
  const files = attachments.map(({ fileName }, index) => ({ name: fileName, note: '', source: { of: 'action' as const, actionId: action.id, index } }))
  return [
    { type: 'letter', label, facts, text: shown.rest > 0 ? `${shown.text}\n${words.card.cut(shown.rest)}` : shown.text },
    ...(files.length > 0 ? [{ type: 'files' as const, files }] : []),
  ]
}

function tone({ status }: ActionView): 'neutral' | 'good' | 'warning' | 'bad' {
  if (status === 'failed' || status === 'unknown') return 'bad'
  return status === 'done' ? 'good' : 'neutral'
}

// A mark beside the word: never colour alone.
function mark({ status }: ActionView): string {
  if (status === 'done') return '✓'
  if (status === 'failed' || status === 'unknown') return '!'
  return status === 'scheduled' || status === 'claimed' ? '…' : '–'
}
