import type { Card, CardButton, CardElement, CardField } from '../card.ts'

// Neutral card -> Adaptive Card 1.5, as plain JSON. Pure: the console's page draws the result with the `adaptivecards` library.

type Json = Record<string, unknown>

const colors = { neutral: 'default', good: 'good', warning: 'warning', bad: 'attention' } as const
const containers = { neutral: 'emphasis', good: 'good', warning: 'warning', bad: 'attention' } as const

/** The Adaptive Card (version 1.5) that draws a neutral card. No text of the card can become markup. */
export function renderCard(card: Card): Json {
  const elements = card.elements.map(renderElement)
  const actions = [...card.buttons.map(button => renderButton(button, 'primary')), ...card.more.map(button => renderButton(button, 'secondary'))]
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText: escapeMarkdown(card.fallback),
    speak: card.fallback,
    body: [renderHeader(card), ...elements],
    actions,
  }
}

function renderHeader({ title, subtitle, status }: Card): Json {
  const lines = [
    textBlock(title, { size: 'medium', weight: 'bolder', style: 'heading' }),
    ...(subtitle ? [textBlock(subtitle, { isSubtle: true, spacing: 'none' })] : []),
  ]
  const badge = status && {
    type: 'Column',
    width: 'auto',
    items: [
      { type: 'Container', style: containers[status.tone], items: [textBlock(status.text, { size: 'small', weight: 'bolder', color: colors[status.tone] })] },
    ],
  }
  return { type: 'ColumnSet', columns: [{ type: 'Column', width: 'stretch', items: lines }, ...(badge ? [badge] : [])] }
}

function renderElement(element: CardElement): Json {
  switch (element.type) {
    case 'text':
      return textBlock(element.text, {
        color: colors[element.tone],
        ...(element.weight === 'strong' && { weight: 'bolder' }),
        ...(element.weight === 'subtle' && { isSubtle: true, size: 'small' }),
      })
    case 'quote':
      return {
        type: 'Container',
        style: 'accent',
        spacing: 'small',
        items: [
          textBlock(element.text, { fontType: 'default' }),
          ...(element.source ? [textBlock(element.source, { isSubtle: true, size: 'small', spacing: 'none' })] : []),
        ],
      }
    case 'letter':
      return {
        type: 'Container',
        style: 'emphasis',
        items: [
          textBlock(element.label, { weight: 'bolder', size: 'small' }),
          ...(element.facts.length > 0 ? [renderFacts(element.facts)] : []),
          textBlock(element.text, { spacing: 'small' }),
        ],
      }
    case 'notice':
      return {
        type: 'Container',
        style: containers[element.tone],
        items: [
          textBlock(element.title, { weight: 'bolder', color: colors[element.tone] }),
          ...element.lines.map(line => textBlock(line, { spacing: 'small', color: colors[element.tone] })),
        ],
      }
    case 'facts':
      return renderFacts(element.facts)
    case 'table':
      return renderTable(element)
    case 'field':
      return renderField(element.field)
    case 'pick':
      return {
        type: 'Container',
        style: 'emphasis',
        spacing: 'small',
        selectAction: renderButton(element.button, 'primary'),
        items: [
          textBlock(element.text, { weight: 'bolder', color: 'accent' }),
          ...(element.note ? [textBlock(element.note, { isSubtle: true, size: 'small', spacing: 'none' })] : []),
        ],
      }
    case 'divider':
      return { type: 'Container', separator: true, spacing: 'medium', items: [] }
    default:
      return element satisfies never
  }
}

const renderFacts = (facts: { label: string; value: string }[]): Json => ({
  type: 'FactSet',
  facts: facts.map(({ label, value }) => ({ title: escapeMarkdown(label), value: escapeMarkdown(value) })),
})

function renderTable({ columns, rows }: Extract<CardElement, { type: 'table' }>): Json {
  const cell = (text: string, index: number, options: Json = {}): Json => {
    const horizontalAlignment = columns[index]?.align ?? 'left'
    return { type: 'TableCell', items: [textBlock(text, { horizontalAlignment, ...options })] }
  }
  const head = { type: 'TableRow', cells: columns.map(({ title }, index) => cell(title, index, { weight: 'bolder', size: 'small' })) }
  const body = rows.map(row => ({ type: 'TableRow', cells: columns.map((_column, index) => cell(row[index] ?? '', index)) }))
  return { type: 'Table', firstRowAsHeaders: true, showGridLines: false, columns: columns.map(() => ({ width: 1 })), rows: [head, ...body] }
}

// Labels and the choices of a drop-down list are plain text to the renderers; the title of a toggle is not.
function renderField(field: CardField): Json {
  switch (field.type) {
    case 'text': {
      const required = field.required && { isRequired: true, errorMessage: field.label }
      return { type: 'Input.Text', id: field.id, label: field.label, value: field.value, isMultiline: field.multiline, ...required }
    }
    case 'choice': {
      const choices = field.options.map(({ value, label }) => ({ title: label, value }))
      return { type: 'Input.ChoiceSet', id: field.id, label: field.label, value: field.value, choices }
    }
    case 'toggle': {
      const title = escapeMarkdown(field.note ? `${field.label} · ${field.note}` : field.label)
      return { type: 'Input.Toggle', id: field.id, title, value: String(field.value), wrap: true, spacing: 'medium' }
    }
    case 'date':
      return { type: 'Input.Date', id: field.id, label: field.label, value: field.value }
    default:
      return field satisfies never
  }
}

function renderButton({ action, label, style, confirm, data }: CardButton, mode: 'primary' | 'secondary'): Json {
  const look = style === 'primary' ? 'positive' : style === 'danger' ? 'destructive' : 'default'
  return { type: 'Action.Submit', title: label, style: look, mode, data: { action, data, ...(confirm && { confirm }) } }
}

const textBlock = (text: string, options: Json = {}): Json => ({ type: 'TextBlock', text: escapeMarkdown(text), wrap: true, ...options })

/** Text that an Adaptive Card draws literally: every character that could start markup, or a {{DATE()}}, is escaped. */
export const escapeMarkdown = (text: string): string => text.replaceAll(/[\\`*_{}[\]()#+\-!~<>&|]|(?<=^\s*\d+)\./gm, String.raw`\$&`)
