import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CardInput, cardSchema } from '../../../src/chat/card.ts'
import { limits, sizeOf } from '../../../src/chat/teams/limits.ts'
import { clean } from '../../../src/chat/teams/literal.ts'
import { readPress } from '../../../src/chat/teams/press.ts'
import { renderMessage } from '../../../src/chat/teams/render-card.ts'
import { wordsOf } from '../../../src/chat/words/index.ts'
import { cardProblems } from '../../support/adaptive-card.ts'
import { anyCardWith, anyText } from '../slack/any-card.ts'

const picture = `data:image/png;base64,${'A'.repeat(16_000)}`
const deps = { words: wordsOf('en').platforms, publicUrl: 'https://duncan.example' }
const anyCard = anyCardWith(picture)
const surfaces = ['post', 'reply', 'answer', 'form', 'dialog'] as const
const everyCard = (input: CardInput, on: (typeof surfaces)[number] = 'post') => {
  const { rest, ...first } = renderMessage(cardSchema.parse(input), { on, mark: '12.1700000000000' }, deps, { notice: 'x', share: { text: '/debtor x' } })
  return [first, ...rest]
}
type Json = { type?: string; text?: string; [key: string]: unknown }
const nodes = (json: unknown): Json[] => {
  if (Array.isArray(json)) return json.flatMap(nodes)
  if (json === null || typeof json !== 'object') return []
  return [json as Json, ...Object.entries(json).flatMap(([key, value]) => (key === 'data' ? [] : nodes(value)))]
}
const said = (json: unknown): string =>
  nodes(json)
    .filter(({ type }) => type === 'TextRun')
    .map(({ text }) => text)
    .join('')

test('whatever a card says, the messages that draw it are valid, small enough, and never without words for a notification', () => {
  fc.assert(
    fc.property(anyCard, fc.constantFrom(...surfaces), (input, on) => {
      for (const { card, text } of everyCard(input, on)) {
        assert.deepEqual(cardProblems(card), [])
        assert.ok(sizeOf(card) < 28_000, `${sizeOf(card)} bytes`)
        assert.ok(text.trim() !== '' && text.length <= limits.fallback + 20)
        assert.ok(JSON.stringify(card).isWellFormed())
        for (const { type, actions, title } of nodes(card)) {
          if (type === 'ActionSet') assert.ok((actions as unknown[]).length <= limits.rowOfButtons)
          if (type?.startsWith('Action.')) assert.ok(typeof title === 'string' && title !== '' && title.length <= 200)
        }
      }
    }),
    { numRuns: 40, endOnFailure: true },
  )
})

test('no text of a card is markup: it stands in rich texts, which are drawn literally, and no date in it is worked out', () => {
  fc.assert(
    fc.property(anyCard, input => {
      for (const { card } of everyCard(input)) {
        const drawn = nodes(card)
        assert.ok(drawn.every(({ type }) => type !== 'TextBlock' && type !== 'FactSet'))
        assert.ok(drawn.every(({ type, url }) => type !== 'Image' || url === picture))
        assert.ok(drawn.every(({ type, text }) => type !== 'TextRun' || !text?.includes('{{')))
        const links = (input.elements ?? []).flatMap(element => (element.type === 'link' ? [element.url] : []))
        assert.ok(drawn.every(({ type, url }) => type !== 'Action.OpenUrl' || links.includes(String(url)) || String(url).startsWith(`${deps.publicUrl}/`)))
      }
    }),
    { numRuns: 20, endOnFailure: true },
  )
})

test('nothing that a card says is lost: what one message does not take follows in the thread', () => {
  fc.assert(
    fc.property(anyText, anyText, (mail, reply) => {
      const words = everyCard({
        title: 'Bakkerij Jansen',
        elements: [
          { type: 'quote', text: mail },
          { type: 'letter', label: 'Reply', text: reply },
        ],
        fallback: 'x',
      }).map(({ card }) => said(card))

      const whole = words.join('').replaceAll(/The rest is in the thread(, in \d+ messages)?|Continued, \d+ of \d+/g, '')
      for (const text of [mail, reply]) assert.ok(whole.includes(clean(text)))
    }),
    { numRuns: 30, endOnFailure: true },
  )
})

