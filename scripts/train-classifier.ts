import { writeFileSync } from 'node:fs'
import { fitClassifier } from '../src/triage/local/fit.ts'
import { encodeModel, modelPath } from '../src/triage/local/model.ts'
import { findLeaks, foldOf, hashCorpus, isHeldBack, readCorpus } from '../tests/evals/corpus.ts'

// npm run train: builds the local classifier's model from the labelled mails; the held-back quarter is never shown to it.

const folds = 5
const mails = readCorpus()
const leaks = findLeaks(mails)
if (leaks.length > 0) {
  console.error(`These held-back mails are nearly in the training mails; reword them or give both the same situation:\n${leaks.join('\n')}`)
  process.exit(1)
}
const training = mails.filter(mail => !isHeldBack(mail))
const examples = training.map(mail => ({
  subject: mail.subject,
  replyText: mail.text,
  language: mail.language,
  intents: mail.intents,
  fold: foldOf(mail, folds),
}))
const encoded = encodeModel(fitClassifier(examples, hashCorpus(mails)))
writeFileSync(modelPath, encoded)
console.log(`Trained on ${training.length} mails, ${mails.length - training.length} held back; ${modelPath} has ${Math.round(encoded.length / 1024)} KiB.`)
