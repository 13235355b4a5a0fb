import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { eventually } from '../support/app.ts'
import { duncan } from '../support/cli.ts'
import { createConsoleClient } from '../support/console-client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const main = join(import.meta.dirname, '../../src/cli/main.ts')

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** The demo as a visitor starts it: in a process of its own, with nothing of the surrounding environment but its PATH. */
async function startDemo(t: TestContext) {
  const folder = temporaryFolder(t)
  const port = await freePort()
  const env = { PATH: process.env.PATH ?? '', DUNCAN_DATA_DIR: folder, DUNCAN_HTTP_PORT: String(port), DUNCAN_LOG_LEVEL: 'warn' }
  const child = spawn(process.execPath, [main, 'demo'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  t.after(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await ended
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  const link = await eventually('the demo prints its link', () => {
    assert.equal(child.exitCode, null, said)
    return /http:\S+sign-in#\S+/.exec(said)?.[0]
  })
  return { folder, env, child, ended, link, url: `http://127.0.0.1:${port}`, said: () => said }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

type Button = { data: { action: string; data: Record<string, string> } }
type Post = { id: number; fallback: string; card: { actions: Button[] } }

test('a visitor starts the demo, writes as a debtor, sees the card, approves it, and the reply is in the outbox; Ctrl-C leaves nothing', async t => {
  const { folder, env, child, ended, link, url } = await startDemo(t)
  const browser = createConsoleClient(url)
  const server = Number(readFileSync(join(folder, 'demo/postgres/data/postmaster.pid'), 'utf8').split('\n')[0])
  assert.equal((await browser.signIn(link)).status, 204)

  const { body: personas } =
    await browser.get<{ id: string; name: string; address: string; language: string; examples: { subject: string; text: string }[] }[]>('/demo/personas')
  const writer = personas.find(({ language }) => language === 'en')
  const example = writer?.examples.find(({ subject }) => subject === 'Copy invoice please')
  assert.ok(writer && example)
  const asked = /BD-\d{4}-\d+/.exec(example.text)?.[0]
  await eventually('the asked invoice is drawn', () => existsSync(join(folder, 'demo/invoices', `${asked}.pdf`)) || undefined)
  await browser.post('/demo/mail', { personaId: writer.id, subject: 'Our copy, please', text: example.text })
  const post = await eventually('the card of the visitor’s mail', async () => {
    const { body } = await browser.get<{ posts: Post[] }>('/channels/debtors/posts')
    return body.posts.find(({ fallback }) => fallback.includes('Our copy, please'))
  })
  const approve = post.card.actions.find(({ data }) => data.action === 'proposal.approve')
  const { body: outcome } = await browser.post('/click', { postId: post.id, channel: 'debtors', ...approve?.data, values: {} })
  assert.equal(outcome.kind, 'done')
  const outbox = join(folder, 'demo/outbox/new')
  const reply = await eventually('the reply in the outbox', () =>
    readdirSync(outbox)
      .map(name => readFileSync(join(outbox, name), 'utf8'))
      .find(source => source.includes('Our copy, please')),
  )
  const second = await duncan(['demo'], env)
  child.kill('SIGTERM')
  const [code] = await ended

  assert.match(reply, new RegExp(`^To: .*${writer.address.replaceAll('.', '\\.')}`, 'm'))
  assert.match(reply, /^Content-Type: application\/pdf/m)
  assert.equal(second.code, 2)
  assert.match(second.err, /A demo runs already[\s\S]+→ Open the link that it printed/)
  assert.equal(code, 0)
  // It has written its last page when Duncan ends, and goes a moment later.
  await eventually('the database server ended with it', () => isGone(server) || undefined)
})
