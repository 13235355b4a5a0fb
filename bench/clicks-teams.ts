// Milliseconds until a pressed button of Teams is answered, 50 at a time: Duncan's Teams surface with its desk, chat and database behind it,
// beside an app of the SDK that does nothing. Every card stands in its channel, and its readers are known.
// `node bench/clicks-teams.ts --clicks 2000 --runs 5`

import { App, ExpressAdapter } from '@microsoft/teams.apps'
import { silentLog } from '#platform'
import { proposalCard } from '../src/chat/cards/proposal-card.ts'
import { proposalVersion } from '../src/chat/cards/proposal-version.ts'
import { cardContext } from '../src/chat/context.ts'
import { chatKind } from '../src/chat/platforms/chat-kind.ts'
import { quietLogger } from '../src/chat/teams/quiet-logger.ts'
import { createTeams } from '../src/chat/teams/teams.ts'
import { aView } from '../tests/chat/views.ts'
import { clientId, startTeamsConnector, tenant } from '../tests/support/teams-connector.ts'
import { benchClicks, type OnStop, publicUrl, runClicks, type Surface } from './clicks.ts'
import type { Load } from './clicks-load.ts'

const path = '/api/messages'
const conversation = '19:bench@thread.tacv2'
const user = 'aaaaaaaa-0000-4000-8000-000000000002'

export const benchClicksOnTeams = (size: Parameters<typeof benchClicks>[0]) => benchClicks(size, teamsSurface)

async function teamsSurface(onStop: OnStop): Promise<Surface> {
  const connector = await startTeamsConnector({ after: hook => onStop(hook as () => unknown) })
  const token = connector.token()
  return {
    path,
    connect: async ({ client, desk, web, jan, cards }) => {
      await client.chatAccount.create({ data: { platform: 'teams', workspace: tenant, userId: user, staffId: jan.id, proof: 'code' } })
      const routed = chatKind.schema.parse({ teams: { workspace: tenant, channels: { debtors: conversation } } })
      await client.$transaction(tx => chatKind.project?.(tx, routed) ?? Promise.resolve())
      await client.chatConversation.updateMany({ data: { members: [user], membersAt: new Date() } })
      const card = proposalCard(aView(), cardContext('en', 'Europe/Amsterdam'))
      const ids = Array.from({ length: cards }, (_none, index) => index + 1)
      for (let at = 0; at < cards; at += 500) {
        const some = ids.slice(at, at + 500)
        await client.chatPost.createMany({ data: some.map(id => ({ id, surface: 'console', channel: 'debtors', subject: `proposal:${id}`, card })) })
        await client.chatCopy.createMany({
          data: some.map(id => ({ postId: id, platform: 'teams', conversation, externalId: `1.${id}`, status: 'standing' })),
        })
      }
      // What a database learns by itself within a minute: without it every look-up reads the whole tables that were just filled.
      await client.$executeRaw`ANALYZE`
      const settings = { clientId, clientSecret: 'not-used', managedIdentity: undefined, tenant }
      const teams = await createTeams({ settings, desk, log: silentLog, web, publicUrl, language: 'en', peer: connector.peer })
      onStop(teams.stop)
      return teams.platform
    },
    connectEmpty: async web => {
      const { cloud, serviceUrl } = connector.peer
      const logger = quietLogger(silentLog)
      const app = new App({
        httpServerAdapter: new ExpressAdapter(web, { logger }),
        clientId,
        tenantId: tenant,
        token: connector.peer.token,
        cloud,
        serviceUrl,
        logger,
      })
      app.on('card.action', () => ({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'yes' }))
      await app.initialize()
    },
    press: proposal => pressed(proposal, token, connector.serviceUrl),
  }
}

/** A signed click on "Approve and send" of one card, which decides it. */
function pressed(proposal: number, token: string, serviceUrl: string): Load['bodies'][number] {
  const press = { action: 'proposal.approve', data: { proposal: String(proposal), version: proposalVersion(aView({ id: proposal })) } }
  const body = JSON.stringify({
    type: 'invoke',
    name: 'adaptiveCard/action',
    id: `f:${proposal}.${Math.random()}`,
    serviceUrl,
    channelId: 'msteams',
    from: { id: '29:jan', aadObjectId: user, name: 'Jan Willems' },
    recipient: { id: `28:${clientId}`, name: 'Duncan' },
    conversation: { id: `${conversation};messageid=1.${proposal}`, conversationType: 'channel', tenantId: tenant },
    channelData: { tenant: { id: tenant } },
    replyToId: `1.${proposal}`,
    value: { action: { type: 'Action.Execute', verb: 'duncan', data: { action: 'press', press, on: 'post', mark: `${proposal}.1` } } },
  })
  return { body, headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` } }
}

if (import.meta.main) await runClicks(benchClicksOnTeams)
