import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Block, Element, SlackWorld } from './slack-emulator.ts'

// What Slack sends to an app, signed as Slack signs it. The shapes are those of Slack's own payloads.

export const signingSecret = 'test-signing-secret'

export type Shown = { text?: string; thread_ts?: string; blocks?: Block[]; replace_original?: boolean; response_type?: string }
type Where = { channel: string; ts: string; blocks: Block[]; thread_ts?: string | undefined; ephemeral?: boolean; metadata?: object }
type View = {
  id: string
  type: 'modal' | 'home'
  callback_id: string
  private_metadata?: string
  blocks: Block[]
  title?: object
  submit?: object
  close?: object
}
type State = Record<string, Record<string, object>>

/** A signed sender for an app at this address, and a server for the answers that Slack takes at an address of its own. */
export async function startDriver(t: { after: (hook: () => unknown) => void }, url: string, slack: SlackWorld) {
  const shown: Shown[] = []
  const waiting = new Set<() => void>()
  let responds = true
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (responds) shown.push(JSON.parse(Buffer.concat(chunks).toString()) as Shown)
      for (const wake of waiting) wake()
      response.writeHead(responds ? 200 : 404).end('ok')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const responseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/response`
  let events = 0

  async function send(body: string, type: string, change: { secret?: string; at?: number; headers?: Record<string, string> } = {}) {
    const at = String(change.at ?? Math.floor(Date.now() / 1000))
    const signature = `v0=${createHmac('sha256', change.secret ?? signingSecret)
      .update(`v0:${at}:${body}`)
      .digest('hex')}`
    const headers = { 'content-type': type, 'x-slack-request-timestamp': at, 'x-slack-signature': signature, ...change.headers }
    const started = performance.now()
    const response = await fetch(`${url}/slack/events`, { method: 'POST', headers, body })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: text.startsWith('{') ? (JSON.parse(text) as Answer) : undefined,
      ms: performance.now() - started,
    }
  }
  type Answer = { response_action?: string; errors?: Record<string, string>; view?: View; text?: string }

  const form = (fields: Record<string, string>, change?: Parameters<typeof send>[2]) =>
    send(new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded', change)
  const interact = (payload: object, change?: Parameters<typeof send>[2]) => form({ payload: JSON.stringify(payload) }, change)
  const people = (user: string, team = slack.team) => ({
    team: { id: team, domain: 'creditor' },
    user: { id: user, username: user, name: user, team_id: team },
    api_app_id: 'A000000001',
    token: 't',
  })

  return {
    shown,
    /** What was shown to somebody alone, past or to come. */
    wasShown: async (fits: (said: Shown) => boolean): Promise<Shown> => {
      for (let found = shown.find(fits); ; found = shown.find(fits)) {
        if (found) return found
        const woken = Promise.withResolvers<void>()
        waiting.add(woken.resolve)
        const timeout = setTimeout(() => woken.reject(new Error(`it was not shown; but ${JSON.stringify(shown).slice(0, 500)}`)), 10_000)
        await woken.promise.finally(() => {
          clearTimeout(timeout)
          waiting.delete(woken.resolve)
        })
      }
    },
    /** Answers at Slack's own addresses are refused from now on, as half an hour later. */
    closeResponses: () => {
      responds = false
    },
    raw: send,
    command: async (user: string, command: string, text: string, more: Record<string, string> = {}, change?: Parameters<typeof send>[2]) =>
      form(
        {
          token: 't',
          team_id: slack.team,
          channel_id: slack.channel,
          user_id: user,
          command,
          text,
          api_app_id: 'A000000001',
          response_url: responseUrl,
          trigger_id: await slack.trigger(user),
          ...more,
        },
        change,
      ),
    /** Presses the button with these words on a message, or the entry with these words behind its menu. */
    press: async (user: string, where: Where, label: string, { state = {}, team, trigger }: { state?: State; team?: string; trigger?: string } = {}) => {
      const { channel, ts, blocks, thread_ts } = where
      const action = actionOf(blocks, label)
      const message = {
        type: 'message',
        ts,
        text: 'card',
        blocks,
        ...(thread_ts !== undefined && { thread_ts }),
        ...(where.metadata && { metadata: where.metadata }),
      }
      const container = {
        type: 'message',
        message_ts: ts,
        channel_id: channel,
        is_ephemeral: where.ephemeral ?? false,
        ...(thread_ts !== undefined && { thread_ts }),
      }
      return interact({
        type: 'block_actions',
        ...people(user, team),
        container,
        channel: { id: channel, name: 'collections' },
        ...(!where.ephemeral && { message }),
        state: { values: state },
        actions: [action],
        response_url: responseUrl,
        trigger_id: trigger ?? (await slack.trigger(user)),
      })
    },
    pressInView: async (user: string, view: View, label: string, state: State = {}) =>
      interact({
        type: 'block_actions',
        ...people(user),
        container: { type: 'view', view_id: view.id },
        view: { ...view, state: { values: state } },
        actions: [actionOf(view.blocks, label)],
        trigger_id: await slack.trigger(user),
      }),
    submit: async (user: string, view: View, state: State = {}) =>
      interact({ type: 'view_submission', ...people(user), view: { ...view, state: { values: state } }, trigger_id: await slack.trigger(user) }),
    shortcut: async (user: string, callback: string, where: { channel: string; ts: string; text: string; blocks?: Block[] }) =>
      interact({
        type: 'message_action',
        callback_id: callback,
        ...people(user),
        trigger_id: await slack.trigger(user),
        message_ts: where.ts,
        message: { type: 'message', ts: where.ts, text: where.text, blocks: where.blocks ?? [] },
        channel: { id: where.channel, name: 'collections' },
        response_url: responseUrl,
      }),
    event: (event: object, { id = `Ev${++events}`, team = slack.team, headers = {} }: { id?: string; team?: string; headers?: Record<string, string> } = {}) =>
      send(
        JSON.stringify({
          type: 'event_callback',
          token: 't',
          team_id: team,
          api_app_id: 'A000000001',
          event_id: id,
          event,
          authorizations: [{ user_id: slack.bot, is_bot: true, team_id: slack.team }],
        }),
        'application/json',
        { headers },
      ),
  }
}

/** The action that Slack sends when the button or menu entry with these words is pressed. */
function actionOf(blocks: Block[], label: string): object {
  for (const { block_id = 'none', elements = [], accessory } of blocks) {
    for (const element of [...elements, ...(accessory ? [accessory] : [])] as Element[]) {
      const { type, action_id } = element
      if (element.text?.text === label) return { type, action_id, block_id, value: element.value, text: element.text, action_ts: '1' }
      const option = element.options?.find(({ text }) => text.text === label)
      if (option)
        return { type, action_id, block_id, action_ts: '1', ...(type === 'checkboxes' ? { selected_options: [option] } : { selected_option: option }) }
    }
  }
  throw new Error(`there is no button “${label}” in ${JSON.stringify(blocks).slice(0, 2000)}`)
}
