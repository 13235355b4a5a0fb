import type { CardElementArray, IActionSet, IAdaptiveCard, IGroupedVerticalBarChart, IVerticalBarChart } from '@microsoft/teams.cards'
import { type Chart, type Drawing, drawElement, type Fact, toneColors } from '../adaptive/draw-element.ts'
import { type Json, run } from '../adaptive/literal.ts'
import type { Card, CardButton } from '../card.ts'
import { barsOf } from '../chart.ts'
import type { Asked } from '../platforms/desk.ts'
import { shorten } from '../text.ts'
import type { PlatformsWords } from '../words/platforms/en.ts'
import { cutElement, line, type Piece, texts } from './cut-element.ts'
import { limits, sizeOf } from './limits.ts'
import { clean, plainTitle } from './literal.ts'
import { type Carried, drawBack, drawButton, drawPress, drawShare, fieldName } from './press.ts'

// Neutral card -> Adaptive Card 1.5 as Teams takes it. Pure. Every text is a rich text, which Teams draws literally: no markup, no links, no
// mentions, and its line ends stay.

export type DrawDeps = {
  words: PlatformsWords
  /** Where people reach the console: files and pages are there. */
  publicUrl: string
}

/** A message, and those that follow it when it is too much for one. `text` is for notifications and screen readers. */
export type Message = { card: IAdaptiveCard; text: string; rest: { card: IAdaptiveCard; text: string }[] }

/** What else stands on the card: what the answer was to, so that it can be shared; something to say first. */
export type Extras = { share?: Asked | undefined; notice?: string | undefined }

type Unit = { json: Json; size: number; isField?: true; flat?: Unit[] }

/** The messages that draw a card. */
export function renderMessage(card: Card, carried: Carried, deps: DrawDeps, { share, notice }: Extras = {}): Message {
  const draw = drawingFor(carried, deps)
  const foot = drawFoot(card, carried, deps, share)
  const head = [
    ...(notice === undefined ? [] : [drawElement({ type: 'notice', tone: 'bad', title: line(notice, '–', limits.title), lines: [] }, draw)]),
    ...drawHead(shortHead(card)),
  ]
  const text = renderText(card)
  const fallbackText = text.slice(0, limits.fallback).toWellFormed()
  const used = sizeOf([head, foot.actions, fallbackText]) + 700
  const most = carried.on === 'post' ? limits.postSize : limits.cardSize
  const room = Math.min(Math.max(most - used, limits.pieceSize + 500), limits.cardSize - used)
  const units = [...longHead(card), ...card.elements.flatMap(cutElement)].map((piece, index) => drawPiece(piece, index, carried, draw))
  const { body, rest } = pack([...units, ...foot.rows.map(unitOf)], room)
  const more = rest.length === 0 ? [] : [quiet(carried.on === 'post' ? deps.words.moreInThread(rest.length) : deps.words.moreBelow)]
  return {
    text,
    card: whole([...head, ...body, ...more], foot.actions, fallbackText),
    rest: rest.map((part, index) => ({
      text: `${shorten(text, 200)} (${index + 2}/${rest.length + 1})`,
      card: whole([quiet(deps.words.continued(index + 2, rest.length + 1)), ...part], [], fallbackText),
    })),
  }
}

/** A card for one moment, with one thing to say. */
export const messageCard = (text: string): IAdaptiveCard =>
  whole([richText(shorten(clean(text), limits.pieceLength))], [], shorten(clean(text), limits.fallback))

/** The card in plain text, for notifications. Teams draws it as text because the message says that it is. */
const renderText = ({ fallback, title }: Pick<Card, 'fallback' | 'title'>): string =>
  shorten(clean(fallback.trim() === '' ? title : fallback).replaceAll(/\s+/g, ' '), limits.fallback).trim() || 'Duncan'

const whole = (body: Json[], actions: IAdaptiveCard['actions'], fallbackText: string): IAdaptiveCard => ({
  type: 'AdaptiveCard',
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  version: '1.5',
  fallbackText: fallbackText || 'Duncan',
  msteams: { width: 'full' },
  body: body as unknown as CardElementArray,
  ...(actions && actions.length > 0 && { actions }),
})

