import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { classifyIntents } from '../src/triage/local/classify.ts'
import { messageOf, readCorpus } from '../tests/evals/corpus.ts'
import { readLocally } from '../tests/evals/engines.ts'

export type TriageBench = {
  mails: number
  /** The whole local reading: language, intents, facts, guards. */
  mailsPerSecond: number
  /** The classifier alone. */
  classifiedPerSecond: number
  /** Loading the model and the language data, with the first mail. */
  firstMailMs: number
}

/** Speed of the local triage on one core, over the labelled mails made as long as real ones. */
export const benchTriage = async ({ mails }: { mails: number }): Promise<TriageBench> => {
  const corpus = readCorpus()
  const ofLanguage = Map.groupBy(corpus, ({ language }) => language)
  const read = readLocally()
  const load = Array.from({ length: mails }, (_, at) => {
    const mail = corpus[(at * 7) % corpus.length]
    const mates = ofLanguage.get(mail?.language ?? '') ?? []
    const other = mates[(at * 13 + 5) % mates.length]
    if (mail === undefined || other === undefined) throw new Error('The corpus is empty.')
    // Two mails of one language in one, with a number of its own, so that no reading is the same as an earlier one.
    return { ...mail, text: `${mail.text}\n\n${other.text}\nRef. ${100_000 + at}` }
  })
  const [first] = load
  const beforeFirst = performance.now()
  if (first !== undefined) await read(first)
  const firstMailMs = performance.now() - beforeFirst
  const started = performance.now()
  for (const mail of load) await read(mail)
  const seconds = (performance.now() - started) / 1000
  const classifyStarted = performance.now()
  for (const mail of load) classifyIntents(messageOf(mail), mail.language)
  const classifySeconds = (performance.now() - classifyStarted) / 1000
  return {
    mails,
    mailsPerSecond: Math.round(mails / seconds),
    classifiedPerSecond: Math.round(mails / classifySeconds),
    firstMailMs: Math.round(firstMailMs),
  }
}

if (import.meta.main) {
  const { values: options } = parseArgs({ options: { mails: { type: 'string', default: '2000' }, json: { type: 'boolean', default: false } } })
  const result = await benchTriage({ mails: Number(options.mails) })
  if (options.json) console.log(JSON.stringify(result))
  else console.table(result)
}
