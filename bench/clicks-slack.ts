// Milliseconds until a pressed button of Slack is acknowledged, 50 at a time: Duncan's Slack surface with its desk, chat and database behind
// it, beside a Bolt app that does nothing. Slack's Web API is a server that says yes. `node bench/clicks-slack.ts --clicks 2000 --runs 5`

import { createHmac } from 'node:crypto'
import { App, ExpressReceiver } from '@slack/bolt'
import { silentLog } from '#platform'
import { proposalVersion } from '../src/chat/cards/proposal-version.ts'
import { createSlack } from '../src/chat/slack/slack.ts'
import { aView } from '../tests/chat/views.ts'
import { benchClicks, listen, type OnStop, publicUrl, runClicks, type Surface } from './clicks.ts'
import type { Load } from './clicks-load.ts'

const secret = 'bench-signing-secret'
const team = 'T0BENCH'
const path = '/slack/events'

export const benchClicksOnSlack = (size: Parameters<typeof benchClicks>[0]) => benchClicks(size, slackSurface)

async function slackSurface(onStop: OnStop): Promise<Surface> {
  const yes = await listen((_request, response) => void response.setHeader('content-type', 'application/json').end('{"ok":true,"ts":"1.1"}'), onStop)
  return {
    path,
    connect: async ({ client, desk, web, jan }) => {
      await client.chatAccount.create({ data: { platform: 'slack', workspace: team, userId: 'U0JAN', staffId: jan.id, proof: 'code' } })
      const settings = { botToken: 'xoxb-bench', signingSecret: secret, appToken: undefined, team, apiUrl: `${yes}/api/` }
      const slack = await createSlack({ settings, desk, log: silentLog, web, publicUrl, language: 'en' })
      onStop(slack.stop)
      return slack.platform
    },
    connectEmpty: async web => {
      const receiver = new ExpressReceiver({ signingSecret: secret, app: web, endpoints: path })
      const app = new App({ receiver, authorize: async () => ({ botToken: 'xoxb-bench' }) })
      app.action(/.*/, ({ ack }) => ack())
    },
    press: proposal => pressed(proposal, yes),
  }
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

if (import.meta.main) await runClicks(benchClicksOnSlack)
