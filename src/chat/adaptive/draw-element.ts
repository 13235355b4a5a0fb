import type { Card, CardButton, CardElement, CardField } from '../card.ts'
import { chartLines } from '../chart.ts'
import { type LetterPart, letterParts } from '../letter-parts.ts'
import { markedRuns } from '../marked-runs.ts'
import { clean, unbroken } from '../text.ts'
import { drawFiles, drawImage } from './draw-files.ts'
import { escapeMarkdown, type Json, run } from './literal.ts'

// Elements of the neutral card -> Adaptive Card 1.5, for every surface that draws Adaptive Cards. Pure.

/** What differs from surface to surface: what a button is, where a path of the console leads, and how texts and facts stay literal. */
export type Drawing = {
  button: (button: CardButton) => Json
  url: (path: string) => string
  text: (text: string, options?: Json) => Json
  facts: (facts: Fact[]) => Json
  /** The bars of a chart, which its figures in words stand below; undefined where none are drawn. */
  chart: (chart: Chart) => Json | undefined
  /** The address of a picture; undefined where it is not shown. */
  picture: (image: Extract<CardElement, { type: 'image' }>) => string | undefined
}

export type Chart = Extract<CardElement, { type: 'chart' }>

export type Fact = { label: string; value: string }

/** Never alone: each stands with a word. */
export const toneColors = { neutral: 'default', good: 'good', warning: 'warning', bad: 'attention' } as const
const containers = { neutral: 'emphasis', good: 'good', warning: 'warning', bad: 'attention' } as const

/** The lines that say it all: title and subtitle, the state beside them. */
export function drawHeader({ title, subtitle, status }: Pick<Card, 'title' | 'subtitle' | 'status'>, draw: Drawing): Json {
  const lines = [
    draw.text(title, { size: 'medium', weight: 'bolder', style: 'heading' }),
    ...(subtitle ? [draw.text(subtitle, { isSubtle: true, spacing: 'none' })] : []),
  ]
  const badge = status && {
    type: 'Column',
    width: 'auto',
    items: [
      {
        type: 'Container',
        style: containers[status.tone],
        items: [draw.text(status.text, { size: 'small', weight: 'bolder', color: toneColors[status.tone] })],
      },
    ],
  }
  return { type: 'ColumnSet', columns: [{ type: 'Column', width: 'stretch', items: lines }, ...(badge ? [badge] : [])] }
}

/** The Adaptive Card element that draws an element of a neutral card. No text of it can become markup. */
export function drawElement(element: CardElement, draw: Drawing): Json {
  switch (element.type) {
    case 'text':
      return draw.text(element.text, {
        color: toneColors[element.tone],
        ...(element.weight === 'strong' && { weight: 'bolder' }),
        ...(element.weight === 'subtle' && { isSubtle: true, size: 'small' }),
      })
    case 'quote':
      return {
        type: 'Container',
        style: 'accent',
        items: [
          element.marks.length > 0 ? markedText(element.text, element.marks) : draw.text(element.text, { fontType: 'default' }),
          ...(element.source ? [draw.text(element.source, { isSubtle: true, size: 'small', spacing: 'none' })] : []),
        ],
      }
    case 'letter':
      return {
        type: 'Container',
        style: 'emphasis',
        items: [
          ...(element.label ? [draw.text(element.label, { weight: 'bolder', size: 'small' })] : []),
          ...(element.facts.length > 0 ? [draw.facts(element.facts)] : []),
          ...letterParts(element.text).map((part, index) => drawPart(part, index > 0 || element.facts.length > 0 ? {} : { spacing: 'small' }, draw)),
        ],
      }
    case 'notice':
      return {
        type: 'Container',
        style: containers[element.tone],
        items: [
          draw.text(element.title, { weight: 'bolder', color: toneColors[element.tone] }),
          ...element.lines.map(line => draw.text(line, { spacing: 'small', color: toneColors[element.tone] })),
        ],
      }
    case 'facts':
      return element.inline ? drawFactLine(element.facts) : draw.facts(element.facts)
    case 'files':
      return drawFiles(element.files, draw)
    case 'chart':
      return drawChart(element, draw)
    case 'image':
      return drawImage(element, draw)
    case 'table':
      return drawTable(element, draw)
    case 'field':
      return drawField(element.field)
    case 'pick':
      return {
        type: 'Container',
        style: 'emphasis',
        spacing: 'small',
        selectAction: draw.button(element.button),
        items: [
          draw.text(element.text, { weight: 'bolder', color: 'accent' }),
          ...(element.note ? [draw.text(element.note, { isSubtle: true, size: 'small', spacing: 'none' })] : []),
        ],
      }
    case 'link':
      return drawLink(`${clean(element.label)} ↗`, element.url)
    case 'page':
      return drawLink(clean(element.label), draw.url(`/debtors/${element.debtorId}`))
    case 'divider':
      return { type: 'Container', separator: true, spacing: 'medium', items: [] }
    default:
      return element satisfies never
  }
}

