import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CardInput, cardSchema } from '../../../src/chat/card.ts'
import { renderMessage } from '../../../src/chat/slack/render-card.ts'
import { renderForm, renderHome } from '../../../src/chat/slack/render-view.ts'
import { clean } from '../../../src/chat/slack/text.ts'
import { wordsOf } from '../../../src/chat/words/index.ts'
import { messageProblems, textsOf, viewProblems } from '../../support/slack-lengths.ts'
import { hashOfTypes, keptSchemas, slackSchemas } from '../../support/slack-schema.ts'
import type { Home, Modal } from '../../support/slack-types.ts'
import { anyCard, anyText } from './any-card.ts'

const deps = { words: wordsOf('en').platforms, publicUrl: 'https://duncan.example' }
const schemas = slackSchemas()
const render = (card: CardInput) => renderMessage(cardSchema.parse(card), 'post', deps)
const everyMessage = (card: CardInput) => {
  const { rest, ...first } = render(card)
  return [first, ...rest]
}

test('the schemas are those of the installed types', () => {
  assert.equal(keptSchemas().madeFrom, hashOfTypes(), 'run node tests/support/slack-schema.ts, then format its file')
})

test('whatever a card says, Slack takes the messages that draw it', () => {
  fc.assert(
    fc.property(anyCard, fc.constantFrom('post' as const, 'reply' as const, 'answer' as const), (input, kind) => {
      const { rest, ...first } = renderMessage(cardSchema.parse(input), kind, deps, '["x"]')

      for (const { blocks, text } of [first, ...rest]) {
        assert.deepEqual(schemas.blocks(blocks), [])
        assert.deepEqual(messageProblems(blocks, text), [])
      }
    }),
    { numRuns: 35, endOnFailure: true },
  )
})

test('whatever a card says, Slack takes the form and the home tab that draw it', () => {
  fc.assert(
    fc.property(anyCard, input => {
      const card = cardSchema.parse(input)

      const [form, home] = [renderForm(card, 'home', deps, 'x'), renderHome(card, deps)]

      assert.deepEqual(schemas.modal(form as Modal), [])
      assert.deepEqual(viewProblems(form), [])
      assert.deepEqual(schemas.home(home as Home), [])
      assert.deepEqual(viewProblems(home), [])
    }),
    { numRuns: 20, endOnFailure: true },
  )
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

      const said = messages.flatMap(({ blocks }) => textsOf(blocks)).join('')

      for (const text of [mail, reply]) assert.ok(withoutContinuations(said).includes(clean(text)))
    }),
    { numRuns: 40, endOnFailure: true, examples: [['Wij betalen vrijdag. 👩‍👩‍👧‍👦\n'.repeat(2000), 'مرحبا '.repeat(3000)]] },
  )
})

const withoutContinuations = (text: string): string => text.replaceAll(/The rest is in the thread(, in \d+ messages)?|Continued, \d+ of \d+/g, '')
