import type { Button } from '@slack/types'
import type { Card } from '../card.ts'
import { drawButton } from './draw-button.ts'

/** The button of a card that links it to a debtor, as it would be pressed; of the card that stands there, never of what a message looks like. */
export function linkButton(card: Card | undefined, words: { cancel: string }): Button | undefined {
  const button = card && [...card.buttons, ...card.more].find(({ action }) => action === 'proposal.link')
  return button && drawButton(button, 'post', 'link', words)
}
