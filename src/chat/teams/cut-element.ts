import type { CardElement, CardField } from '../card.ts'
import { chartLines } from '../chart.ts'
import { markedRuns } from '../marked-runs.ts'
import { shorten, split } from '../text.ts'
import { limits, sizeOf } from './limits.ts'
import { clean, cleanText } from './literal.ts'

/** The least part of a card that is drawn as a whole. A field stays with the buttons that send it; `flat`: how it is only told. */
export type Piece = { element: CardElement; flat?: CardElement[] }

type Of<T extends CardElement['type']> = Extract<CardElement, { type: T }>

/** The parts of an element, each small enough for any card. Put together they say all that it says. */
export function cutElement(element: CardElement): Piece[] {
  switch (element.type) {
    case 'text':
      return texts(element.text, element)
    case 'quote':
      return cutQuote(element)
    case 'letter':
      return cutLetter(element)
    case 'notice':
      return cutNotice(element)
    case 'facts':
      return cutFacts(element)
    case 'files':
      return chunk(
        element.files.map(({ name, note, source }) => ({ name: line(name), note: line(note, ''), source })),
        5,
      ).map(files => ({
        element: { ...element, files },
      }))
    case 'table':
      return cutTable(element)
    case 'chart':
      return cutChart(element)
    case 'image':
      return [{ element: { ...element, alt: line(element.alt), name: line(element.name), note: line(element.note, '') } }]
    case 'field':
      return cutField(element.field)
    case 'pick':
      return cutPick(element)
    case 'link':
      return [{ element: { ...element, label: line(element.label, '–', limits.label - 2) } }] // room for its arrow
    case 'page':
      return [{ element: { ...element, label: line(element.label) } }]
    case 'divider':
      return [{ element }]
    default:
      return element satisfies never
  }
}

const isShort = (...parts: string[]): boolean => parts.reduce((sum, text) => sum + text.length, 0) <= limits.pieceLength

/** One line of text, never empty unless `blank` is. */
export const line = (text: string, blank = '–', max: number = limits.label): string => shorten(clean(text).replaceAll(/\s+/g, ' ').trim(), max) || blank

/** A text in parts, each drawn as the element says. */
export function texts(text: string, look: Pick<Of<'text'>, 'tone' | 'weight'> = { tone: 'neutral', weight: 'normal' }): Piece[] {
  const { tone, weight } = look
  return split(clean(text), limits.pieceLength)
    .filter(part => part !== '')
    .map(part => ({ element: { type: 'text', text: part, tone, weight } }))
}

// What is marked is counted in units of the text as it came: cleaning it takes some away.
function cutQuote({ text, marks, source, ...quote }: Of<'quote'>): Piece[] {
  const cleaned = clean(text)
  const at = (index: number): number => Math.min(cleaned.length, clean(text.slice(0, index)).length)
  const shown = markedRuns(text, marks)
    .filter(({ isMarked }) => isMarked)
    .map(({ start, end }) => ({ start: at(start), end: at(end) }))
  let from = 0
  const parts = split(cleaned, limits.pieceLength).map(part => {
    const begin = from
    from += part.length
    const inside = shown.map(({ start, end }) => ({ start: Math.max(0, start - begin), end: Math.min(part.length, end - begin) }))
    return { ...quote, text: part, marks: inside.filter(({ start, end }) => start < end).slice(0, 20) }
  })
  return parts.map((part, index) => ({ element: index === parts.length - 1 && source !== undefined ? { ...part, source: line(source, '') } : part }))
}

function cutLetter({ label, facts, text, ...letter }: Of<'letter'>): Piece[] {
  if (isShort(label, text, ...facts.flatMap(fact => [fact.label, fact.value])) && facts.length <= 8)
    return [{ element: { ...letter, label: clean(label), facts: facts.map(cleanFact), text: clean(text) } }]
  const [first = '', ...others] = split(clean(text), limits.pieceLength)
  return [
    ...texts(label, { tone: 'neutral', weight: 'strong' }),
    ...cutFacts({ type: 'facts', inline: false, facts }),
    { element: { ...letter, label: '', facts: [], text: first } },
    ...others.map((part): Piece => ({ element: { ...letter, label: '', facts: [], text: part } })),
  ]
}

function cutNotice({ tone, title, lines, ...notice }: Of<'notice'>): Piece[] {
  if (isShort(title, ...lines) && lines.length <= 10) return [{ element: { ...notice, tone, title: clean(title), lines: lines.map(clean) } }]
  return [...texts(title, { tone, weight: 'strong' }), ...lines.flatMap(text => texts(text, { tone, weight: 'normal' }))]
}

type Fact = Of<'facts'>['facts'][number]
const cleanFact = ({ label, value }: Fact): Fact => ({ label: clean(label), value: clean(value) })

function cutFacts({ facts, ...rest }: Of<'facts'>): Piece[] {
  const pieces: Piece[] = []
  let group: Fact[] = []
  const close = (): void => {
    if (group.length > 0) pieces.push({ element: { ...rest, facts: group } })
    group = []
  }
  for (const fact of facts.map(cleanFact)) {
    if (!isShort(fact.label, fact.value)) {
      close()
      pieces.push(...texts(fact.label, { tone: 'neutral', weight: 'strong' }), ...texts(fact.value))
      continue
    }
    if (group.length >= 8 || !isShort(...[...group, fact].flatMap(({ label, value }) => [label, value]))) close()
    group.push(fact)
  }
  close()
  return pieces
}

