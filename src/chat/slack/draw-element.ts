import type { RichTextSection } from '@slack/types'
import type { CardElement } from '../card.ts'
import { filePath } from '../file-path.ts'
import { letterParts } from '../letter-parts.ts'
import { markedRuns } from '../marked-runs.ts'
import type { PlatformsWords } from '../words/platforms/en.ts'
import { drawButton, type Surface } from './draw-button.ts'
import { drawChart } from './draw-chart.ts'
import { drawField } from './draw-field.ts'
import { drawTable } from './draw-table.ts'
import { limits } from './limits.ts'
import { clean, plain, shorten, unbroken } from './text.ts'
import { contextUnits, type Run, richUnits, type Unit } from './unit.ts'

export type DrawDeps = {
  words: PlatformsWords
  /** Where people reach the console: files and pages are there. */
  publicUrl: string
}

/** A mark before words that carry a tone: never colour alone, and never the mark alone. */
export const toneMarks = { neutral: '▫️', good: '✅', warning: '🔸', bad: '❗' } as const

/** What an element is drawn as. `index`: its place on the card, for ids. */
export function drawElement(element: CardElement, index: number, on: Surface, { words, publicUrl }: DrawDeps): Unit[] {
  switch (element.type) {
    case 'text':
      if (element.weight === 'subtle') return contextUnits([element.text])
      return richUnits([{ text: element.text, bold: element.weight === 'strong' }])
    case 'quote':
      return richUnits(
        [
          ...markedRuns(element.text, element.marks).map(({ text, isMarked }) => ({ text, bold: isMarked })),
          ...(element.source ? [{ text: `\n${element.source}`, italic: true }] : []),
        ],
        'rich_text_quote',
      )
    case 'letter':
      return [
        ...richUnits([{ text: element.label, bold: true }, ...element.facts.flatMap(({ label, value }) => [{ text: `\n${label}: ` }, { text: value }])]),
        ...letterParts(element.text).flatMap(({ text, table }) => richUnits([{ text }], table ? 'rich_text_preformatted' : 'rich_text_quote')),
      ]
    case 'notice':
      return drawNotice(element)
    case 'facts':
      return richUnits(element.facts.flatMap((fact, at) => factRuns(fact, at, element.inline)))
    case 'files':
      return richUnits(element.files.flatMap((file, at) => fileRuns(file, at, publicUrl)))
    case 'table':
      return drawTable(element)
    case 'chart':
      return drawChart(element)
    case 'image':
      return drawImage(element, publicUrl)
    case 'field':
      return drawField(element.field, index, words)
    case 'pick':
      return drawPick(element, index, on, words)
    case 'page':
      return richUnits([{ text: `${element.label} ›`, url: `${publicUrl}/debtors/${element.debtorId}` }])
    case 'link':
      return richUnits([{ text: `${element.label} ↗`, url: element.url }])
    case 'divider':
      return [{ block: { type: 'divider' } }]
    default:
      return element satisfies never
  }
}

function drawNotice({ tone, title, lines }: Extract<CardElement, { type: 'notice' }>): Unit[] {
  const head = `${toneMarks[tone]} ${title}`
  const isShort = lines.length > 0 && lines.every(line => clean(line).trim() !== '') && head.length + lines.join('').length < 2000
  if (!isShort) return [...richUnits([{ text: head, bold: true }]), ...richUnits(lines.map(line => ({ text: `• ${line}\n` })))]
  return [
    {
      block: { type: 'rich_text', elements: [listItem(head, true), { type: 'rich_text_list', style: 'bullet', elements: lines.map(line => listItem(line)) }] },
    },
  ]
}

const listItem = (text: string, bold = false): RichTextSection => ({
  type: 'rich_text_section',
  elements: [{ type: 'text', text: clean(text), ...(bold && { style: { bold } }) }],
})

/** On a line of their own facts are found by their labels; those that share one are told apart by their values. */
const factRuns = ({ label, value }: { label: string; value: string }, index: number, inline: boolean): Run[] => {
  if (inline) return [{ text: `${index === 0 ? '' : '\u2003'}${unbroken(label)}\u00a0` }, { text: value.length > 40 ? value : unbroken(value), bold: true }]
  return [{ text: `${index === 0 ? '' : '\n'}${label}: `, bold: true }, { text: value }]
}

type File = Extract<CardElement, { type: 'files' }>['files'][number]

const fileRuns = ({ name, note, source }: File, index: number, publicUrl: string): Run[] => [
  { text: index === 0 ? '📎 ' : '\n📎 ' },
  { text: shorten(clean(name).replaceAll(/\s+/g, ' ').trim() || '–', 200), url: `${publicUrl}${filePath(source)}` },
  ...(note === '' ? [] : [{ text: ` ${note}` }]),
]

/** A picture that Slack was given, and in any case its name as a link. */
function drawImage({ alt, shown: id, ...file }: Extract<CardElement, { type: 'image' }>, publicUrl: string): Unit[] {
  const picture: Unit[] = id === undefined ? [] : [{ block: { type: 'image', slack_file: { id }, alt_text: plain(alt, limits.imageAlt).text } }]
  return [...picture, ...richUnits(fileRuns(file, 0, publicUrl))]
}

function drawPick({ text, note, verb, button }: Extract<CardElement, { type: 'pick' }>, index: number, on: Surface, words: DrawDeps['words']): Unit[] {
  const whole = note ? `${text}\n${note}` : text
  const accessory = {
    ...drawButton({ ...button, label: verb ?? words.choose }, on, `pick.${index}`, words),
    accessibility_label: plain(button.label, limits.buttonText).text,
  }
  // Slack puts a button beside at most this much; the rest of a text that is longer stands above it.
  const isLong = clean(whole).length > limits.text
  return [...(isLong ? richUnits([{ text: whole }]) : []), { block: { type: 'section', text: plain(whole, limits.text), accessory } }]
}