const point = (label: string, ...values: string[]) => ({ label, values: values.map(value => ({ value, text: `€ ${value}` })) })
const charts = (cards: unknown) => nodes(cards).filter(({ type }) => type?.startsWith('Chart.'))

test('a chart is one of Teams’ own, which other clients leave out, with its figures below; what bars would tell wrong is told in words', () => {
  const drawn = (series: string[], ...points: ReturnType<typeof point>[]) =>
    everyCard({ title: 'x', elements: [{ type: 'chart', title: 'Open', series, points }], fallback: 'x' })

  const one = drawn(['Open'], point('1–30', '200.50'), point('31–60', '0'))
  const two = drawn(['Limit', 'Open'], point('May', '5', '7'))
  const below = drawn(['Open'], point('1–30', '200'), point('31–60', '-5'))

  const [single] = charts(one)
  assert.deepEqual(
    [single?.type, single?.fallback, single?.data],
    [
      'Chart.VerticalBar',
      'drop',
      [
        { x: '1–30', y: 200.5 },
        { x: '31–60', y: 0 },
      ],
    ],
  )
  assert.equal(charts(two)[0]?.type, 'Chart.VerticalBar.Grouped')
  assert.deepEqual(charts(below), [])
  for (const [cards, text] of [
    [one, '€\u00a0200.50'],
    [two, '€\u00a07'],
    [below, '€\u00a0-5'],
  ] as const)
    assert.ok(said(cards).includes(text), text)
})

test('braces without end make no card too large', () => {
  const cards = everyCard({ title: 'x', elements: [{ type: 'quote', text: '{'.repeat(20_000) }], fallback: 'x' })

  for (const { card } of cards) assert.ok(sizeOf(card) < 28_000)
})

test('what a pressed button carries comes back with the values of the fields, by the names that the card gave them', () => {
  const card = cardSchema.parse({
    title: 'x',
    elements: [
      { type: 'field', field: { type: 'toggle', id: 'tick.1', label: 'Send (2026-04) *now* [here](http://evil.example)', value: true } },
      { type: 'field', field: { type: 'text', id: '__proto__', label: 'Text', value: 'old' } },
    ],
    buttons: [{ action: 'proposal.approve', label: 'Approve', data: { proposal: '12' } }],
    fallback: 'x',
  })
  const { card: drawn } = renderMessage(card, { on: 'post', mark: '12.1' }, deps)
  const inputs = nodes(drawn.body).filter(({ type }) => type?.startsWith('Input.'))
  assert.equal((inputs[0] as { title?: string }).title, 'Send (2026-04) ∗now∗ [here]\u2060(http://evil.example)', 'nothing is escaped, nothing makes a link')
  const data = (drawn.actions?.[0] as { data: object } | undefined)?.data

  const read = readPress({ ...data, ...Object.fromEntries(inputs.map(({ id }, index) => [id, index === 0 ? 'false' : 'new'])) })

  assert.deepEqual(read?.press, { action: 'proposal.approve', data: { proposal: '12' } })
  assert.deepEqual(Object.entries(read?.values ?? {}), [
    ['tick.1', 'false'],
    ['__proto__', 'new'],
  ])
  assert.equal(read?.mark, '12.1')
})

test('a button that cannot be undone asks first, with the fields of the card', () => {
  const confirm = { title: 'Sure?', text: 'It goes to a@b.example', yes: 'Send it' }
  const { card } = renderMessage(
    cardSchema.parse({ title: 'x', elements: [], buttons: [{ action: 'a', label: 'Send', confirm }], fallback: 'x' }),
    { on: 'post' },
    deps,
  )

  const [asking] = card.actions ?? []
  assert.equal(asking?.type, 'Action.ShowCard')
  assert.ok(said(asking).includes('It goes to a@b.example'))
  assert.deepEqual(
    nodes(asking)
      .filter(({ type }) => type === 'Action.Execute')
      .map(({ title }) => title),
    ['Send it'],
  )
})
