// Milliseconds until a pressed button is acknowledged, 50 at a time: Duncan's Slack surface with its desk, chat and database behind it,
// beside a Bolt app that does nothing, in the same run. Slack's Web API is a server that says yes. Medians of the runs' quantiles.
// `node bench/clicks-slack.ts --clicks 2000 --together 50 --runs 5 --json`

import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { App, ExpressReceiver } from '@slack/bolt'
import express, { type Express } from 'express'
import { ensureStaff, peopleConfig } from '#people'
import { connectDatabase, ensureDatabase, migrate, platformConfig, silentLog, startEmbeddedPostgres, systemClock } from '#platform'
import { proposalVersion } from '../src/chat/cards/proposal-version.ts'
import { createChat } from '../src/chat/chat.ts'
import { createDesk } from '../src/chat/platforms/create-desk.ts'
import { createSlack } from '../src/chat/slack/slack.ts'
import { fakeProposals } from '../tests/chat/fake-proposals.ts'
import { aView } from '../tests/chat/views.ts'
import type { Load } from './clicks-load.ts'

export type ClicksBench = { clicks: number; p50: number; p99: number; emptyP50: number; emptyP99: number; p99Ratio: number }

const secret = 'bench-signing-secret'
const team = 'T0BENCH'

/** Presses buttons on both, one after the other, run by run. */
export async function benchClicks({ clicks, together, runs }: { clicks: number; together: number; runs: number }): Promise<ClicksBench> {
  const stops: (() => unknown)[] = []
  const onStop = (stop: () => unknown): void => void stops.unshift(stop)
  try {
    const yes = await listen(
      (_request: IncomingMessage, response: ServerResponse) => void response.setHeader('content-type', 'application/json').end('{"ok":true,"ts":"1.1"}'),
      onStop,
    )
    const duncan = await serveDuncan(`${yes}/api/`, clicks * (runs + 1), onStop)
    const empty = await serveEmpty(onStop)
    const worker = new Worker(new URL('./clicks-load.ts', import.meta.url))
    onStop(() => worker.terminate())
    let next = 1
    const measure = (url: string, from: number) =>
      load(worker, { url: `${url}/slack/events`, bodies: Array.from({ length: clicks }, (_none, index) => pressed(from + index, yes)), together })

    // Code that is not compiled yet is not measured.
    for (const url of [empty, duncan.url]) await measure(url, next).then(duncan.settled)
    const waits: { own: number[]; empty: number[] }[] = []
    for (let run = 0; run < runs; run++) {
      next += clicks
      const bare = await measure(empty, next)
      const own = await measure(duncan.url, next)
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

/** Duncan's chat with so many cards on an embedded PostgreSQL; `settled` waits until the work behind all clicks is done. */
async function serveDuncan(apiUrl: string, cards: number, onStop: (stop: () => unknown) => void) {
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
  await client.chatAccount.create({ data: { platform: 'slack', workspace: team, userId: 'U0JAN', staffId: jan.id, proof: 'code' } })
  const views = Array.from({ length: cards }, (_none, index) => aView({ id: index + 1 }))
  const proposals = fakeProposals(
    views,
    () => jan.name,
    () => new Date(),
  )
  const settings = {
    language: 'en',
    timeZone: 'Europe/Amsterdam',
    publicUrl: 'https://duncan.example',
    sessionRules: peopleConfig.parse({}),
    reportingCurrency: () => 'EUR',
  }
  const chat = createChat({ client, clock: systemClock, proposals, ...settings })
  const real = createDesk({ client, clock: systemClock, chat, platform: () => undefined, linksByEmail: () => false })
  const working = new Set<object>()
  const click: typeof real.click = async pressedOn => {
    working.add(pressedOn)
    return real.click(pressedOn).finally(() => working.delete(pressedOn))
  }
  const web = express()
  const slack = await createSlack({
    settings: { botToken: 'xoxb-bench', signingSecret: secret, appToken: undefined, team, apiUrl },
    desk: { ...real, click },
    log: silentLog,
    web,
    publicUrl: settings.publicUrl,
    language: 'en',
  })
  onStop(slack.stop)
  const settled = async (): Promise<void> => {
    do await new Promise(resolve => setTimeout(resolve, 200))
    while (working.size > 0)
  }
  return { url: await listen(web, onStop), settled }
}

async function serveEmpty(onStop: (stop: () => unknown) => void): Promise<string> {
  const web = express()
  const receiver = new ExpressReceiver({ signingSecret: secret, app: web, endpoints: '/slack/events' })
  const app = new App({ receiver, authorize: async () => ({ botToken: 'xoxb-bench' }) })
  app.action(/.*/, ({ ack }) => ack())
  return listen(web, onStop)
}

async function listen(web: Express | RequestListener, onStop: (stop: () => unknown) => void): Promise<string> {
  const server = createServer(web as RequestListener)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onStop(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A signed click on "Approve and send" of one card, which decides it. */
function pressed(proposal: number, responses: string): Load['bodies'][number] {
  const value = JSON.stringify(['proposal.approve', { proposal: String(proposal), version: proposalVersion(aView({ id: proposal })) }])
  const blocks = [{ type: 'actions', block_id: 'buttons.0', elements: [{ type: 'button', action_id: 'press.post.0', value }] }]
  const payload = {
    type: 'block_actions',
    team: { id: team },
    user: { id: 'U0JAN', team_id: team },
    container: { type: 'message', message_ts: '1.1', channel_id: 'C0BENCH' },
    channel: { id: 'C0BENCH' },
    message: { ts: '1.1', text: 'card', blocks },
    state: { values: {} },
    actions: [{ type: 'button', action_id: 'press.post.0', block_id: 'buttons.0', value }],
    response_url: responses,
    trigger_id: '1.1',
  }
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  const at = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')
  return { body, headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${signature}` } }
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

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      clicks: { type: 'string', default: '2000' },
      together: { type: 'string', default: '50' },
      runs: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
    },
  })
  const figures = await benchClicks({ clicks: Number(values.clicks), together: Number(values.together), runs: Number(values.runs) })
  if (values.json) console.log(JSON.stringify(figures))
  else console.table(figures)
}
