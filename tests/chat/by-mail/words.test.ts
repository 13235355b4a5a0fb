import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { keyIn, keywordOf, keywordsIn, withKey, withoutKey } from '../../../src/chat/by-mail/keyword.ts'
import { drawHtml, drawText, looks, partsOf } from '../../../src/chat/by-mail/parts.ts'
import { cardSchema } from '../../../src/chat/card.ts'
import { languages, wordsOf } from '../../../src/chat/words/index.ts'
import { anyCardWith } from '../slack/any-card.ts'

test('the word that a mail asks for is understood in every language, however it is written, and only alone on the first line', () => {
  for (const language of languages) {
    const { approve, reject } = keywordsIn(wordsOf(language))

    assert.deepEqual([approve, ` ${approve.toLowerCase()}. `, `\n\n${approve}\nwhy not`].map(keywordOf), ['approve', 'approve', 'approve'], language)
    assert.deepEqual([reject, `${reject}!\nno`].map(keywordOf), ['reject', 'reject'], language)
  }
  for (const text of ['', 'Hello\nAPPROVE', '> APPROVE', 'I APPROVE', 'APPROVE it', 'DISAPPROVE', 'APPROVE REJECT', '|APPROVE'])
    assert.equal(keywordOf(text), undefined, text)
})

test('a key survives in any subject, and can be taken out of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.stringMatching(/^[\w-]{43}$/), (subject, key) => {
      fc.pre(keyIn(subject) === undefined)

      assert.equal(keyIn(`Re: ${withKey(subject, key)}`), key)
      assert.ok(!withoutKey(withKey(subject, key)).includes(key))
    }),
    { numRuns: 100 },
  )
})

test('no card can become markup of a mail or a page, and what others wrote is marked on every line', () => {
  fc.assert(
    fc.property(anyCardWith('1'), card => {
      const parts = cardSchema.parse(card).elements.flatMap(partsOf)
      const html = drawHtml(parts, look => `class="${look}"`)

      const ours = new RegExp(`</?div(?: class="(?:${[...looks, 'label'].join('|')})")?>|<br>|&(?:amp|lt|gt|quot|#39);`, 'g')
      assert.doesNotMatch(html.replaceAll(ours, ''), /[<>&"']/)
      const foreign = parts.filter(({ look }) => look === 'quote' || look === 'letter')
      for (const part of foreign)
        assert.ok(
          drawText([part])
            .split('\n')
            .every(line => /^[>|]/.test(line)),
        )
    }),
    { numRuns: 40 },
  )
})
