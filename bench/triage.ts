import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { type LabelledMail, readCorpus } from '../tests/evals/corpus.ts'
import { readLocally } from '../tests/evals/engines.ts'

export type TriageBench = {
  mails: number
  /** The whole local reading (guards, language, intents, facts) of the labelled mails as they stand. */
  singleMailsPerSecond: number
  /** Of two of them in one, as long as mail mostly is. */
  joinedMailsPerSecond: number
  /** The slower of the two, which the goal is judged by. */
  mailsPerSecond: number
  /** CPU time of one joined mail: what a busy machine does not change. */
  cpuMsPerJoinedMail: number
  /** Loading the model and the language data, with the first mail. */
  firstMailMs: number
}

/** Speed of the local triage on one core. */
export const benchTriage = async ({ mails }: { mails: number }): Promise<TriageBench> => {
  const corpus = readCorpus()
  const ofLanguage = Map.groupBy(corpus, ({ language }) => language)
  // Each has a number of its own, so that no reading is the same as an earlier one.
  const single = Array.from({ length: mails }, (_, at) => withNumber(pick(corpus, at * 7), at))
  const joined = single.map((mail, at) => {
    const other = pick(ofLanguage.get(mail.language) ?? [], at * 13 + 5)
    return { ...mail, text: `${mail.text}\n\n${other.text}` }
  })
  const read = readLocally()
  const beforeFirst = performance.now()
  await read(pick(single, 0))
  const firstMailMs = performance.now() - beforeFirst
  const [ofSingle, ofJoined] = [await measure(read, single), await measure(read, joined)]
  return {
    mails,
    singleMailsPerSecond: ofSingle.perSecond,
    joinedMailsPerSecond: ofJoined.perSecond,
    mailsPerSecond: Math.min(ofSingle.perSecond, ofJoined.perSecond),
    cpuMsPerJoinedMail: ofJoined.cpuMs,
    firstMailMs: Math.round(firstMailMs),
  }
}

const pick = <T>(all: T[], at: number): T => {
  const one = all[at % all.length]
  if (one === undefined) throw new Error('The corpus is empty.')
  return one
}

const withNumber = (mail: LabelledMail, at: number): LabelledMail => ({ ...mail, text: `${mail.text}\nRef. ${100_000 + at}` })

const measure = async (read: ReturnType<typeof readLocally>, load: LabelledMail[]): Promise<{ perSecond: number; cpuMs: number }> => {
  const [started, cpuBefore] = [performance.now(), process.cpuUsage()]
  for (const mail of load) await read(mail)
  const { user, system } = process.cpuUsage(cpuBefore)
  const seconds = (performance.now() - started) / 1000
  return { perSecond: Math.round(load.length / seconds), cpuMs: Math.round((user + system) / load.length / 10) / 100 }
}

if (import.meta.main) {
  const { values: options } = parseArgs({ options: { mails: { type: 'string', default: '3000' }, json: { type: 'boolean', default: false } } })
  const result = await benchTriage({ mails: Number(options.mails) })
  if (options.json) console.log(JSON.stringify(result))
  else console.table(result)
}
