import type { ConversationClient } from '@microsoft/teams.api'
import type { Log } from '#platform'
import type { TeamsPeer } from './app.ts'
import type { TeamsSettings } from './config.ts'
import { deliveryProblem } from './delivery-problem.ts'

/** A thing that was looked at: fine, or what is wrong and what to do. */
export type TeamsFinding = { what: string; ok: true; detail: string } | { what: string; ok: false; problem: string; remedy: string }

/** Looks at everything that the connection needs: a token of the bot's own, its tenant, and each channel that cards go to. */
export async function checkTeams(settings: TeamsSettings, channels: readonly string[], log: Log, peer?: TeamsPeer): Promise<TeamsFinding[]> {
  const { createTeamsApp } = await import('./app.ts') // the SDK is large
  const { app, conversations } = createTeamsApp({ settings, log, peer })
  const tenant = await app.tokenProvider.getAppToken().then(
    token => token && { of: tenantOf(token.toString()) },
    (error: unknown) => problemOf(error),
  )
  if (typeof tenant !== 'object' || tenant === null) {
    const remedy = 'See that login.microsoftonline.com can be reached, and that DUNCAN_TEAMS_CLIENT_ID, _CLIENT_SECRET and _TENANT are those of the bot.'
    return [{ what: 'token', ok: false, problem: tenant ?? 'There are no credentials.', remedy }]
  }
  const found: TeamsFinding[] = [{ what: 'token', ok: true, detail: 'the bot can sign in' }, tenantFinding(settings, tenant.of)]
  for (const channel of channels) found.push(await channelFinding(conversations(), channel))
  return found
}

function tenantFinding({ tenant, testConnector }: TeamsSettings, signedIn: string | undefined): TeamsFinding {
  const what = 'tenant'
  if (signedIn?.toLowerCase() === tenant) return { what, ok: true, detail: tenant }
  if (testConnector !== undefined) return { what, ok: true, detail: 'not asked: a connector of tests' }
  const remedy = 'Set DUNCAN_TEAMS_TENANT to the tenant in which the bot is registered, as an app of a single tenant.'
  return { what, ok: false, problem: `The token is of ${signedIn ?? 'no tenant'}, the settings say ${tenant}.`, remedy }
}

async function channelFinding(connector: ConversationClient, id: string): Promise<TeamsFinding> {
  const what = `channel ${id}`
  try {
    const { members } = await connector.getPagedMembers(id, 50)
    return { what, ok: true, detail: `read by ${members.length}${members.length === 50 ? ' or more' : ''}` }
  } catch (error) {
    const remedy = 'Add the app to the team of the channel, or name another channel under chat.teams.channels.'
    return { what, ok: false, problem: problemOf(error), remedy }
  }
}

/** The tenant that a token of the sign-in service is of. */
function tenantOf(token: string): string | undefined {
  const [, payload = ''] = token.split('.')
  const { tid } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { tid?: string }
  return tid
}

function problemOf(error: unknown): string {
  const why = deliveryProblem(error)
  return 'problem' in why ? why.problem : 'Teams asks to wait.'
}
