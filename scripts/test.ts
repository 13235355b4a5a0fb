// Runs all tests in three processes at once: they wait for servers as often as they compute. `npm test -- --weigh` also writes
// down how long each file took, by which the next runs share them out. `node --test --test-isolation=none <files>` runs single files.
import { spawn } from 'node:child_process'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const processes = 3
const weights = 'tests/seconds.json'
const cache = 'node_modules/.cache/duncan'
// Many tests start processes of their own: they need not compile the same sources again.
const env = { ...process.env, NODE_COMPILE_CACHE: cache }

mkdirSync(cache, { recursive: true })
const results = await Promise.all(shareOut(globSync('tests/**/*.test.ts').toSorted()).map(run))
// The first process speaks while it runs, the others when everything is over: they must not speak at the same time.
for (const { output } of results) process.stdout.write(output)
process.exitCode = Math.max(...results.map(({ code }) => code))

const measured = results.flatMap(({ seconds }) => Object.entries(seconds)).toSorted(([, one], [, other]) => other - one)
console.log('\nThe slowest files, in seconds:')
for (const [file, seconds] of measured.slice(0, 15)) console.log(`${String(seconds).padStart(4)}  ${file}`)
if (process.argv.includes('--weigh')) {
  const slow = measured.filter(([, seconds]) => seconds > 1)
  writeFileSync(weights, `${JSON.stringify(Object.fromEntries(slow.toSorted(([one], [other]) => (one < other ? -1 : 1))), undefined, 2)}\n`)
}

/** The longest first, each to the process that has the least to do: they end at about the same time. */
function shareOut(files: string[]): string[][] {
  const known = JSON.parse(readFileSync(weights, 'utf8')) as Record<string, number>
  const shares = Array.from({ length: processes }, () => ({ seconds: 0, files: [] as string[] }))
  for (const file of files.toSorted((one, other) => (known[other] ?? 1) - (known[one] ?? 1))) {
    const share = shares.reduce((least, each) => (each.seconds < least.seconds ? each : least))
    share.seconds += known[file] ?? 1
    share.files.push(file)
  }
  return shares.map(share => share.files)
}

async function run(files: string[], index: number): Promise<{ code: number; output: string; seconds: Record<string, number> }> {
  const times = join(cache, `test-seconds-${index}.json`)
  writeFileSync(times, '{}')
  const reporters = ['spec', 'stdout', './scripts/test-seconds.ts', times].map((value, at) => `--test-reporter${at % 2 ? '-destination' : ''}=${value}`)
  // Five minutes are many times what the slowest takes: a test that waits for what never comes is named, instead of holding up the run.
  const args = ['--test', '--test-isolation=none', '--test-timeout=300000', ...reporters, ...files]
  const child = spawn(process.execPath, args, { stdio: ['ignore', index === 0 ? 'inherit' : 'pipe', 'inherit'], env })
  const chunks: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
  const [code] = await new Promise<[number]>(resolve => child.on('close', status => resolve([status ?? 1])))
  return { code, output: Buffer.concat(chunks).toString(), seconds: JSON.parse(readFileSync(times, 'utf8') || '{}') as Record<string, number> }
}
