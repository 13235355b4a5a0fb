import type { PlainTextElement } from '@slack/types'
import { clean, shorten } from '../text.ts'

export { clean, shorten, split, unbroken } from '../text.ts'

const isBlank = (text: string): boolean => /^[\s\u200b\u2060\ufeff\u3164]*$/.test(text)

/** Plain text of at most `max` UTF-16 units, with an ellipsis when it was longer. Slack takes no empty one: a dash stands for it. */
export function plain(text: string, max: number): PlainTextElement {
  const cleaned = clean(text)
  return { type: 'plain_text', text: shorten(isBlank(cleaned) ? '–' : cleaned, max), emoji: false }
}

/** Text for the place beside the blocks, where Slack would take `<!channel>` for what it says. */
export const escapeMrkdwn = (text: string): string => clean(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** What somebody typed, of a text as Slack hands it on. */
export const unescapeMrkdwn = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
