import { writeFileSync } from 'node:fs'
import { fitClassifier } from '../src/triage/local/fit.ts'
import { encodeModel, modelPath } from '../src/triage/local/model.ts'
import { findLeaks, hashCorpus, readCorpus, splitCorpus } from '../tests/evals/corpus.ts'

// npm run train: builds the local classifier's model from the labelled mails; the held-back quarter is never shown to it.

const mails = readCorpus()
const split = splitCorpus(mails)
const leaks = findLeaks(split)
if (leaks.length > 0) {
  console.error(`These held-back mails are nearly in the training mails; reword them or give both the same situation:\n${leaks.join('\n')}`)
  process.exit(1)
}
const examples = split.training.map(mail => ({
  subject: mail.subject,
  replyText: mail.text,
  language: mail.language,
  intents: mail.intents,
  situation: mail.situation,
  fold: mail.fold,
}))
const encoded = encodeModel(fitClassifier(examples, hashCorpus(mails)))
writeFileSync(modelPath, encoded)
console.log(`Trained on ${split.training.length} mails, ${split.heldBack.length} held back; ${modelPath} has ${Math.round(encoded.length / 1024)} KiB.`)
