import fc from 'fast-check'
import type { CardInput } from '../../../src/chat/card.ts'

// Cards such as no builder makes: whatever fits the schema.

const parts = [
  'Bakkerij Jansen B.V.',
  '<!channel> <!here> <@U123> <#C1|x> <https://evil.example|click>',
  '@channel *bold* _it_ ~no~ `code` &amp; :smile:',
  '👩‍👩‍👧‍👦🇳🇱👍🏽',
  'مرحبا بالعالم שלום',
  '\u202eevil\u2066x\u2069',
  '\ud800',
  '\udc00x',
  '\u0000\u0007\r\n\t',
  '',
  ' ',
  '__proto__',
  'wij betalen vrijdag.\n\nMet vriendelijke groet',
]
const word = fc.oneof(fc.constantFrom(...parts), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 }))
const short = fc.array(word, { maxLength: 3 }).map(words => words.join(' '))
/** Now and then as long as a hostile mail. */
export const anyText = fc.oneof(
  { weight: 6, arbitrary: short },
  {
    weight: 1,
    arbitrary: fc
      .tuple(word, fc.integer({ min: 1, max: 50_000 }))
      .map(([text, length]) => `${text || 'x'} `.repeat(Math.ceil(length / (text.length + 1))).slice(0, length)),
  },
)

const button = fc.record(
  {
    action: fc.constantFrom('proposal.approve', 'proposal.edit', '__proto__', ''),
    label: anyText,
    style: fc.constantFrom('primary' as const, 'default' as const, 'danger' as const),
    confirm: fc.record({ title: anyText, text: anyText, yes: short }),
    data: fc.dictionary(fc.oneof(fc.constant('proposal'), short), fc.oneof(fc.constant('12'), anyText), { maxKeys: 3 }),
  },
  { requiredKeys: ['action', 'label'] },
)
const tone = fc.constantFrom('neutral' as const, 'good' as const, 'warning' as const, 'bad' as const)
const facts = fc.oneof(
  { weight: 5, arbitrary: fc.array(fc.record({ label: short, value: anyText }), { maxLength: 6 }) },
  { weight: 1, arbitrary: fc.array(fc.record({ label: short, value: short }), { minLength: 150, maxLength: 200 }) },
)
const id = fc.oneof(fc.constant('tick.1'), short, fc.string({ minLength: 300, maxLength: 400 }))
const option = fc.record({ value: short, label: anyText })
const field = fc.oneof(
  fc.record({ type: fc.constant('text' as const), id, label: anyText, value: anyText, multiline: fc.boolean(), required: fc.boolean() }),
  fc.record({
    type: fc.constant('choice' as const),
    id,
    label: anyText,
    value: short,
    options: fc.oneof(
      { weight: 5, arbitrary: fc.array(option, { maxLength: 5 }) },
      { weight: 1, arbitrary: fc.array(option, { minLength: 90, maxLength: 260 }) },
    ),
  }),
  fc.record({ type: fc.constant('toggle' as const), id, label: anyText, value: fc.boolean(), note: short }, { requiredKeys: ['type', 'id', 'label', 'value'] }),
  fc.record({ type: fc.constant('date' as const), id, label: anyText, value: fc.constantFrom('2026-02-03', '', '2026-02-31', 'soon') }),
)
const table = fc.integer({ min: 0, max: 25 }).chain(columns =>
  fc.record({
    type: fc.constant('table' as const),
    columns: fc.array(fc.record({ title: short, align: fc.constantFrom('left' as const, 'right' as const) }), { minLength: columns, maxLength: columns }),
    rows: fc.array(fc.array(anyText, { maxLength: columns + 1 }), { maxLength: 12 }),
  }),
)
const manyRows = fc.integer({ min: 100, max: 400 }).map(rows => ({
  type: 'table' as const,
  columns: [{ title: 'Invoice' }, { title: 'Open', align: 'right' as const }],
  rows: Array.from({ length: rows }, (_none, index) => [`2026-${index}`, '€ 1.210,00']),
}))
const source = fc.oneof(
  fc.record({ of: fc.constant('message' as const), attachmentId: fc.nat() }),
  fc.record({ of: fc.constant('source' as const), messageId: fc.nat() }),
  fc.record({ of: fc.constant('action' as const), actionId: fc.nat(), index: fc.nat() }),
)
const value = fc.record({ value: fc.oneof(fc.constantFrom('0', '-12.50', '999999999999999999.999999', '1210.00')), text: short })
const chart = fc.record({
  type: fc.constant('chart' as const),
  title: anyText,
  series: fc.array(short, { minLength: 1, maxLength: 4 }),
  points: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.array(fc.record({ label: fc.oneof(short, fc.constantFrom('1–30', '31–60')), values: fc.array(value, { maxLength: 4 }) }), { maxLength: 8 }),
    },
    { weight: 1, arbitrary: fc.array(fc.record({ label: anyText, values: fc.array(value, { maxLength: 4 }) }), { maxLength: 60 }) },
  ),
})
/** One that every surface draws as bars. */
const drawnChart = fc
  .uniqueArray(
    fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 15 }).filter(label => label.trim() === label),
    { minLength: 1, maxLength: 20 },
  )
  .map(labels => ({
    type: 'chart' as const,
    title: 'Open by days overdue',
    series: ['Open'],
    points: labels.map((label, index) => ({ label, values: [{ value: String(index + 1), text: `€ ${index + 1}` }] })),
  }))
