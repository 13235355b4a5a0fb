import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { assertedFrom, type MessageToRead } from '#triage'
import { classifyIntents, confidenceFloor } from '../../../src/triage/local/classify.ts'
import { splitSentences } from '../../../src/triage/local/text.ts'
import { messageOf, readCorpus, splitCorpus } from '../../evals/corpus.ts'

const message = (replyText: string, subject = '', kind: MessageToRead['kind'] = 'mail'): MessageToRead => ({
  ...messageOf({ id: '', situation: '', subject, text: replyText, intents: ['unrelated'], date: '2026-05-18', facts: {}, language: '' }),
  kind,
})

test('intents come best first, above the floor, with evidence that is literally there', () => {
  for (const mail of readCorpus()) {
    const found = classifyIntents(messageOf(mail), mail.language)

    for (const { intent, confidence, evidence } of found) {
      assert.ok(confidence >= confidenceFloor && confidence <= 1, `${mail.id} ${intent}`)
      if (evidence !== undefined) assert.equal(evidence.text, mail.text.slice(evidence.start, evidence.end))
    }
    assert.deepEqual(
      found.map(({ confidence }) => confidence),
      found.map(({ confidence }) => confidence).toSorted((a, b) => b - a),
    )
  }
})

test('evidence is exact whatever characters a mail has', () => {
  const words = fc.constantFrom(
    'betaald',
    'factuur',
    '😀',
    'é',
    '\n',
    '. ',
    '? ',
    'INV-2026-0412',
    '€ 1.234,50',
    '\u0000',
    '\ud800',
    'NL91 ABNA 0417 1643 00',
    'wij zullen niet ',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 40 }), fc.constantFrom('nl', 'pl', 'und'), (parts, language) => {
      const text = parts.join(' ')

      for (const { evidence } of classifyIntents(message(text), language)) {
        if (evidence !== undefined) assert.equal(evidence.text, text.slice(evidence.start, evidence.end))
      }
    }),
    { numRuns: 200 },
  )
})

test('sentences cover every word of the text, in order and without overlap', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), text => {
      const spans = splitSentences(text)

      let rest = text
      for (const { start, end } of spans.toReversed()) rest = rest.slice(0, start) + rest.slice(end)
      assert.equal(rest.replace(/[\s\u0000-\u0020]/g, ''), '')
    }),
  )
})

test('abbreviations, dates and wrapped lines do not end a sentence', () => {
  const text = 'Wij betalen factuur nr. 2026-04 op 15. mei, d.w.z. zodra onze directeur terug is uit het\nbuitenland. Is dat goed?\nGroet'

  const sentences = splitSentences(text).map(({ start, end }) => text.slice(start, end))

  assert.deepEqual(sentences.slice(-2), ['Is dat goed?', 'Groet'])
})

test('a bounce is a bounce whatever it quotes', () => {
  const [best] = classifyIntents(message('We will pay on Friday.', 'Undelivered', 'bounce'), 'en')

  assert.equal(best?.intent, 'bounce')
})

test('an empty mail asserts nothing', () => {
  const asserted = classifyIntents(message(''), 'und').filter(({ confidence }) => confidence >= assertedFrom)

  assert.deepEqual(asserted, [])
})

test('mails that the classifier never saw: one of each intent and language is read right', () => {
  const { heldBack } = splitCorpus(readCorpus())
  const groups = Map.groupBy(
    heldBack.filter(({ language }) => ['nl', 'fr', 'de', 'pl', 'en'].includes(language)),
    ({ language, intents }) => `${intents[0]} ${language}`,
  )

  const missed = [...groups]
    .filter(([, mails]) => !mails.some(mail => classifyIntents(messageOf(mail), mail.language)[0]?.intent === mail.intents[0]))
    .map(([group]) => group)

  assert.deepEqual(missed, [])
})
