import { createHash } from 'node:crypto'
import type { InputBlock, Option, PlainTextOption, StaticSelect } from '@slack/types'
import { z } from 'zod'
import type { CardField } from '../card.ts'
import { chunk } from './draw-button.ts'
import { limits } from './limits.ts'
import { clean, plain, shorten, split } from './text.ts'
import { richUnits, type Unit } from './unit.ts'

type Words = { part: (label: string, part: number, parts: number) => string }

/** A long text is edited in parts of this length, which leaves room to write in each. */
const partLength = 2500
const groups = 10

/** A field as Slack takes it in messages and forms alike. `index` tells it from a field of the same name and content. */
export function drawField(field: CardField, index: number, words: Words): Unit[] {
  switch (field.type) {
    case 'text':
      return drawText(field, index, words)
    case 'choice':
      return field.options.length === 0 ? flatField(field) : [input(field, index, drawChoice(field))]
    case 'toggle':
      return drawToggle(field, index)
    case 'date': {
      const day = isDay(field.value) && { initial_date: field.value }
      return [input(field, index, { type: 'datepicker', action_id: actionId(field), ...day })]
    }
    default:
      return field satisfies never
  }
}

/** A field where nothing can be filled in: what it says now. */
function flatField(field: CardField): Unit[] {
  if (field.type === 'toggle') return richUnits([{ text: `${field.value ? '☑' : '☐'} ${field.label}${field.note ? ` · ${field.note}` : ''}` }])
  const value = field.type === 'choice' ? (field.options.find(option => option.value === field.value)?.label ?? field.value) : field.value
  return richUnits([{ text: `${field.label}: `, bold: true }, { text: value }])
}

function input(field: CardField, index: number, element: InputBlock['element'], label = field.label): Unit {
  const optional = !(field.type === 'text' && field.required)
  const block: InputBlock = { type: 'input', block_id: blockId(field, index, element), label: plain(label, limits.inputLabel), element, optional }
  return { block, isField: true, flat: flatField(field) }
}

// What somebody typed stays in a block of the same id when a message is drawn anew: another field, or another value, is another block.
const blockId = (field: CardField, index: number, element: unknown): string =>
  `${index}.${createHash('sha256')
    .update(JSON.stringify([field, element]))
    .digest('hex')
    .slice(0, 12)}`

/** How the parts of a long text are put together again: by a line end, a space, or nothing. */
const joiners = { n: '\n', s: ' ', x: '' } as const
type Joiner = keyof typeof joiners

const actionId = (field: CardField, part = 0, joiner: Joiner = 'x'): string =>
  `field.${field.type}.${part}${joiner}.${field.id}`.slice(0, limits.id).toWellFormed()

// The line end or space between two parts is kept beside them: an input may trim what is typed into it.
function drawText(field: Extract<CardField, { type: 'text' }>, index: number, words: Words): Unit[] {
  const parts = split(clean(field.value), partLength)
  return parts.map((part, at) => {
    const joiner: Joiner = at === parts.length - 1 ? 'x' : part.endsWith('\n') ? 'n' : part.endsWith(' ') ? 's' : 'x'
    const value = joiner === 'x' ? part : part.slice(0, -1)
    const element = {
      type: 'plain_text_input' as const,
      action_id: actionId(field, at, joiner),
      ...(value.trim() !== '' && { initial_value: value }),
      ...(field.multiline && { multiline: true }),
      max_length: limits.inputText,
    }
    const unit = input(
      { ...field, required: field.required && parts.length === 1 },
      index,
      element,
      parts.length > 1 ? words.part(field.label, at + 1, parts.length) : field.label,
    )
    return { ...unit, flat: richUnits([...(at === 0 ? [{ text: `${field.label}: `, bold: true }] : []), { text: part }]) }
  })
}

// Values of ours are ids and addresses: whatever else Slack would not take is not offered.
const isTaken = (value: string): boolean => value !== '' && value.length <= limits.optionValue && value.isWellFormed()

function drawChoice(field: Extract<CardField, { type: 'choice' }>): StaticSelect {
  const seen = new Map(field.options.filter(({ value }) => isTaken(value)).map(({ value, label }) => [value, label]))
  if (seen.size === 0) seen.set('–', '–')
  const options = [...seen].map(([value, label]): PlainTextOption => ({ text: plain(label, limits.optionText), value })).slice(0, groups * limits.selectOptions)
  const initial = options.find(({ value }) => value === field.value)
  const common = { type: 'static_select' as const, action_id: actionId(field), ...(initial && { initial_option: initial }) }
  if (options.length <= limits.selectOptions) return { ...common, options }
  const parts = chunk(options, limits.selectOptions)
  return { ...common, option_groups: parts.map(part => ({ label: plain(`${part[0]?.text.text ?? ''} –`, limits.optionText), options: part })) }
}

/** A tick with its words beside it, in two lines where they are long; words that do not fit there stand above it. */
function drawToggle(field: Extract<CardField, { type: 'toggle' }>, index: number): Unit[] {
  const [label, note] = [clean(field.label), clean(field.note ?? '')]
  const [first = '', ...others] = split(label, limits.optionText)
  const lines = note.trim() === '' ? others : [...others, note]
  const isShort = lines.length <= 1 && lines.every(line => line.length <= limits.optionText)
  const [second = ''] = isShort ? lines : []
  const option: Option = {
    text: plain(isShort ? first : shorten(label, limits.optionText), limits.optionText),
    value: 'on',
    ...(second.trim() !== '' && { description: plain(second, limits.optionText) }),
  }
  const element = { type: 'checkboxes' as const, action_id: actionId(field), options: [option], ...(field.value && { initial_options: [option] }) }
  const tick: Unit = { block: { type: 'actions', block_id: blockId(field, index, element), elements: [element] }, isField: true, flat: flatField(field) }
  return isShort ? [tick] : [...richUnits([{ text: note ? `${label} · ${note}` : label }]), { ...tick, flat: [] }]
}

const isDay = (text: string): boolean => z.iso.date().safeParse(text).success

const stateSchema = z.record(z.string(), z.record(z.string(), z.looseObject({ type: z.string() })))
const typed = z.looseObject({
  value: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
  selected_options: z.array(z.looseObject({ value: z.string() })).nullish(),
})

/** What stands in the fields of a message or form, by the names that the card gave them; as Slack sends it with every click. */
export function readValues(state: unknown): Record<string, string> {
  const blocks = stateSchema.safeParse(state)
  if (!blocks.success) return {}
  const texts = new Map<string, { part: number; joiner: string; value: string }[]>()
  const values = new Map<string, string>()
  for (const [action, raw] of Object.values(blocks.data).flatMap(block => Object.entries(block))) {
    const named = /^field\.(text|choice|toggle|date)\.(\d+)([nsx])\.(.*)$/s.exec(action)
    if (!named) continue
    const [, type, part, joiner, id = ''] = named
    const given = typed.parse(raw)
    if (type === 'text') texts.set(id, [...(texts.get(id) ?? []), { part: Number(part), joiner: joiners[joiner as Joiner], value: given.value ?? '' }])
    if (type === 'toggle') values.set(id, String((given.selected_options ?? []).length > 0))
    if (type === 'choice') values.set(id, given.selected_option?.value ?? '')
    if (type === 'date') values.set(id, given.selected_date ?? '')
  }
  for (const [id, parts] of texts) {
    const ordered = parts.toSorted((a, b) => a.part - b.part)
    values.set(id, ordered.map(({ value, joiner }) => value + joiner).join(''))
  }
  return Object.fromEntries(values)
}