const image = (shown: string) =>
  fc.record({ type: fc.constant('image' as const), alt: anyText, name: anyText, note: short, source, shown: fc.constantFrom(shown, undefined) })
/** A page of a bureau, the only one elsewhere that cards lead to. */
const webAddress = fc.string({ unit: 'binary', maxLength: 60 }).map(path => `https://bureau.example/${encodeURIComponent(path.toWellFormed())}`)
const element = (shown: string) =>
  fc.oneof(
    fc.record({ type: fc.constant('text' as const), text: anyText, tone, weight: fc.constantFrom('normal' as const, 'strong' as const, 'subtle' as const) }),
    fc.record(
      {
        type: fc.constant('quote' as const),
        text: anyText,
        source: short,
        marks: fc.array(fc.record({ start: fc.integer(), end: fc.nat({ max: 60_000 }) }), { maxLength: 4 }),
      },
      { requiredKeys: ['type', 'text'] },
    ),
    fc.record({ type: fc.constant('letter' as const), label: anyText, facts, text: anyText }),
    fc.record({ type: fc.constant('notice' as const), tone, title: anyText, lines: fc.array(anyText, { maxLength: 5 }) }),
    fc.record({ type: fc.constant('facts' as const), inline: fc.boolean(), facts }),
    fc.record({ type: fc.constant('files' as const), files: fc.array(fc.record({ name: anyText, note: short, source }), { maxLength: 4 }) }),
    table,
    manyRows,
    chart,
    drawnChart,
    image(shown),
    field.map(drawn => ({ type: 'field' as const, field: drawn })),
    fc.record({ type: fc.constant('pick' as const), text: anyText, note: anyText, button }),
    fc.record({ type: fc.constant('page' as const), label: anyText, debtorId: fc.nat() }),
    fc.record({ type: fc.constant('link' as const), label: anyText, url: webAddress }),
    fc.constant({ type: 'divider' as const }),
  )

/** Any card, its pictures `shown` so: texts of 50,000 characters, half characters, mentions, 60 buttons, 200 facts, tables of 400 rows. */
export const anyCardWith = (shown: string): fc.Arbitrary<CardInput> =>
  fc.record(
    {
      title: anyText,
      subtitle: anyText,
      status: fc.record({ text: short, tone }),
      elements: fc.oneof(
        { weight: 5, arbitrary: fc.array(element(shown), { maxLength: 8 }) },
        { weight: 1, arbitrary: fc.array(element(shown), { minLength: 40, maxLength: 120 }) },
      ),
      buttons: fc.array(button, { maxLength: 3 }),
      more: fc.oneof(
        { weight: 5, arbitrary: fc.array(button, { maxLength: 7 }) },
        { weight: 1, arbitrary: fc.array(button, { minLength: 50, maxLength: 60 }) },
      ),
      fallback: anyText,
    },
    { requiredKeys: ['title', 'elements', 'fallback'] },
  )
