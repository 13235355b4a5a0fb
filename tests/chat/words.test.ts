import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemSchema } from '#proposals'
import { tellProblems } from '../../src/chat/cards/tell-problems.ts'
import { createFormat } from '../../src/chat/format.ts'
import { languages, type Words, wordsOf } from '../../src/chat/words/index.ts'

const leaves = (node: object, path = ''): [string, unknown][] =>
  Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? leaves(value, `${path}.${key}`) : [[`${path}.${key}`, value] as [string, unknown]],
  )
const say = (word: unknown): string => String(typeof word === 'function' ? word('<1>', '<2>', '<3>') : word)

/** All but the problems, which are told of facts of their own. */
function textsOf(language: string): object {
  const { problems: _told, ...texts } = wordsOf(language)
  return texts
}

test('every language says everything, in its own words', () => {
  const english = new Map(leaves(textsOf('en')))
  for (const language of languages.filter(name => name !== 'en')) {
    const own = leaves(textsOf(language))
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
  const english = leaves(textsOf('en'))
  for (const language of languages) {
    const own = new Map(leaves(textsOf(language)))
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

test('every problem is told in every language, in its own words, with all that it is about', () => {
  const facts: Record<string, unknown> = { day: '2026-03-12', status: 418, most: 17, addresses: ['a@korf.example', 'b@korf.example'] }
  const problems = problemSchema.options.flatMap(({ shape }) => {
    const about = Object.keys(shape).map(name => [name, facts[name] ?? `<${name}>`])
    const codes = 'options' in shape.code ? shape.code.options : [...shape.code.values]
    return codes.map(code => problemSchema.parse({ ...Object.fromEntries(about), code }))
  })

  for (const language of languages) {
    const format = createFormat(language, 'Europe/Amsterdam')
    for (const problem of problems) {
      const told = tellProblems([problem], wordsOf(language), format)
      const { code, ...about } = problem
      const values = Object.entries(about).flatMap(([name, value]) => (name === 'day' && code === 'day_over' ? format.day(String(value)) : value))
      assert.deepEqual(
        values.filter(value => !told.includes(String(value))),
        [],
        `${language} ${code}: ${told}`,
      )
      assert.equal(told === tellProblems([problem], wordsOf('en'), format), language === 'en' || code === 'said', `${language} ${code}: ${told}`)
    }
  }
  assert.ok(problems.length > 60, 'all of them')
})

test('a language that Duncan does not speak is answered in English', () => {
  const words: Words = wordsOf('sv')

  assert.equal(words, wordsOf('en'))
})
