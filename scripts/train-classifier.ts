import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { disputeReasons, intents } from '#triage'
import { fitClassifier } from '../src/triage/local/fit.ts'
import { encodeModel, modelPaths } from '../src/triage/local/model.ts'
import { examplesOf, findLeaks, hashExamples, readCorpus, readPhrases, readReasons, reasonExamplesOf, splitCorpus } from '../tests/evals/corpus.ts'

// npm run train [-- --only intents|reasons]: builds the local classifier's models from the labelled mails and plain phrases;
// the held-back quarter is never shown to them.

const { values: options } = parseArgs({ options: { only: { type: 'string' } } })
const mails = readCorpus()
const split = splitCorpus(mails)
const [phrases, reasons] = [readPhrases(), readReasons()]
const leaks = findLeaks(split, phrases)
if (leaks.length > 0) {
  console.error(`These held-back mails are nearly in the training mails or phrases; reword them or give both the same situation:\n${leaks.join('\n')}`)
  process.exit(1)
}
const learned = { intents: examplesOf(split.training, phrases), reasons: reasonExamplesOf(split.training, reasons) }
const classes = { intents, reasons: disputeReasons }
for (const name of ['intents', 'reasons'] as const) {
  if (options.only !== undefined && options.only !== name) continue
  const encoded = encodeModel(fitClassifier(learned[name], classes[name], hashExamples(learned[name])))
  writeFileSync(modelPaths[name], encoded)
  console.log(`${modelPaths[name]} has ${Math.round(encoded.length / 1024)} KiB.`)
}
console.log(`Trained on ${split.training.length} mails and ${phrases.length} phrases, ${split.heldBack.length} mails held back.`)
