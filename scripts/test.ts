// Runs all tests in two halves at once, one process each: they wait for servers as often as they compute. `node --test
// --test-isolation=none <files>` runs single files.
import { spawn } from 'node:child_process'

const halves = 2
// Many tests start processes of their own: they need not compile the same sources again.
const env = { ...process.env, NODE_COMPILE_CACHE: 'node_modules/.cache/duncan' }

const results = await Promise.all(Array.from({ length: halves }, (_, index) => runHalf(index + 1)))
// The first half speaks while it runs, the others when everything is over: the halves must not speak at the same time.
for (const { output } of results) process.stdout.write(output)
process.exitCode = Math.max(...results.map(({ code }) => code))

async function runHalf(half: number): Promise<{ code: number; output: string }> {
  const args = ['--test', '--test-isolation=none', `--test-shard=${half}/${halves}`, 'tests/**/*.test.ts']
  const child = spawn(process.execPath, args, { stdio: ['ignore', half === 1 ? 'inherit' : 'pipe', 'inherit'], env })
  const chunks: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
  const [code] = await new Promise<[number]>(resolve => child.on('close', status => resolve([status ?? 1])))
  return { code, output: Buffer.concat(chunks).toString() }
}
