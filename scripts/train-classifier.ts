import { writeFileSync } from 'node:fs'
import { intents } from '#triage'
import { fitClassifier } from '../src/triage/local/fit.ts'
import { encodeModel, modelPath } from '../src/triage/local/model.ts'
import { examplesOf, findLeaks, hashCorpus, readCorpus, readPhrases, splitCorpus } from '../tests/evals/corpus.ts'

// npm run train: builds the local classifier's model from the labelled mails and plain phrases; the held-back quarter is never shown to it.

const mails = readCorpus()
const split = splitCorpus(mails)
const phrases = readPhrases()
const leaks = findLeaks(split, phrases)
if (leaks.length > 0) {
  console.error(`These held-back mails are nearly in the training mails or phrases; reword them or give both the same situation:\n${leaks.join('\n')}`)
  process.exit(1)
}
const encoded = encodeModel(fitClassifier(examplesOf(split.training, phrases), intents, hashCorpus(mails, phrases)))
writeFileSync(modelPath, encoded)
console.log(
  `Trained on ${split.training.length} mails and ${phrases.length} phrases, ${split.heldBack.length} held back; ${modelPath} has ${Math.round(encoded.length / 1024)} KiB.`,
)
