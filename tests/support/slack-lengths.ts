import type { KnownBlock, View } from '@slack/types'
import { asChart, type ChartBlock } from '../../src/chat/slack/draw-chart.ts'

// What Slack refuses beside what its types say: written from its reference, apart from the table that the renderer works by.

type Json = { [key: string]: unknown; type?: string }

/** Every length and count that Slack would refuse in a message's blocks. */
export const messageProblems = (blocks: readonly KnownBlock[], text: string): string[] => [
  ...(text.length === 0 || text.length > 4000 ? [`text has ${text.length}`] : []),
  ...(/<[!@#]/.test(text) ? ['text could mention somebody'] : []),
  ...atMost('blocks', blocks, 50, 1),
  ...blocks.flatMap(block => problemsIn(block as unknown as Json)),
  ...unique(
    'block_id',
    blocks.flatMap(({ block_id }) => block_id ?? []),
  ),
  ...(blocks.filter(({ type }) => type === 'table').length > 1 ? ['two tables'] : []),
  ...(blocks.filter(isChart).length > 2 ? ['three charts'] : []),
  ...(textsOf(blocks.filter(({ type }) => type !== 'actions')).join('').length > 11_000 ? ['all texts together are too long'] : []),
]

/** Every length and count that Slack would refuse in a modal or home tab. */
export const viewProblems = (view: View): string[] => [
  ...atMost('view blocks', view.blocks, 100, 1),
  ...(JSON.stringify(view).length > 250_000 ? ['the view is too large'] : []),
  ...((view.private_metadata ?? '').length > 3000 ? ['private_metadata is too long'] : []),
  ...unique(
    'block_id',
    view.blocks.flatMap(({ block_id }) => block_id ?? []),
  ),
  ...(view.blocks.some(({ type }) => type === 'table') ? ['a table in a view'] : []),
  ...((view.blocks as KnownBlock[]).some(isChart) ? ['a chart in a view'] : []),
  ...(view.type === 'modal' && view.blocks.some(({ type }) => type === 'input') && !view.submit ? ['inputs without submit'] : []),
  ...(view.type === 'modal' ? [view.title, view.submit, view.close] : []).flatMap(text => atMost('view title or button', text?.text ?? '–', 24, 1)),
  ...view.blocks.flatMap(block => problemsIn(block as unknown as Json)),
]

export const isChart = (block: KnownBlock): boolean => asChart(block) !== undefined

/** Every text in a structure that a person reads. */
export function textsOf(json: unknown): string[] {
  if (Array.isArray(json)) return json.flatMap(textsOf)
  if (json === null || typeof json !== 'object') return []
  return Object.entries(json).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? (key === 'text' || key === 'initial_value' ? [value] : []) : textsOf(value),
  )
}

function problemsIn(json: Json): string[] {
  if (json.type === 'data_visualization') return [...chartProblems(json as unknown as ChartBlock), ...malformed(json)]
  const own = Object.values(json).flatMap(value => {
    if (Array.isArray(value))
      return value.flatMap(entry => (Array.isArray(entry) ? entry.flatMap(cell => problemsIn(cell as Json)) : problemsIn(entry as Json)))
    return value !== null && typeof value === 'object' ? problemsIn(value as Json) : []
  })
  return [...own, ...(rules[json.type ?? 'option']?.(json) ?? []), ...malformed(json)]
}

/** The console, and the page of a bureau that cards of the tests lead to. */
const isOurs = (url: string): boolean => ['https://duncan.example/', 'https://bureau.example/'].some(start => url.startsWith(start))

const rules: Record<string, (json: Json) => string[]> = {
  header: ({ text }) => atMost('header', textIn(text), 150, 1),
  section: ({ text }) => atMost('section', textIn(text), 3000, 1),
  context: ({ elements }) => [
    ...atMost('context elements', elements, 10, 1),
    ...(elements as Json[]).flatMap(element => atMost('context', textIn(element), 3000, 1)),
  ],
  actions: ({ elements }) => [
    ...atMost('actions', elements, 25, 1),
    ...unique(
      'action_id',
      (elements as Json[]).map(({ action_id }) => String(action_id)),
    ),
  ],
  rich_text: ({ elements }) => atMost('rich text', elements, 100, 1),
  rich_text_section: ({ elements }) => atMost('rich text section', elements, 1000, 1),
  rich_text_quote: ({ elements }) => atMost('rich text quote', elements, 1000, 1),
  rich_text_preformatted: ({ elements }) => atMost('rich text preformatted', elements, 1000, 1),
  text: ({ text }) => atMost('text', text, 3000, 1),
  link: ({ text, url }) => [...atMost('link', text, 3000, 1), ...(isOurs(String(url)) ? [] : ['a link that is not ours'])],
  raw_text: ({ text }) => atMost('cell', text, 3000, 1),
  table: ({ rows }) => [...atMost('rows', rows, 100, 1), ...(rows as unknown[][]).flatMap(row => atMost('columns', row, 20, 1))],
  input: ({ label, hint }) => [...atMost('label', textIn(label), 2000, 1), ...atMost('hint', textIn(hint), 2000, 0)],
  button: ({ text, value, confirm, action_id, accessibility_label }) => [
    ...atMost('button', textIn(text), 75, 1),
    ...atMost('button value', value, 2000, 1),
    ...atMost('action_id', action_id, 255, 1),
    ...atMost('accessibility label', accessibility_label ?? '–', 75, 1),
    ...confirmProblems(confirm as Json | undefined),
  ],
  overflow: ({ options }) => atMost('overflow', options, 5, 2),
  static_select: ({ options, option_groups, action_id }) => [
    ...atMost('options', options ?? ['groups'], 100, 1),
    ...atMost('option groups', option_groups ?? ['options'], 100, 1),
    ...atMost('action_id', action_id, 255, 1),
  ],
  checkboxes: ({ options, action_id }) => [...atMost('checkboxes', options, 10, 1), ...atMost('action_id', action_id, 255, 1)],
  plain_text_input: ({ initial_value, action_id }) => [...atMost('initial value', initial_value ?? '–', 3000, 1), ...atMost('action_id', action_id, 255, 1)],
  datepicker: ({ initial_date }) =>
    initial_date === undefined || /^\d{4}-\d\d-\d\d$/.test(initial_date as string) ? [] : [`date ${JSON.stringify(initial_date)}`],
  image: ({ alt_text, slack_file, image_url }) => [
    ...atMost('alt text', alt_text, 2000, 1),
    ...(/^F[A-Z0-9]{8,}$/.test((slack_file as { id: string }).id) && image_url === undefined ? [] : ['a picture that is not ours']),
  ],
  mrkdwn: () => ['markup, which could be a debtor’s'],
  // What has no type: an option, a confirmation, a group of options.
  option: json =>
    json.value === undefined
      ? []
      : [
          ...atMost('option', textIn(json.text), 75, 1),
          ...atMost('option value', json.value, 150, 1),
          ...atMost('option note', textIn(json.description ?? { text: '–' }), 75, 1),
        ],
}

/** What others found that Slack refuses in a chart, which its published types do not have yet. */
function chartProblems({ title, chart: { type, axis_config, series } }: ChartBlock): string[] {
  const { categories } = axis_config
  const labels = [...categories, ...series.map(({ name }) => name)]
  const covers = series.every(({ data }) => JSON.stringify(data.map(({ label }) => label)) === JSON.stringify(categories))
  return [
    ...(type === 'bar' ? [] : [`a chart of kind ${String(type)}`]),
    ...atMost('chart title', title, 50, 1),
    ...atMost('points', categories, 20, 1),
    ...atMost('series', series, 6, 1),
    ...labels.flatMap(label => [...atMost('chart label', label.trim(), 20, 1), ...malformed({ label })]),
    ...unique('category', categories),
    ...unique(
      'series',
      series.map(({ name }) => name),
    ),
    ...(covers && series.every(({ data }) => data.every(({ value }) => Number.isFinite(value) && value >= 0)) ? [] : ['values that are none']),
  ]
}

const confirmProblems = (confirm: Json | undefined): string[] =>
  confirm === undefined
    ? []
    : [
        ...atMost('confirm title', textIn(confirm.title), 100, 1),
        ...atMost('confirm text', textIn(confirm.text), 300, 1),
        ...atMost('confirm yes', textIn(confirm.confirm), 30, 1),
        ...atMost('confirm no', textIn(confirm.deny), 30, 1),
      ]

const textIn = (text: unknown): string => (text === undefined ? '' : String((text as Json).text))

function atMost(what: string, value: unknown, most: number, least: number): string[] {
  const { length } = value as string | unknown[]
  return length > most || length < least ? [`${what} has ${length} of ${least} to ${most}`] : []
}

const unique = (what: string, ids: string[]): string[] => (new Set(ids).size === ids.length ? [] : [`a ${what} twice`])

const malformed = (json: Json): string[] =>
  Object.values(json).flatMap(value => (typeof value === 'string' && !value.isWellFormed() ? ['half a character'] : []))
