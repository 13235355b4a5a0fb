import type { ActionView, ProposalView } from '#proposals'
import type { CardElement } from '../card.ts'
import type { Format } from '../format.ts'
import type { Words } from '../words/index.ts'
import { cut } from './cut.ts'
import { describeAction, describeStatus } from './describe-action.ts'
import { isMailAction } from './mail-action.ts'

const quoteLength = 280
const replyLength = 1500

/** One action on a card: its tick while it waits, else how it ended; the words of the mail that it rests on; the reply it sends. */
export function actionElements(view: ProposalView, action: ActionView, words: Words, format: Format): CardElement[] {
  const label = describeAction(action, words, format)
  const state = describeStatus(action, words, format)
  const waits = (view.status === 'open' || view.status === 'awaiting_second') && action.status === 'pending'
  if (waits) {
    const tick = { type: 'toggle', id: tickField(action.id), label, value: action.ticked } as const
    return [{ type: 'field', field: tick }, ...quotes(action, words), ...letter(view, action, words, format)]
  }
  const line: CardElement = { type: 'text', text: state ? `${mark(action)} ${label} · ${state}` : label, tone: tone(action), weight: 'normal' }
  if (action.status === 'unknown') return [line, { type: 'notice', tone: 'bad', title: words.card.unknownSend, lines: [] }]
  // While it can still be stopped, what would leave is shown.
  return action.status === 'scheduled' ? [line, ...letter(view, action, words, format)] : [line]
}

/** The id of an action's tick on its card. */
export const tickField = (actionId: number): string => `tick.${actionId}`

function quotes({ evidence }: ActionView, words: Words): CardElement[] {
  const literal = evidence.filter(({ text }) => text.trim() !== '').slice(0, 6)
  return [...Map.groupBy(literal, ({ field }) => field)].map(([field, spans]) => {
    const said = [...new Set(spans.map(({ text }) => quoted(text)))]
    const source = field && words.card.evidenceIn(words.card.fields[field])
    return { type: 'quote', text: said.map(text => `“${text}”`).join(said.some(text => text.length > 60) ? '\n' : ' · '), source }
  })
}

/** The first words of the mail, where no action quotes any: a person has to judge it. */
export function openingWords({ actions, message }: ProposalView): CardElement[] {
  const isQuoted = actions.some(({ evidence }) => evidence.length > 0)
  const text = message.replyText.trim()
  return isQuoted || text === '' ? [] : [{ type: 'quote', text: `“${quoted(text)}”` }]
}

function quoted(text: string): string {
  const kept = cut(text, quoteLength)
  return kept.rest > 0 ? `${kept.text}…` : kept.text
}

function letter(view: ProposalView, action: ActionView, words: Words, format: Format): CardElement[] {
  if (!isMailAction(action)) return []
  const { to, cc, subject, text, attachments } = action.payload
  const shown = cut(text, replyLength)
  const facts = [
    { label: words.card.to, value: to.join(', ') },
    ...(cc.length > 0 ? [{ label: words.card.cc, value: cc.join(', ') }] : []),
    { label: words.card.subject, value: subject },
    ...(attachments.length > 0 ? [{ label: words.card.attachments, value: attachments.map(({ fileName }) => fileName).join(', ') }] : []),
  ]
  const label = view.status === 'approved' ? words.card.replySent : words.card.reply(format.languageName(action.payload.language))
  return [{ type: 'letter', label, facts, text: shown.rest > 0 ? `${shown.text}\n${words.card.cut(shown.rest)}` : shown.text }]
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
