import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages, type Words, wordsOf } from '../../src/chat/words/index.ts'

const leaves = (node: object, path = ''): [string, unknown][] =>
  Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? leaves(value, `${path}.${key}`) : [[`${path}.${key}`, value] as [string, unknown]],
  )
const say = (word: unknown): string => String(typeof word === 'function' ? word('<1>', '<2>', '<3>') : word)

test('every language says everything, in its own words', () => {
  const english = new Map(leaves(wordsOf('en')))
  for (const language of languages.filter(name => name !== 'en')) {
    const own = leaves(wordsOf(language))
    const same = own.filter(([path, word]) => say(word) === say(english.get(path)))

    assert.deepEqual(own.map(([path]) => path).toSorted(), [...english.keys()].toSorted(), language)
    assert.ok(
      own.every(([path, word]) => path.endsWith('.pending') || say(word).trim() !== ''),
      language,
    )
    assert.ok(same.length < own.length / 8, `${language}: ${same.map(([path]) => path).join(' ')}`)
  }
})

test('no language loses what a text is about', () => {
  const english = leaves(wordsOf('en'))
  for (const language of languages) {
    const own = new Map(leaves(wordsOf(language)))
    for (const [path, word] of english) {
      const told = ['<1>', '<2>', '<3>'].filter(part => say(word).includes(part))
      assert.deepEqual(
        ['<1>', '<2>', '<3>'].filter(part => say(own.get(path)).includes(part)),
        told,
        `${language} ${path}`,
      )
    }
  }
})

test('a language that Duncan does not speak is answered in English', () => {
  const words: Words = wordsOf('sv')

  assert.equal(words, wordsOf('en'))
})