const shortHead = ({ title, subtitle, status }: Card): Pick<Card, 'title' | 'subtitle' | 'status'> => ({
  title: line(title, 'Duncan', limits.title),
  ...(subtitle !== undefined && { subtitle: line(subtitle, '', limits.title) }),
  ...(status && { status: { tone: status.tone, text: line(status.text, '–', limits.label) } }),
})

/**
 * The lines that say it all. The state stands before the second one in words and colour: beside the title it would leave a phone no room
 * for the title.
 */
function drawHead({ title, subtitle = '', status }: Pick<Card, 'title' | 'subtitle' | 'status'>): Json[] {
  const state = status ? run(status.text, { weight: 'bolder', color: toneColors[status.tone] }) : []
  const rest = subtitle === '' ? [] : run(state.length > 0 ? ` · ${subtitle}` : subtitle, { isSubtle: true })
  const second = [...state, ...rest]
  return [
    { type: 'RichTextBlock', inlines: run(title, { size: 'medium', weight: 'bolder' }) },
    ...(second.length > 0 ? [{ type: 'RichTextBlock', spacing: 'none', inlines: second }] : []),
  ]
}

const isLong = (text: string, max: number) => clean(text).length > max

/** What does not fit the head is said in full below it. */
function longHead({ title, subtitle = '', status }: Card): Piece[] {
  return [
    ...(isLong(title, limits.title) ? texts(title, { tone: 'neutral', weight: 'strong' }) : []),
    ...(isLong(subtitle, limits.title) ? texts(subtitle) : []),
    ...(status && isLong(status.text, limits.label) ? texts(status.text, { tone: status.tone, weight: 'strong' }) : []),
  ]
}

const drawingFor = (carried: Carried, { publicUrl }: DrawDeps): Drawing => ({
  button: button => drawPress(button, carried) as unknown as Json,
  url: path => `${publicUrl}${path}`,
  text: richText,
  facts: factTable,
  chart: drawBars,
  picture: ({ shown }) => shown,
})

/** Bars as Teams draws them. Clients that know no charts leave them out: the figures stand below in words. */
function drawBars(chart: Chart): Json | undefined {
  const bars = barsOf(chart)
  if (!bars) return undefined
  const value = (index: number) => bars.map(({ label, sizes }) => ({ x: label, y: sizes[index] ?? 0 }))
  const common = { title: chart.title, fallback: 'drop' } as const
  const single: IVerticalBarChart = { type: 'Chart.VerticalBar', ...common, color: 'categoricalBlue', data: value(0) }
  const data = chart.series.map((legend, index) => ({ legend, values: value(index) }))
  const grouped: IGroupedVerticalBarChart = { type: 'Chart.VerticalBar.Grouped', ...common, data }
  return (data.length === 1 ? single : grouped) as unknown as Json
}

/** Of what a text is, what its block says; the rest is said of its run. */
const ofBlock = new Set(['spacing', 'horizontalAlignment', 'style', 'wrap'])

function richText(text: string, options: Json = {}): Json {
  const { wrap: _wrap, style: _style, ...block } = pickOf(options, key => ofBlock.has(key))
  const inlines = run(
    clean(text),
    pickOf(options, key => !ofBlock.has(key)),
  )
  return { type: 'RichTextBlock', ...block, inlines: inlines.length > 0 ? inlines : [{ type: 'TextRun', text: ' ' }] }
}

const pickOf = (options: Json, isWanted: (key: string) => boolean): Json => Object.fromEntries(Object.entries(options).filter(([key]) => isWanted(key)))

const cell = (text: string, options: Json = {}): Json => ({ type: 'TableCell', items: [richText(text, options)] })

// The values of a FactSet are markup to Teams; the cells of a table are what stands in them.
function factTable(facts: Fact[]): Json {
  const rows = facts.map(({ label, value }) => ({ type: 'TableRow', cells: [cell(label, { isSubtle: true }), cell(value)] }))
  return { type: 'Table', firstRowAsHeaders: false, showGridLines: false, spacing: 'Small', columns: [{ width: 1 }, { width: 2 }], rows }
}

const quiet = (text: string): Json => richText(text, { isSubtle: true, size: 'small' })

