// The stand-in of the credit bureau in a process of its own, so that neither its work nor its memory counts as Duncan's.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { BureauCompany } from '../src/demo/bureau/company.ts'
import { chanceFaults } from '../src/demo/bureau/faults.ts'
import { type BureauSandbox, startBureauSandbox } from '../src/demo/bureau/sandbox.ts'
import { aCompany } from '../tests/credit/bureau-company.ts'

export type BenchBureau = {
  url: string
  /** Changes every company's score a little, that of one in twenty by much, and every limit. */
  shake: () => Promise<void>
  /** From now on each answer takes so many milliseconds. */
  slow: (latency: number) => Promise<void>
  /** How many reports were paid for, and of how many companies. */
  orders: () => Promise<{ paid: number; companies: number }>
  stop: () => Promise<void>
}

export const numberOf = (index: number): string => String(10_000_000 + index)

export const companyAt = (index: number): BureauCompany =>
  aCompany({ id: `NL-X-${numberOf(index)}`, registrationNumber: numberOf(index), name: `Voorbeeld ${index} B.V.`, score: 50 + (index % 40) })

type Request = { kind: 'shake' | 'orders' } | { kind: 'slow'; latency: number }

/** Starts the stand-in with `companies` companies; of its calls the share `faults` fails once. */
export async function startBenchBureau(companies: number, faults = 0): Promise<BenchBureau> {
  const child = fork(new URL(import.meta.url), [String(companies), String(faults)])
  const [url] = (await once(child, 'message')) as [string]
  return {
    url,
    shake: async () => void (await ask(child, { kind: 'shake' })),
    slow: async latency => void (await ask(child, { kind: 'slow', latency })),
    orders: async () => (await ask(child, { kind: 'orders' })) as { paid: number; companies: number },
    stop: async () => {
      child.disconnect()
      await once(child, 'exit')
    },
  }
}

async function ask(child: ChildProcess, request: Request): Promise<unknown> {
  const answer = once(child, 'message')
  child.send(request)
  return ((await answer) as unknown[])[0]
}

let latency = 0

function answerTo(sandbox: BureauSandbox, request: Request): unknown {
  if (request.kind === 'slow') latency = request.latency
  if (request.kind === 'slow') return {}
  if (request.kind === 'orders') return { paid: sandbox.orders.length, companies: new Set(sandbox.orders).size }
  const at = new Date().toISOString()
  let index = 0
  for (const { id, score = 50, creditLimit = 0 } of sandbox.register.companies.values()) {
    const step = (index += 1) % 20 === 0 ? 25 : 2
    sandbox.register.change(id, { score: score > 60 ? score - step : score + step, creditLimit: creditLimit + 500 }, at)
  }
  return {}
}

if (import.meta.main && process.send) {
  const [companies, faults] = process.argv.slice(2).map(Number)
  const sandbox = await startBureauSandbox({
    companies: Array.from({ length: companies ?? 0 }, (_none, index) => companyAt(index)),
    now: () => new Date().toISOString(),
    latency: () => latency,
    ...(faults ? { fault: chanceFaults(faults) } : {}),
  })
  process.on('message', request => process.send?.(answerTo(sandbox, request as Request)))
  process.once('disconnect', () => void sandbox.stop())
  process.send(sandbox.url)
}
