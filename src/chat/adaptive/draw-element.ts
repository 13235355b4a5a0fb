import type { Card, CardButton, CardElement, CardField, FileSource } from '../card.ts'

// Elements of the neutral card -> Adaptive Card 1.5, for every surface that draws Adaptive Cards. Pure.

export type Json = Record<string, unknown>

/** What differs from surface to surface: what a button is, where a path of the console leads, and how texts and facts stay literal. */
export type Drawing = {
  button: (button: CardButton) => Json
  url: (path: string) => string
  text: (text: string, options?: Json) => Json
  facts: (facts: Fact[]) => Json
}

export type Fact = { label: string; value: string }

const colors = { neutral: 'default', good: 'good', warning: 'warning', bad: 'attention' } as const
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
      { type: 'Container', style: containers[status.tone], items: [draw.text(status.text, { size: 'small', weight: 'bolder', color: colors[status.tone] })] },
    ],
  }
  return { type: 'ColumnSet', columns: [{ type: 'Column', width: 'stretch', items: lines }, ...(badge ? [badge] : [])] }
}

/** The Adaptive Card element that draws an element of a neutral card. No text of it can become markup. */
export function drawElement(element: CardElement, draw: Drawing): Json {
  switch (element.type) {
    case 'text':
      return draw.text(element.text, {
        color: colors[element.tone],
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
          draw.text(element.text, element.facts.length > 0 ? {} : { spacing: 'small' }),
        ],
      }
    case 'notice':
      return {
        type: 'Container',
        style: containers[element.tone],
        items: [
          draw.text(element.title, { weight: 'bolder', color: colors[element.tone] }),
          ...element.lines.map(line => draw.text(line, { spacing: 'small', color: colors[element.tone] })),
        ],
      }
    case 'facts':
      return element.inline ? drawFactLine(element.facts) : draw.facts(element.facts)
    case 'files':
      return { type: 'RichTextBlock', spacing: 'small', inlines: element.files.flatMap((file, index) => drawFile(file, index, draw)) }
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
    case 'page': {
      const selectAction = { type: 'Action.OpenUrl', title: element.label, url: draw.url(`/debtors/${element.debtorId}`) }
      return { type: 'RichTextBlock', spacing: 'small', inlines: [{ type: 'TextRun', text: element.label, color: 'accent', weight: 'bolder', selectAction }] }
    }
    case 'divider':
      return { type: 'Container', separator: true, spacing: 'medium', items: [] }
    default:
      return element satisfies never
  }
}

/** Facts as an Adaptive Card has them; their values are escaped. */
export const factSet = (facts: Fact[]): Json => ({
  type: 'FactSet',
  facts: facts.map(({ label, value }) => ({ title: escapeMarkdown(label), value: escapeMarkdown(value) })),
})

/** Parts of a rich text, drawn literally. */
export const run = (text: string, options: Json = {}): Json[] => literalParts(text).map(part => ({ type: 'TextRun', text: part, ...options }))

// The parts of a rich text are drawn as they are, except for {{DATE()}} and {{TIME()}}: torn apart they are no such thing.
const literalParts = (text: string): string[] => text.split(/(?<=\{)(?=\{)/).filter(part => part !== '')

const noBreak = (text: string): string => text.replaceAll(' ', '\u00A0')

const drawFactLine = (facts: Fact[]): Json => ({
  type: 'RichTextBlock',
  spacing: 'small',
  inlines: facts.flatMap(({ label, value }, index) => [
    ...run(`${index > 0 ? '\u2003' : ''}${noBreak(label)}\u00A0`, { isSubtle: true }),
    ...run(value.length > 40 ? value : noBreak(value)),
  ]),
})

function drawFile({ name, note, source }: Extract<CardElement, { type: 'files' }>['files'][number], index: number, draw: Drawing): Json[] {
  const selectAction = { type: 'Action.OpenUrl', title: name, url: draw.url(fileUrl(source)) }
  return [
    ...run(index > 0 ? '\u2003↓\u00A0' : '↓\u00A0'),
    { type: 'TextRun', text: literalParts(name).join('\u2060'), color: 'accent', weight: 'bolder', selectAction },
    ...(note ? run(`\u00A0${noBreak(note)}`, { isSubtle: true, size: 'small' }) : []),
  ]
}

function fileUrl(source: FileSource): string {
  switch (source.of) {
    case 'message':
      return `/api/files/attachments/${source.attachmentId}`
    case 'source':
      return `/api/files/mails/${source.messageId}`
    case 'action':
      return `/api/files/actions/${source.actionId}/${source.index}`
    default:
      return source satisfies never
  }
}

/** A text whose marked parts stand out. Marks may touch or overlap. */
function markedText(text: string, marks: { start: number; end: number }[]): Json {
  const bounds = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])]
    .filter(at => at >= 0 && at <= text.length)
    .toSorted((a, b) => a - b)
  const inlines = bounds.slice(1).flatMap((end, index) => {
    const start = bounds[index] ?? 0
    const isMarked = marks.some(mark => mark.start <= start && mark.end >= end)
    return run(text.slice(start, end), isMarked ? { weight: 'bolder', highlight: true } : {})
  })
  return { type: 'RichTextBlock', inlines }
}

function drawTable({ columns, rows }: Extract<CardElement, { type: 'table' }>, draw: Drawing): Json {
  const cell = (text: string, index: number, options: Json = {}): Json => {
    const horizontalAlignment = columns[index]?.align ?? 'left'
    return { type: 'TableCell', items: [draw.text(text, { horizontalAlignment, ...options })] }
  }
  const head = { type: 'TableRow', cells: columns.map(({ title }, index) => cell(title, index, { weight: 'bolder', size: 'small' })) }
  const body = rows.map(row => ({ type: 'TableRow', cells: columns.map((_column, index) => cell(row[index] ?? '', index)) }))
  return { type: 'Table', firstRowAsHeaders: true, showGridLines: false, columns: columns.map(() => ({ width: 1 })), rows: [head, ...body] }
}

// Labels and the choices of a drop-down list are plain text to the renderers; the title of a toggle is not.
function drawField(field: CardField): Json {
  const { id } = field
  switch (field.type) {
    case 'text': {
      const required = field.required && { isRequired: true, errorMessage: field.label }
      return { type: 'Input.Text', id, label: field.label, value: field.value, isMultiline: field.multiline, ...required }
    }
    case 'choice': {
      const choices = field.options.map(({ value, label }) => ({ title: label, value }))
      return { type: 'Input.ChoiceSet', id, label: field.label, value: field.value, choices }
    }
    case 'toggle': {
      const title = escapeMarkdown(field.note ? `${field.label} · ${field.note}` : field.label)
      return { type: 'Input.Toggle', id, title, value: String(field.value), wrap: true, spacing: 'medium' }
    }
    case 'date':
      return { type: 'Input.Date', id, label: field.label, value: field.value }
    default:
      return field satisfies never
  }
}

/** A text whose markup is escaped, so that it is drawn literally. */
export const textBlock = (text: string, options: Json = {}): Json => ({ type: 'TextBlock', text: escapeMarkdown(text), wrap: true, ...options })

/** Text that an Adaptive Card draws literally: every character that could start markup, or a {{DATE()}}, is escaped. */
export const escapeMarkdown = (text: string): string => text.replaceAll(/[\\`*_{}[\]()#+\-!~<>&|]|(?<=^\s*\d+)\./gm, String.raw`\$&`)
