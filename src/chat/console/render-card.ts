import { type Chart, type Drawing, drawElement, drawHeader, factSet } from '../adaptive/draw-element.ts'
import { escapeMarkdown, type Json, textBlock } from '../adaptive/literal.ts'
import type { Card, CardButton } from '../card.ts'
import { barsOf } from '../chart.ts'
import { clean } from '../text.ts'

// Neutral card -> Adaptive Card 1.5, as plain JSON. Pure: the console's page draws the result with the `adaptivecards` library.

const drawing: Drawing = {
  button: button => renderButton(button, 'primary'),
  url: path => path,
  text: textBlock,
  facts: factSet,
  chart: drawBars,
  picture: ({ source }) => (source.of === 'message' ? `/api/files/pictures/${source.attachmentId}` : undefined),
}

/** An element of our own, which the page draws; whatever knows it not leaves it out. Sizes are in percent of the largest bar. */
function drawBars(chart: Chart): Json | undefined {
  const bars = barsOf(chart)
  if (!bars) return undefined
  const largest = Math.max(...bars.flatMap(({ sizes }) => sizes))
  const percent = (size: number): number => (size === 0 ? 0 : Math.max(1, Math.round((size / largest) * 100)))
  return { type: 'Bars', fallback: 'drop', points: bars.map(({ label, sizes }) => ({ label: clean(label), percents: sizes.map(percent) })) }
}

/** The Adaptive Card (version 1.5) that draws a neutral card. No text of the card can become markup. */
export function renderCard(card: Card): Json {
  const elements = card.elements.map(element => drawElement(element, drawing))
  const actions = [...card.buttons.map(button => renderButton(button, 'primary')), ...card.more.map(button => renderButton(button, 'secondary'))]
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: escapeMarkdown(card.fallback),
    speak: clean(card.fallback),
    body: [drawHeader(card, drawing), ...elements],
    actions,
  }
}

function renderButton({ action, label, style, confirm, until, data }: CardButton, mode: 'primary' | 'secondary'): Json {
  const look = style === 'primary' ? 'positive' : style === 'danger' ? 'destructive' : 'default'
  return { type: 'Action.Submit', title: clean(label), style: look, mode, data: { action, data, ...(confirm && { confirm }), ...(until && { until }) } }
}
