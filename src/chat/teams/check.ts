import type { ConversationClient } from '@microsoft/teams.api'
import { deliveryProblem } from './delivery-problem.ts'

/** A thing that was looked at: fine, or what is wrong and what to do. */
export type TeamsFinding = { what: string; ok: true; detail: string } | { what: string; ok: false; problem: string; remedy: string }

type Deps = { token: () => Promise<unknown>; conversations: (serviceUrl?: string) => ConversationClient }

/** Looks at everything that the connection needs: a token of the bot's own, and each channel that cards go to. */
export async function checkTeams({ token, conversations }: Deps, channels: readonly string[]): Promise<TeamsFinding[]> {
  const had = await token().then(
    given => (given ? undefined : 'There are no credentials.'),
    (error: unknown) => problemOf(error),
  )
  if (had !== undefined) {
    const remedy = 'See that login.microsoftonline.com can be reached, and that DUNCAN_TEAMS_CLIENT_ID, _CLIENT_SECRET and _TENANT are those of the bot.'
    return [{ what: 'token', ok: false, problem: had, remedy }]
  }
  const found: TeamsFinding[] = [{ what: 'token', ok: true, detail: 'the bot can sign in' }]
  for (const channel of channels) found.push(await channelFinding(conversations(), channel))
  return found
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

function problemOf(error: unknown): string {
  const why = deliveryProblem(error)
  return 'problem' in why ? why.problem : 'Teams asks to wait.'
}