/** A line that leads to another page. */
const drawLink = (label: string, url: string): Json => {
  const selectAction = { type: 'Action.OpenUrl', title: label, url }
  return { type: 'RichTextBlock', spacing: 'small', inlines: [{ type: 'TextRun', text: label, color: 'accent', weight: 'bolder', selectAction }] }
}

/** Facts as an Adaptive Card has them; their values are escaped. */
export const factSet = (facts: Fact[]): Json => ({
  type: 'FactSet',
  facts: facts.map(({ label, value }) => ({ title: escapeMarkdown(label), value: escapeMarkdown(value) })),
})

const drawFactLine = (facts: Fact[]): Json => ({
  type: 'RichTextBlock',
  spacing: 'small',
  inlines: facts.flatMap(({ label, value }, index) => [
    ...run(`${index > 0 ? '\u2003' : ''}${unbroken(label)}\u00A0`, { isSubtle: true }),
    ...run(value.length > 40 ? value : unbroken(value)),
  ]),
})

/** A text whose marked parts stand out. */
const markedText = (text: string, marks: { start: number; end: number }[]): Json => ({
  type: 'RichTextBlock',
  inlines: markedRuns(text, marks).flatMap(part => run(part.text, part.isMarked ? { weight: 'bolder', highlight: true } : {})),
})

/** Bars where the surface draws some, and always their figures in words. */
function drawChart(chart: Chart, draw: Drawing): Json {
  const bars = draw.chart(chart)
  const lines = chartLines(chart).flatMap(({ name, facts }) => [
    ...(chart.series.length > 1 ? [draw.text(name, { weight: 'bolder', size: 'small', spacing: 'small' })] : []),
    drawFactLine(facts),
  ])
  return { type: 'Container', items: [draw.text(chart.title, { weight: 'bolder', size: 'small' }), ...(bars ? [bars] : []), ...lines] }
}

/** Cells take much of a card: a larger table, as JSON, is drawn as it is written, in letters of one width. */
const largestTable = 4000

function drawPart({ text, table }: LetterPart, look: Json, draw: Drawing): Json {
  if (!table) return draw.text(text, look)
  const drawn = table.columns.length <= 6 && drawTable(table, draw, { size: 'small' })
  if (drawn && JSON.stringify(drawn).length <= largestTable) return drawn
  return draw.text(
    text.replaceAll(/ {2,}/g, spaces => '\u00a0'.repeat(spaces.length)),
    { fontType: 'monospace', size: 'small' },
  )
}

function drawTable({ columns, rows }: Omit<Extract<CardElement, { type: 'table' }>, 'type'>, draw: Drawing, look: Json = {}): Json {
  const cell = (text: string, index: number, options: Json = {}): Json => {
    const horizontalAlignment = columns[index]?.align ?? 'left'
    return { type: 'TableCell', items: [draw.text(text, { horizontalAlignment, ...look, ...options })] }
  }
  const head = { type: 'TableRow', cells: columns.map(({ title }, index) => cell(title, index, { weight: 'bolder', size: 'small' })) }
  const body = rows.map(row => ({ type: 'TableRow', cells: columns.map((_column, index) => cell(row[index] ?? '', index)) }))
  return { type: 'Table', firstRowAsHeaders: true, showGridLines: false, columns: columns.map(() => ({ width: 1 })), rows: [head, ...body] }
}

// Labels and the choices of a drop-down list are plain text to the renderers; the title of a toggle is not.
function drawField(field: CardField): Json {
  const { id } = field
  const label = clean(field.label)
  switch (field.type) {
    case 'text': {
      const required = field.required && { isRequired: true, errorMessage: label }
      return { type: 'Input.Text', id, label, value: field.value, isMultiline: field.multiline, ...required }
    }
    case 'choice': {
      const choices = field.options.map(option => ({ title: clean(option.label), value: option.value }))
      return { type: 'Input.ChoiceSet', id, label, value: field.value, choices }
    }
    case 'toggle': {
      const title = escapeMarkdown(field.note ? `${field.label} · ${field.note}` : field.label)
      return { type: 'Input.Toggle', id, title, value: String(field.value), wrap: true, spacing: 'medium' }
    }
    case 'date':
      return { type: 'Input.Date', id, label, value: field.value }
    default:
      return field satisfies never
  }
}
