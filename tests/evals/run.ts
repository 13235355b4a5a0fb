import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DuncanError } from '#platform'
import { type LabelledMail, readCorpus, splitCorpus } from './corpus.ts'
import { type EngineName, type Engines, openEngines, type ReadMail } from './engines.ts'
import { judgeQuoted, type QuotedFigures, quoteMails } from './judge-quoted.ts'
import { printQuoted, printScores } from './report.ts'
import { guardedFigures, type Judged, type Scores, scoreReadings } from './score.ts'

// npm run eval [-- --json] [--engine local|llm|combined] [--misses] [--accept]: how well triage reads the labelled mails that
// the classifier was not trained on, by each engine there is. Exits 1 when a guarded figure fell by more than 0.01, or
// anything was read out of quoted history.

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    engine: { type: 'string' },
    misses: { type: 'boolean', default: false },
    accept: { type: 'boolean', default: false },
  },
})
const tolerance = 0.01
const baselinePath = join(import.meta.dirname, 'baseline.json')
const baseline: Partial<Record<EngineName, Record<string, number>>> = JSON.parse(readFileSync(baselinePath, 'utf8'))

const names = ['local', 'llm', 'combined'] as const
if (options.engine !== undefined && !names.some(name => name === options.engine)) {
  console.error(`There is no engine "${options.engine}": choose one of ${names.join(', ')}.`)
  process.exit(2)
}

const mails = splitCorpus(readCorpus()).heldBack
const quoted = await quoteMails(mails)
try {
  await judgeEngines(openEngines())
} catch (error) {
  if (!(error instanceof DuncanError)) throw error
  console.error(`${error.message} ${error.remedy}`)
  process.exit(2)
}
if (options.accept) writeFileSync(baselinePath, `${JSON.stringify(baseline, undefined, 2)}\n`)

async function judgeEngines(engines: Engines) {
  for (const name of names) {
    const read = engines.of[name]
    if (options.engine !== undefined && options.engine !== name) continue
    if (read !== undefined) await judgeEngine(name, read, mails)
    else if (options.engine === name) fail(`The engine "${name}" is not configured: set DUNCAN_LLM_MODEL and its endpoint.`)
  }
  await engines.close()
}

async function judgeEngine(name: EngineName, read: ReadMail, labelled: LabelledMail[]) {
  const judged: Judged[] = []
  for (const mail of labelled) judged.push({ mail, reading: await read(mail) })
  const scores = scoreReadings(judged)
  const quotedFigures = await judgeQuoted(read, quoted)
  const figures = guardedFigures(scores)
  const fallen = Object.entries(baseline[name] ?? {})
    .filter(([figure, before]) => (figures[figure] ?? 0) < before - tolerance)
    .map(([figure, before]) => ({ figure, before, now: figures[figure] ?? 0 }))
  print(name, scores, quotedFigures, fallen)
  if (options.misses) for (const { mail, reading } of judged) printMiss(mail, reading)
  if (options.accept) baseline[name] = Object.fromEntries(Object.entries(figures).map(([figure, value]) => [figure, Math.round(value * 1e4) / 1e4]))
  else if (fallen.length > 0) {
    for (const { figure, before, now } of fallen) console.error(`${name}: ${figure} fell from ${before.toFixed(3)} to ${now.toFixed(3)}`)
    fail('Find out why; when the new figures are right (e.g. harder mails were added), accept them with "npm run eval -- --accept".')
  }
  if (quotedFigures.wrong.length > 0) fail(`${name}: ${quotedFigures.wrong.length} mails were read as saying what stands in the history below them.`)
}

function print(engine: EngineName, scores: Scores, quotedFigures: QuotedFigures, fallen: unknown[]) {
  if (options.json) return console.log(JSON.stringify({ engine, ...scores, quoted: quotedFigures, fallen }, undefined, 2))
  printScores(scores, engine)
  printQuoted(quotedFigures)
}

function printMiss(mail: Judged['mail'], reading: Judged['reading']) {
  if (reading.intents[0]?.intent === mail.intents[0]) return
  const found = reading.intents.slice(0, 3).map(({ intent, confidence }) => `${intent} ${confidence.toFixed(2)}`)
  console.log(`${mail.id} ${mail.situation}: ${mail.intents.join(' + ')} read as ${found.join(', ') || 'nothing'}`)
}

function fail(problem: string) {
  console.error(problem)
  process.exitCode = 1
}
