import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DuncanError } from '#platform'
import { readCorpus, splitCorpus } from './corpus.ts'
import { readByModel, readLocally } from './engines.ts'
import { printScores } from './report.ts'
import { guardedFigures, type Judged, scoreReadings } from './score.ts'

// npm run eval [-- --json] [--engine local|llm] [--misses] [--accept]: how well triage reads the labelled mails that the
// classifier was not trained on. Exits 1 when a guarded figure of the local engine fell by more than 0.01.

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    engine: { type: 'string', default: 'local' },
    misses: { type: 'boolean', default: false },
    accept: { type: 'boolean', default: false },
  },
})
const tolerance = 0.01
const baselinePath = join(import.meta.dirname, 'baseline.json')

if (options.engine !== 'local' && options.engine !== 'llm') {
  console.error(`There is no engine "${options.engine}"; use --engine local or --engine llm.`)
  process.exit(2)
}
const { read, close } = options.engine === 'llm' ? openModel() : { read: readLocally(), close: async () => {} }
const judged: Judged[] = []
for (const mail of splitCorpus(readCorpus()).heldBack) judged.push({ mail, reading: await read(mail) })
await close()

const scores = scoreReadings(judged)
const figures = guardedFigures(scores)
const baseline: Record<string, number> = options.engine === 'local' && existsSync(baselinePath) ? JSON.parse(readFileSync(baselinePath, 'utf8')) : {}
const fallen = Object.entries(baseline)
  .filter(([figure, before]) => (figures[figure] ?? 0) < before - tolerance)
  .map(([figure, before]) => ({ figure, before, now: figures[figure] ?? 0 }))

if (options.json) console.log(JSON.stringify({ engine: options.engine, ...scores, fallen }, undefined, 2))
else printScores(scores, options.engine)
if (options.misses) for (const { mail, reading } of judged) printMiss(mail, reading)
if (options.accept && options.engine === 'local') {
  const rounded = Object.fromEntries(Object.entries(figures).map(([figure, value]) => [figure, Math.round(value * 1e4) / 1e4]))
  writeFileSync(baselinePath, `${JSON.stringify(rounded, undefined, 2)}\n`)
} else if (fallen.length > 0) {
  for (const { figure, before, now } of fallen) console.error(`${figure} fell from ${before.toFixed(3)} to ${now.toFixed(3)}`)
  console.error('Find out why; when the new figures are right (e.g. harder mails were added), accept them with "npm run eval -- --accept".')
  process.exitCode = 1
}

function printMiss(mail: Judged['mail'], reading: Judged['reading']) {
  if (reading.intents[0]?.intent === mail.intents[0]) return
  const found = reading.intents.slice(0, 3).map(({ intent, confidence }) => `${intent} ${confidence.toFixed(2)}`)
  console.log(`${mail.id} ${mail.situation}: ${mail.intents.join(' + ')} read as ${found.join(', ') || 'nothing'}`)
}

function openModel() {
  try {
    return readByModel()
  } catch (error) {
    if (!(error instanceof DuncanError)) throw error
    console.error(`${error.message} ${error.remedy}`)
    return process.exit(2)
  }
}
