import type { KnownBlock } from '@slack/types'
import type { Card, CardButton } from '../card.ts'
import { drawButton, drawButtons, type Surface } from './draw-button.ts'
import { type DrawDeps, drawElement, toneMarks } from './draw-element.ts'
import { limits } from './limits.ts'
import { pack, type Room } from './pack.ts'
import { clean, escapeMrkdwn, plain, shorten } from './text.ts'
import { contextUnits, richUnits, sizeOf, type Unit } from './unit.ts'

// Neutral card -> Block Kit. Pure. No text of a card is ever markup: everything is plain text or rich text, which Slack draws literally.

/** A message, and those that follow it when it is too much for one. `text` is for notifications and screen readers. */
export type Message = { text: string; blocks: KnownBlock[]; rest: Follower[] }
type Follower = { text: string; blocks: KnownBlock[] }

export type MessageKind = Extract<Surface, 'post' | 'reply' | 'answer'>

export const shareAction = 'share'

/** The card in its channel is read in passing: what is longer than this is in its thread. */
const roomOfPost = 8000

/** The messages that draw a card. `share`: the value of a button that shows the card to everybody. */
export function renderMessage(card: Card, kind: MessageKind, deps: DrawDeps, share?: string): Message {
  const head = drawHead(card, kind === 'post')
  const sharing = share === undefined ? [] : [{ ...drawButton(sharePressed(deps), 'answer', shareAction, deps.words), value: share }]
  const foot = drawButtons(card.buttons, card.more, kind, deps.words, sharing)
  const room = roomBeside([...head.blocks, ...foot], kind === 'post' ? roomOfPost : limits.messageSize)
  const following: Room = { ...pictured, blocks: limits.messageBlocks - 1, size: limits.messageSize - sizeOf(continuedLine(99, 99, deps)) }
  const units = [...head.units, ...card.elements.flatMap((element, index) => drawElement(element, index, kind, deps))]
  const { card: body, rest } = pack(units, room, following)
  const more =
    rest.length === 0 ? [] : contextUnits([kind === 'answer' ? deps.words.moreBelow : deps.words.moreInThread(rest.length)]).map(({ block }) => block)
  return {
    text: renderText(card),
    blocks: [...head.blocks, ...body, ...more, ...foot],
    rest: rest.map((blocks, index) => ({
      text: `${renderText(card, 200)} (${index + 2}/${rest.length + 1})`,
      blocks: [continuedLine(index + 2, rest.length + 1, deps), ...blocks],
    })),
  }
}

const pictured = { tables: 1, charts: limits.messageCharts }

/** What is left beside these blocks and the line that says that more follows. */
const roomBeside = (blocks: KnownBlock[], size: number): Room => ({
  ...pictured,
  blocks: limits.messageBlocks - blocks.length - 1,
  // Many buttons may leave nothing of a short card's room: its text keeps half of what a message takes.
  size: Math.max(size - blocks.reduce((sum, block) => sum + sizeOf(block), 0), limits.messageSize / 2) - 200,
})

const continuedLine = (part: number, parts: number, { words }: DrawDeps): KnownBlock => ({
  type: 'context',
  elements: [plain(words.continued(part, parts), limits.text)],
})

const sharePressed = ({ words }: DrawDeps): CardButton => ({ action: shareAction, label: words.share, style: 'default', data: {} })

/** The lines that say it all: title, then state and subtitle. What does not fit a heading is said in full below it. */
export function drawHead({ title, subtitle, status }: Card, isHeading: boolean): { blocks: KnownBlock[]; units: Unit[] } {
  const isLong = clean(title).length > limits.header
  const heading: KnownBlock[] = isHeading
    ? [{ type: 'header', text: plain(title, limits.header) }]
    : richUnits([{ text: shorten(clean(title), limits.header), bold: true }]).map(({ block }) => block)
  const state = status ? `${toneMarks[status.tone]} ${status.text}` : ''
  const second = subtitle === undefined || clean(subtitle).trim() === '' ? '' : `${state === '' ? '' : ' · '}${subtitle}`
  const lines = richUnits([{ text: state, bold: true }, { text: second }])
  return { blocks: heading, units: [...(isLong ? richUnits([{ text: title, bold: true }]) : []), ...lines] }
}

/** The card in plain text, without anything that Slack would take for a mention or a link. */
const renderText = ({ fallback, title }: Card, max: number = limits.fallback / 2): string =>
  escapeMrkdwn(shorten(clean(fallback.trim() === '' ? title : fallback), max)).trim() || 'Duncan'
