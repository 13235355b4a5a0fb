// A process that runs one command line of `duncan` after the other, each with an environment of its own, as cli.ts asks it to.
import { setTimeout as sleep } from 'node:timers/promises'
import { run } from '../../src/cli/run.ts'
import type { Call, Ended } from './cli.ts'

const path = process.env.PATH

process.on('message', (call: Call) => void answer(call))
process.once('disconnect', () => process.exit())

async function answer({ args, env }: Call): Promise<void> {
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, { PATH: path, ...env })
  const [out, err] = [keep(process.stdout), keep(process.stderr)]
  const alive = process.getActiveResourcesInfo()
  const code = await run(args)
  const ended: Ended = { code, out: out(), err: err(), left: await leftOver(alive) }
  process.send?.(ended)
}

/** Keeps what is written instead of writing it; returns it when asked, and lets the next be written again. */
function keep(stream: NodeJS.WriteStream): () => string {
  const written: string[] = []
  const write = stream.write.bind(stream)
  stream.write = (chunk: Uint8Array | string) => written.push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()) > 0
  return () => {
    stream.write = write
    return written.join('')
  }
}

/** What the command left running: a process of its own would not have ended. What closes by itself gets ten seconds. */
async function leftOver(before: string[]): Promise<string[]> {
  for (let waits = 0; ; waits += 1) {
    const known = [...before]
    const left = process.getActiveResourcesInfo().filter(each => {
      const at = known.indexOf(each)
      if (at >= 0) known.splice(at, 1)
      return at < 0
    })
    if (left.length === 0 || waits > 500) return left
    await sleep(20)
  }
}