function drawPiece({ element, flat }: Piece, index: number, carried: Carried, draw: Drawing): Unit {
  const named = element.type === 'field' ? { ...element, field: { ...element.field, id: fieldName(element.field.id, index) } } : element
  const told = flat && { isField: true as const, flat: flat.map(shown => unitOf(drawElement(shown, draw))) }
  // A line that is pressed as a whole can ask nothing first: it gets a button beside it.
  const drawn = named.type === 'pick' && named.button.confirm ? askingPick(named, carried, draw) : drawElement(named, draw)
  const isToggle = named.type === 'field' && named.field.type === 'toggle'
  return { ...unitOf(isToggle ? { ...drawn, title: plainTitle(named.field.label) } : drawn), ...told }
}

const askingPick = ({ text, note, button }: Extract<Piece['element'], { type: 'pick' }>, carried: Carried, draw: Drawing): Json => ({
  type: 'Container',
  style: 'emphasis',
  items: [
    draw.text(text, { weight: 'bolder' }),
    ...(note ? [draw.text(note, { isSubtle: true })] : []),
    { type: 'ActionSet', actions: [drawButton(button, carried)] },
  ],
})

const unitOf = (json: Json): Unit => ({ json, size: sizeOf(json) + 1 })

type Foot = { actions: NonNullable<IAdaptiveCard['actions']>; rows: Json[] }

/** The buttons in sight, then those behind the card's menu; those that are too many or too large for it stand in rows of their own. */
function drawFoot({ buttons, more }: Card, carried: Carried, { words }: DrawDeps, share: Asked | undefined): Foot {
  const inSight = buttons.map(button => drawButton(button, carried))
  const own = [
    ...(share && sizeOf(share) <= limits.pressSize ? [drawShare(words.share, share)] : []),
    ...(carried.on === 'form' ? [drawBack(words.cancel, carried)] : []),
  ]
  const menu: CardButton[] = []
  const beside: CardButton[] = []
  let size = 0
  for (const button of more) {
    size += sizeOf(drawPress(button, carried))
    const fits = !button.confirm && size <= limits.footSize && inSight.length + own.length + menu.length < limits.rowOfButtons + 3
    ;(fits ? menu : beside).push(button)
  }
  const rows = rowsOf(beside.map(button => drawButton(button, carried))).map((actions): IActionSet => ({ type: 'ActionSet', actions }))
  return { actions: [...inSight, ...own, ...menu.map(button => drawPress(button, carried, 'secondary'))], rows: rows as unknown as Json[] }
}

/** Rows of buttons, none of them too long or too large. */
function rowsOf<T>(buttons: T[]): T[][] {
  const rows: T[][] = []
  for (const button of buttons) {
    const row = rows.at(-1)
    if (row && row.length < limits.rowOfButtons && sizeOf([...row, button]) <= limits.pieceSize) row.push(button)
    else rows.push([button])
  }
  return rows
}

/** Of the room of a card, the share that its fields may take before they are only told. */
const shareOfFields = 0.8

/**
 * Divides a card: what stands on it, and what follows in messages of their own. Fields stay on the card, beside the buttons that send their
 * values; whatever comes after the first thing that did not fit follows. Nothing is left out.
 */
function pack(units: Unit[], room: number): { body: Json[]; rest: Json[][] } {
  const fields = fieldsThatFit(units, Math.max(room * shareOfFields, 0))
  const body: Json[] = []
  const rest: { parts: Json[]; left: number }[] = []
  let left = room - [...fields].reduce((sum, { size }) => sum + size, 0)
  const place = ({ json, size }: Unit): void => {
    if (rest.length === 0 && size <= left) {
      left -= size
      body.push(json)
      return
    }
    const page = rest.at(-1)
    if (page && size <= page.left) {
      page.left -= size
      page.parts.push(json)
    } else rest.push({ parts: [json], left: limits.cardSize - 2500 - size })
  }
  for (const unit of units) {
    if (fields.has(unit)) body.push(unit.json)
    else for (const part of unit.isField ? (unit.flat ?? []) : [unit]) place(part)
  }
  return { body, rest: rest.map(({ parts }) => parts) }
}

function fieldsThatFit(units: Unit[], room: number): Set<Unit> {
  const fitting = new Set<Unit>()
  let left = room
  for (const unit of units.filter(({ isField }) => isField)) {
    left -= unit.size
    if (left < 0) break
    fitting.add(unit)
  }
  return fitting
}
