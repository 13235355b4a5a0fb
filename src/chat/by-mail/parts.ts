import type { CardElement } from '../card.ts'
import { clean } from '../text.ts'

// The elements of a card as parts that any page and any mail program can show: words and how they look. Pure.

export const looks = ['plain', 'strong', 'subtle', 'quote', 'letter', 'notice'] as const
export type Look = (typeof looks)[number]

/** Words as they are, never markup; line ends count. `label` stands above them. */
export type Part = { look: Look; label?: string; text: string }

/** What an element says, in parts; nothing for what can only be pressed. */
export const partsOf = (element: CardElement): Part[] =>
  saidBy(element)
    .map(part => ({ ...part, ...(part.label && { label: clean(part.label) }), text: clean(part.text).trim() }))
    .filter(({ text }) => text !== '')

function saidBy(element: CardElement): Part[] {
  switch (element.type) {
    case 'text':
      return [{ look: element.weight === 'normal' ? 'plain' : element.weight, text: element.text }]
    case 'quote':
      return [{ look: 'quote', text: [element.text, element.source ?? ''].join('\n') }]
    case 'letter':
      return [{ look: 'letter', label: element.label, text: [...element.facts.map(fact), ...(element.facts.length > 0 ? [''] : []), element.text].join('\n') }]
    case 'notice':
      return [{ look: 'notice', label: element.title, text: element.lines.join('\n') || '!' }]
    case 'facts':
      return [{ look: element.inline ? 'subtle' : 'plain', text: element.facts.map(fact).join(element.inline ? ' · ' : '\n') }]
    case 'files':
      return [{ look: 'plain', text: element.files.map(({ name, note }) => `↓ ${[name, note].filter(Boolean).join(' · ')}`).join('\n') }]
    case 'image':
      return [{ look: 'plain', text: `↓ ${[element.name, element.note].filter(Boolean).join(' · ')}` }]
    case 'table':
      return [{ look: 'plain', text: [element.columns.map(({ title }) => title), ...element.rows].map(row => row.join(' · ')).join('\n') }]
    case 'chart':
      return [
        {
          look: 'plain',
          label: element.title,
          text: element.points.map(({ label, values }) => fact({ label, value: values.map(({ text }) => text).join(' · ') })).join('\n'),
        },
      ]
    case 'field': {
      const { field } = element
      if (field.type !== 'toggle') return [{ look: 'plain', text: fact({ label: field.label, value: field.value }) }]
      return [{ look: 'strong', text: `${field.value ? '☑' : '☐'} ${field.label}` }]
    }
    case 'pick':
      return [{ look: 'plain', text: [element.text, element.note].filter(Boolean).join(' · ') }]
    case 'link':
    case 'page':
    case 'divider':
      return []
    default:
      return element satisfies never
  }
}

const fact = ({ label, value }: { label: string; value: string }): string => `${label}: ${value}`

/** The parts as plain text. What others wrote is marked on every line, so that it cannot pass for words of Duncan's. */
export function drawText(parts: readonly Part[]): string {
  const marks: Partial<Record<Look, string>> = { quote: '> ', letter: '| ', notice: '! ' }
  return parts
    .map(({ look, label, text }) =>
      [...(label ? [label] : []), text]
        .join('\n')
        .split('\n')
        .map(line => `${marks[look] ?? ''}${line}`.trimEnd())
        .join('\n'),
    )
    .join('\n\n')
}

/** The parts as HTML. `look`: the attribute that gives a part its look, in a mail a style and on a page a class. */
export const drawHtml = (parts: readonly Part[], look: (of: Look | 'label') => string): string =>
  parts
    .map(part => {
      const label = part.label ? `<div ${look('label')}>${escapeHtml(part.label)}</div>` : ''
      return `<div ${look(part.look)}>${label}${escapeHtml(part.text).replaceAll('\n', '<br>')}</div>`
    })
    .join('\n')

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A text as HTML shows it literally, also in an attribute in quotes. */
export const escapeHtml = (text: string): string => clean(text).replaceAll(/[&<>"']/g, sign => entities[sign] ?? sign)
