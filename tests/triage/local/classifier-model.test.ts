import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { intents } from '#triage'
import { fitClassifier } from '../../../src/triage/local/fit.ts'
import { decodeModel, encodeModel, modelPaths, shippedModel } from '../../../src/triage/local/model.ts'
import { examplesOf, findLeaks, hashExamples, readCorpus, readPhrases, readReasons, reasonExamplesOf, splitCorpus } from '../../evals/corpus.ts'

test('the shipped models were trained on the labelled mails as they stand', () => {
  const { training } = splitCorpus(readCorpus())

  assert.equal(shippedModel('intents').corpusHash, hashExamples(examplesOf(training, readPhrases())), 'run "npm run train" and commit the models')
  assert.equal(shippedModel('reasons').corpusHash, hashExamples(reasonExamplesOf(training, readReasons())), 'run "npm run train" and commit the models')
})

test('the shipped models are small', () => {
  assert.ok(statSync(modelPaths.intents).size + statSync(modelPaths.reasons).size < 2 * 1024 * 1024)
})

test('training twice on the same mails gives the same model, byte for byte', () => {
  const examples = examplesOf(splitCorpus(readCorpus()).training, readPhrases())
    .filter((_example, at) => at % 12 === 0)
    .map(example => ({ ...example, fold: example.fold === undefined ? undefined : example.fold % 2 }))

  const [first, second] = [fitClassifier(examples, intents, 'tiny'), fitClassifier(examples, intents, 'tiny')]

  assert.equal(encodeModel(first), encodeModel(second))
})

test('a model reads back as it was written', () => {
  const text = readFileSync(modelPaths.intents, 'utf8')

  assert.equal(encodeModel(decodeModel(text, intents)), text)
})

test('a model of another version is refused with what to do', () => {
  const text = readFileSync(modelPaths.intents, 'utf8').replace('"version": 5', '"version": 99')

  assert.throws(() => decodeModel(text, intents), /npm run train|does not fit/)
})

test('no story stands on both sides of the split, and every intent on both', () => {
  const { training, heldBack } = splitCorpus(readCorpus())

  const [known, unseen] = [new Set(training.map(({ situation }) => situation)), new Set(heldBack.map(({ situation }) => situation))]
  const intentsOf = (mails: typeof heldBack) => new Set(mails.flatMap(mail => mail.intents)).size

  assert.deepEqual(
    [...unseen].filter(situation => known.has(situation)),
    [],
  )
  assert.equal(intentsOf(heldBack), 16)
  assert.equal(intentsOf(training), 16)
})

test('a mail keeps its side of the split whatever mails are added', () => {
  const mails = readCorpus()
  const few = mails.filter((_mail, at) => at % 3 === 0)

  const [ofFew, ofAll] = [splitCorpus(few).heldBack, splitCorpus(mails).heldBack]

  assert.deepEqual(
    ofFew,
    ofAll.filter(mail => few.includes(mail)),
  )
})

test('no held-back mail nearly repeats a training mail or a phrase', () => {
  assert.deepEqual(findLeaks(splitCorpus(readCorpus()), readPhrases()), [])
})
