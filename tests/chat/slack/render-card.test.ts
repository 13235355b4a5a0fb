import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CardInput, cardSchema } from '../../../src/chat/card.ts'
import { renderMessage } from '../../../src/chat/slack/render-card.ts'
import { renderForm, renderHome } from '../../../src/chat/slack/render-view.ts'
import { clean } from '../../../src/chat/slack/text.ts'
import { wordsOf } from '../../../src/chat/words/index.ts'
import { isChart, messageProblems, textsOf, viewProblems } from '../../support/slack-lengths.ts'
import { hashOfTypes, keptSchemas, slackSchemas } from '../../support/slack-schema.ts'
import type { Home, Modal } from '../../support/slack-types.ts'
import { anyCardWith, anyText } from './any-card.ts'

const deps = { words: wordsOf('en').platforms, publicUrl: 'https://duncan.example' }
const schemas = slackSchemas()
const render = (card: CardInput) => renderMessage(cardSchema.parse(card), 'post', deps)
const everyMessage = (card: CardInput) => {
  const { rest, ...first } = render(card)
  return [first, ...rest]
}
const values = (value: string, text: string) => [{ value, text }]
const card = (elements: CardInput['elements']): CardInput => ({ title: 'Bakkerij Jansen', elements, fallback: 'x' })
const drawn = (input: CardInput) => everyMessage(input).flatMap(({ blocks }) => blocks)
const said = (blocks: unknown): string => textsOf(blocks).join('')

test('the schemas are those of the installed types', () => {
  assert.equal(keptSchemas().madeFrom, hashOfTypes(), 'run node tests/support/slack-schema.ts, then format its file')
})

test('whatever a card says, Slack takes the messages that draw it', () => {
  fc.assert(
    fc.property(anyCardWith('F0123456789'), fc.constantFrom('post' as const, 'reply' as const, 'answer' as const), (input, kind) => {
      const { rest, ...first } = renderMessage(cardSchema.parse(input), kind, deps, '["x"]')

      for (const { blocks, text } of [first, ...rest]) {
        assert.deepEqual(schemas.blocks(blocks.filter(block => !isChart(block))), [])
        assert.deepEqual(messageProblems(blocks, text), [])
      }
    }),
    { numRuns: 35, endOnFailure: true },
  )
})

test('whatever a card says, Slack takes the form and the home tab that draw it', () => {
  fc.assert(
    fc.property(anyCardWith('F0123456789'), input => {
      const parsed = cardSchema.parse(input)

      const [form, home] = [renderForm(parsed, 'home', deps, 'x'), renderHome(parsed, deps)]

      assert.deepEqual(schemas.modal(form as Modal), [])
      assert.deepEqual(viewProblems(form), [])
      assert.deepEqual(schemas.home(home as Home), [])
      assert.deepEqual(viewProblems(home), [])
    }),
    { numRuns: 20, endOnFailure: true },
  )
})

test('a chart is drawn where Slack draws one, and its figures stand beside it in words, in forms and on home tabs alone', () => {
  const points = [
    { label: 'Not due', values: values('3200.00', '€3,200') },
    { label: '1–30', values: values('1210.50', '€1,211') },
  ]
  const charts = ['EUR', 'GBP', 'PLN'].map(title => ({ type: 'chart' as const, title, series: ['Open'], points }))

  const all = drawn(card(charts))
  const [first] = all.filter(isChart) as unknown as { title: string; chart: object }[]
  const below = drawn(card([{ type: 'chart', title: 'Credit', series: ['Open'], points: [...points, { label: '31–60', values: values('-5', '-€5') }] }]))

  assert.equal(all.filter(isChart).length, 2, 'Slack takes no third one')
  assert.deepEqual(first, {
    type: 'data_visualization',
    title: 'EUR',
    chart: {
      type: 'bar',
      axis_config: { categories: ['Not due', '1–30'] },
      series: [
        {
          name: 'Open',
          data: [
            { label: 'Not due', value: 3200 },
            { label: '1–30', value: 1210.5 },
          ],
        },
      ],
    },
  })
  assert.equal(said(all).match(/Not\u00a0due\u00a0€3,200\u20031\u2060–\u206030\u00a0€1,211/g)?.length, 3)
  assert.ok(said(all).includes('PLN') && said(renderHome(cardSchema.parse(card(charts)), deps)).includes('PLNNot\u00a0due\u00a0€3,200'))
  assert.ok(below.every(block => !isChart(block)) && said(below).includes('Credit') && said(below).includes('-€5'), 'bars below nothing are told in words')
})

test('nothing that a card says is lost: what one message does not take follows in the thread', () => {
  fc.assert(
    fc.property(anyText, anyText, (mail, reply) => {
      const messages = everyMessage({
        title: 'Bakkerij Jansen',
        elements: [
          { type: 'quote', text: mail },
          { type: 'letter', label: 'Reply', text: reply },
        ],
        fallback: 'x',
      })

      const told = messages.flatMap(({ blocks }) => textsOf(blocks)).join('')

      for (const text of [mail, reply]) assert.ok(withoutContinuations(told).includes(clean(text)))
    }),
    { numRuns: 40, endOnFailure: true, examples: [['Wij betalen vrijdag. 👩‍👩‍👧‍👦\n'.repeat(2000), 'مرحبا '.repeat(3000)]] },
  )
})

const withoutContinuations = (text: string): string => text.replaceAll(/The rest is in the thread(, in \d+ messages)?|Continued, \d+ of \d+/g, '')
