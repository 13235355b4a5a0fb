import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after } from 'node:test'

export type Call = { args: string[]; env: Record<string, string> }
export type Ended = Output & { left: string[] }
type Output = { code: number | null; out: string; err: string }

const main = join(import.meta.dirname, '../../src/cli/main.ts')
let child: ChildProcess | undefined
let last: Promise<unknown> = Promise.resolve()

/**
 * Runs `duncan` with nothing of the surrounding environment but its PATH, one command after the other in a process that has loaded
 * everything: starting one costs two seconds. Fails when the command leaves something running, by which a process would not end.
 */
export async function duncan(args: string[], env: Record<string, string> = {}): Promise<Output> {
  const call = last.then(() => ask({ args, env }))
  last = call.catch(() => undefined)
  const { left, ...output } = await call
  if (left.length > 0) throw new Error(`duncan ${args.join(' ')} left running: ${left.join(', ')}`)
  return output
}

/** Runs `duncan` as a user does, in a process of its own, with nothing of the surrounding environment but its PATH. */
export async function duncanProcess(args: string[], env: Record<string, string> = {}): Promise<Output> {
  const own = spawn(process.execPath, [main, ...args], { env: { PATH: process.env.PATH ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>(resolve => own.once('exit', resolve))
  const [out, err, code] = await Promise.all([text(own.stdout), text(own.stderr), ended])
  return { code, out, err }
}

async function ask(call: Call): Promise<Ended> {
  child ??= fork(join(import.meta.dirname, 'cli-child.ts'), { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const stopped = new AbortController()
  try {
    const answered = once(child, 'message', { signal: stopped.signal })
    const died = once(child, 'exit', { signal: stopped.signal }).then(([code]) => {
      child = undefined
      throw new Error(`the process that runs \`duncan ${call.args.join(' ')}\` ended with ${code}`)
    })
    child.send(call)
    const [ended] = await Promise.race([answered, died])
    return ended as Ended
  } finally {
    stopped.abort()
  }
}

// Registered at the root: runs once, after the last test of the run.
after(async () => {
  if (!child) return
  const gone = once(child, 'exit')
  child.disconnect()
  await gone
})
