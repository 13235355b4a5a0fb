import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import express from 'express'
import { eventually, freePort } from './app.ts'
import type { Call } from './teams-connector.ts'

type Options = { endpoint: string; tenant: string; channel: string; people: Record<string, string> }

/**
 * Microsoft's Agents Playground in a process of its own: it stands in for Teams, over HTTP and in a browser. It listens on every interface and
 * knows no sign-in, so it ends with the test. What the bot asks of it is written down on its way: to each person who presses a button the
 * Playground shows the answer in the place of the card, whether the bot edits the message or not.
 */
export async function startPlayground(t: Pick<TestContext, 'after'>, { endpoint, tenant, channel, people }: Options) {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-playground-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const { front, calls } = await startFront(t, url, endpoint)
  const users = Object.entries(people).map(([name, aadObjectId]) => {
    const email = `${name}@creditor.example`
    return { id: `user-${name}`, name, userPrincipleName: email, aadObjectId, givenName: name, surname: 'x', email }
  })
  const config = {
    version: '0.1.1',
    tenantId: tenant,
    bot: { id: 'duncan-bot', name: 'Duncan' },
    currentUser: users[0],
    users: users.slice(1), // five at least, and not the current one
    personalChat: { id: 'p1' },
    groupChat: { id: 'g1', name: 'Approvals' },
    team: { id: 'team-1', name: 'Finance', aadGroupId: 'bbbbbbbb-0000-4000-8000-000000000001', channels: [{ id: channel, name: 'Collections' }] },
  }
  const file = join(folder, 'playground.yml')
  writeFileSync(file, JSON.stringify(config)) // JSON is YAML
  const cli = new URL('../../node_modules/@microsoft/m365agentsplayground/cli.js', import.meta.url).pathname
  const env = { ...process.env, TEAMSAPPTESTER_BROWSER: 'none', M365_AGENTS_PLAYGROUND_CONFIG_PATH: file, M365_AGENTS_PLAYGROUND_LOGFILE: join(folder, 'log') }
  const child = spawn(process.execPath, [cli, 'start', '-e', `${front}/messages`, '-c', 'msteams', '-p', String(port), '--dt'], {
    cwd: folder,
    env,
    stdio: 'ignore',
  })
  t.after(async () => {
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
    child.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  })
  await eventually(
    'the Playground answers',
    async () =>
      (await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )) || undefined,
  )

  const post = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    const text = await response.text()
    if (!response.ok) throw new Error(`the Playground answered ${response.status}: ${text.slice(0, 300)}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  return {
    url,
    connector: `${front}/_connector`,
    calls,
    say: (conversation: string, text: string) =>
      post(`/_conversation/v1/conversations/${encodeURIComponent(conversation)}/messages`, { textFormat: 'plain', text, from: { id: users[0]?.id } }),
    /** Presses a button as one of the people, and returns what the bot answered. */
    press: (name: string, conversation: string, replyToId: string, data: object) =>
      post('/_conversation/v1/invoke', {
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb: 'duncan', data } },
        from: { id: `user-${name}` },
        conversation: { id: conversation },
        replyToId,
      }),
  }
}

/** Stands between the Playground and the bot: hands on what either says, and names itself as the address to answer at. */
async function startFront(t: Pick<TestContext, 'after'>, playground: string, bot: string) {
  const calls: Pick<Call, 'method' | 'path' | 'body'>[] = []
  const web = express()
  web.use(express.json({ limit: '1mb' }))
  web.use(async ({ method, path, url, body, headers }, response) => {
    const isInbound = path === '/messages'
    if (!isInbound) calls.push({ method, path, body: body ?? {} })
    const sent = method === 'GET' || method === 'HEAD' ? undefined : JSON.stringify(isInbound ? { ...body, serviceUrl: `${front}/_connector` } : (body ?? {}))
    const given = { 'content-type': 'application/json', ...(headers.authorization !== undefined && { authorization: headers.authorization }) }
    const answer = await fetch(isInbound ? bot : `${playground}${url}`, { method, headers: given, ...(sent !== undefined && { body: sent }) })
    response
      .status(answer.status)
      .type('json')
      .send(await answer.text())
  })
  const server = web.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const front = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { front, calls }
}