function cutTable({ columns, rows, ...table }: Of<'table'>): Piece[] {
  if (columns.length === 0) return []
  const titles = columns.map(({ title }) => clean(title).trim())
  const body = rows.map(row => columns.map((_column, index) => clean(row[index] ?? '').trim()))
  // A row that is too long for a table is told by itself, its titles beside its cells.
  const isWide = columns.length > limits.tableColumns || [titles, ...body].some(row => !isShort(...row, ...titles))
  if (isWide) return body.flatMap(row => texts(row.flatMap((cell, index) => (cell === '' ? [] : [`${titles[index] || '–'}: ${cell}`])).join(' · ')))
  const head = columns.map(({ align }, index) => ({ align, title: titles[index] ?? '' }))
  const pieces: string[][][] = [[]]
  for (const row of body) {
    const last = pieces.at(-1) ?? []
    const cells = (last.length + 2) * columns.length
    if (last.length > 0 && (cells > 24 || !isShort(...titles, ...last.flat(), ...row))) pieces.push([row])
    else last.push(row)
  }
  return pieces.map(part => ({ element: { ...table, columns: head, rows: part } }))
}

// One that is too large for a picture is told in words.
function cutChart({ title, series, points, ...chart }: Of<'chart'>): Piece[] {
  const drawn = {
    ...chart,
    title: line(title, '–', limits.title),
    series: series.map(name => line(name, '–')),
    points: points.map(({ label, values }) => ({ label: line(label), values: values.map(({ value, text }) => ({ value, text: line(text) })) })),
  }
  if (sizeOf(drawn) <= limits.chartSize && points.length <= limits.chartPoints) return [{ element: drawn }]
  const told = chartLines({ ...chart, title, series, points })
  return [
    ...texts(title, { tone: 'neutral', weight: 'strong' }),
    ...told.flatMap(({ name, facts }) => [...(series.length > 1 ? texts(name) : []), ...cutFacts({ type: 'facts', inline: true, facts })]),
  ]
}

function cutField(field: CardField): Piece[] {
  const label = line(field.label)
  const long = clean(field.label).length > limits.label ? texts(field.label) : []
  const flat = flatField(field)
  const piece = (drawn: CardField): Piece[] => [...long, { element: { type: 'field', field: drawn }, flat: flat.map(({ element }) => element) }]
  switch (field.type) {
    case 'text':
      return sizeOf(field.value) > limits.fieldSize ? flat : piece({ ...field, label, value: cleanText(field.value) })
    case 'choice': {
      const options = choicesOf(field)
      return options.length === 0 ? flat : piece({ ...field, label, options, value: options.some(({ value }) => value === field.value) ? field.value : '' })
    }
    case 'toggle': {
      const whole = field.note ? `${field.label} · ${field.note}` : field.label
      const { note: _note, ...toggle } = field
      if (clean(whole).length <= limits.label) return piece({ ...toggle, label: line(whole) })
      return [...texts(whole), { element: { type: 'field', field: { ...toggle, label } }, flat: flat.map(({ element }) => element) }]
    }
    case 'date':
      return piece({ ...field, label, value: /^\d{4}-\d{2}-\d{2}$/.test(field.value) ? field.value : '' })
    default:
      return field satisfies never
  }
}

const isTaken = (value: string) => value !== '' && value.length <= limits.label && value.isWellFormed()

// Values of ours are ids and addresses: whatever else Teams would not take, or take twice, is not offered.
function choicesOf({ options }: Extract<CardField, { type: 'choice' }>) {
  const seen = new Map(options.filter(({ value }) => isTaken(value)).map(({ value, label }) => [value, line(label, '–', 75)]))
  return [...seen].slice(0, limits.choices).map(([value, label]) => ({ value, label }))
}

function flatField(field: CardField): Piece[] {
  if (field.type === 'toggle') return texts(`${field.value ? '☑' : '☐'} ${field.label}${field.note ? ` · ${field.note}` : ''}`)
  const value = field.type === 'choice' ? (field.options.find(option => option.value === field.value)?.label ?? field.value) : field.value
  return [...texts(`${field.label}:`, { tone: 'neutral', weight: 'strong' }), ...texts(value)]
}

function cutPick({ text, note, button, ...pick }: Of<'pick'>): Piece[] {
  const isLong = !isShort(text, note ?? '') || clean(text).length > limits.title
  const above = isLong ? [...texts(text), ...texts(note ?? '', { tone: 'neutral', weight: 'subtle' })] : []
  const shown = { ...pick, text: line(text, '–', limits.title), button }
  return [...above, { element: isLong || note === undefined ? shown : { ...shown, note: clean(note) } }]
}

/** The parts of a list, none longer than `size`. */
const chunk = <T>(list: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_none, index) => list.slice(index * size, (index + 1) * size))
