import { type Drawing, drawElement, drawHeader, escapeMarkdown, factSet, type Json, textBlock } from '../adaptive/draw-element.ts'
import type { Card, CardButton } from '../card.ts'

// Neutral card -> Adaptive Card 1.5, as plain JSON. Pure: the console's page draws the result with the `adaptivecards` library.

const drawing: Drawing = { button: button => renderButton(button, 'primary'), url: path => path, text: textBlock, facts: factSet }

/** The Adaptive Card (version 1.5) that draws a neutral card. No text of the card can become markup. */
export function renderCard(card: Card): Json {
  const elements = card.elements.map(element => drawElement(element, drawing))
  const actions = [...card.buttons.map(button => renderButton(button, 'primary')), ...card.more.map(button => renderButton(button, 'secondary'))]
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: escapeMarkdown(card.fallback),
    speak: card.fallback,
    body: [drawHeader(card, drawing), ...elements],
    actions,
  }
}

function renderButton({ action, label, style, confirm, until, data }: CardButton, mode: 'primary' | 'secondary'): Json {
  const look = style === 'primary' ? 'positive' : style === 'danger' ? 'destructive' : 'default'
  return { type: 'Action.Submit', title: label, style: look, mode, data: { action, data, ...(confirm && { confirm }), ...(until && { until }) } }
}
