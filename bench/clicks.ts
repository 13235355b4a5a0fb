// What the measurements of pressed buttons share: Duncan's chat with so many cards on an embedded PostgreSQL, a thread that presses, and
// the medians of the runs' quantiles, beside an app of the SDK that does nothing, in the same run.

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import express, { type Express } from 'express'
import { ensureStaff, peopleConfig, type Staff } from '#people'
import { connectDatabase, type DbClient, ensureDatabase, migrate, platformConfig, startEmbeddedPostgres, systemClock } from '#platform'
import { createChat } from '../src/chat/chat.ts'
import { createDesk } from '../src/chat/platforms/create-desk.ts'
import type { Desk } from '../src/chat/platforms/desk.ts'
import type { ChatPlatform } from '../src/chat/platforms/platform.ts'
import { fakeProposals } from '../tests/chat/fake-proposals.ts'
import { aView } from '../tests/chat/views.ts'
import type { Load } from './clicks-load.ts'

type Size = { clicks: number; together: number; runs: number }
export type ClicksBench = { clicks: number; p50: number; p99: number; emptyP50: number; emptyP99: number; p99Ratio: number }
export type OnStop = (stop: () => unknown) => void

/** A chat platform whose buttons are pressed. */
export type Surface = {
  path: string
  /** Puts Duncan's adapter on the web server. `cards`: the ids of the proposals, 1 to this. */
  connect: (world: { client: DbClient; desk: Desk; web: Express; jan: Staff; cards: number }) => Promise<ChatPlatform>
  /** The SDK with a handler that does nothing. */
  connectEmpty: (web: Express) => Promise<void>
  /** "Approve" on the card of one proposal, which decides it. */
  press: (proposal: number) => Load['bodies'][number]
}

export const publicUrl = 'https://duncan.example'

/** Milliseconds until a pressed button is acknowledged: presses on both, one after the other, run by run. */
export async function benchClicks({ clicks, together, runs }: Size, start: (onStop: OnStop) => Promise<Surface>): Promise<ClicksBench> {
  const stops: (() => unknown)[] = []
  const onStop: OnStop = stop => void stops.unshift(stop)
  try {
    const surface = await start(onStop)
    const duncan = await serveDuncan(surface, clicks * (runs + 1), onStop)
    const web = express()
    await surface.connectEmpty(web)
    const empty = await listen(web, onStop)
    const worker = new Worker(new URL('./clicks-load.ts', import.meta.url))
    onStop(() => worker.terminate())
    const measure = (url: string, from: number) =>
      load(worker, { url: url + surface.path, bodies: Array.from({ length: clicks }, (_none, index) => surface.press(from + index)), together })

    // Code that is not compiled yet is not measured.
    for (const url of [empty, duncan.url]) await measure(url, 1).then(duncan.settled)
    const waits: { own: number[]; empty: number[] }[] = []
    for (let run = 1; run <= runs; run++) {
      const from = run * clicks + 1
      const bare = await measure(empty, from)
      const own = await measure(duncan.url, from)
      await duncan.settled()
      waits.push({ own, empty: bare })
    }
    const of = (which: 'own' | 'empty', at: number) => median(waits.map(run => quantile(run[which], at)))
    const [p99, emptyP99] = [of('own', 0.99), of('empty', 0.99)]
    return { clicks, p50: of('own', 0.5), p99, emptyP50: of('empty', 0.5), emptyP99, p99Ratio: Math.round((p99 / emptyP99) * 100) / 100 }
  } finally {
    for (const stop of stops) await stop()
  }
}

/** `settled` waits until the work behind all clicks is done. */
async function serveDuncan(surface: Surface, cards: number, onStop: OnStop) {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-bench-'))
  onStop(() => rmSync(folder, { recursive: true, force: true }))
  const postgres = await startEmbeddedPostgres(join(folder, 'pg'))
  onStop(() => postgres.stop())
  const url = await ensureDatabase(postgres, 'bench')
  await migrate(url)
  const database = await connectDatabase(platformConfig.parse({ DATABASE_URL: url, DUNCAN_DATA_DIR: folder }))
  onStop(() => database.close())
  const { client } = database
  const jan = await ensureStaff(client, { key: 'jan', name: 'Jan Willems', email: 'jan@creditor.example', role: 'collector' })
  const proposals = fakeProposals(
    Array.from({ length: cards }, (_none, index) => aView({ id: index + 1 })),
    () => jan.name,
    () => new Date(),
  )
  const settings = { language: 'en', timeZone: 'Europe/Amsterdam', publicUrl, sessionRules: peopleConfig.parse({}), reportingCurrency: () => 'EUR' }
  const chat = createChat({ client, clock: systemClock, proposals, ...settings })
  let platform: ChatPlatform | undefined
  const real = createDesk({ client, clock: systemClock, chat, platform: () => platform, linksByEmail: () => false })
  const working = new Set<object>()
  const click: Desk['click'] = async pressed => {
    working.add(pressed)
    return real.click(pressed).finally(() => working.delete(pressed))
  }
  const web = express()
  platform = await surface.connect({ client, desk: { ...real, click }, web, jan, cards })
  const settled = async (): Promise<void> => {
    do await new Promise(resolve => setTimeout(resolve, 200))
    while (working.size > 0)
  }
  return { url: await listen(web, onStop), settled }
}

/** Serves on a free port of loopback, and returns the address. */
export async function listen(web: RequestListener, onStop: OnStop): Promise<string> {
  const server = createServer(web)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onStop(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function load(worker: Worker, wanted: Load): Promise<number[]> {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread’s, not a window’s
  worker.postMessage(wanted)
  const answer = await new Promise<{ waits?: number[]; problem?: string }>(resolve => worker.once('message', resolve))
  if (!answer.waits) throw new Error(answer.problem)
  return answer.waits
}

const quantile = (values: number[], at: number): number => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * at))] ?? 0
const median = (values: number[]): number => Math.round(quantile(values, 0.5) * 10) / 10

/** Runs one measurement from the command line: `--clicks 2000 --together 50 --runs 5 --json`. */
export async function runClicks(bench: (size: Size) => Promise<ClicksBench>): Promise<void> {
  const { values } = parseArgs({
    options: {
      clicks: { type: 'string', default: '2000' },
      together: { type: 'string', default: '50' },
      runs: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
    },
  })
  const figures = await bench({ clicks: Number(values.clicks), together: Number(values.together), runs: Number(values.runs) })
  if (values.json) console.log(JSON.stringify(figures))
  else console.table(figures)
}
