import type { webApi } from '@slack/bolt'
import type { Log } from '#platform'
import type { SlackSettings } from './config.ts'
import { deliveryProblem } from './delivery-problem.ts'

/** A thing that was looked at: fine, or what is wrong and what to do. */
export type SlackFinding = { what: string; ok: true; detail: string } | { what: string; ok: false; problem: string; remedy: string }

/** What Duncan asks of Slack, as the manifest says too. */
export const wantedScopes = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'chat:write.public',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'metadata.message:read',
  'users:read',
  'users:read.email',
] as const

const reinstall = 'Apply the manifest that `duncan manifest slack` prints and install the app again.'

/** Looks at everything that the connection needs: the token and its workspace, its rights, and each channel that cards go to. */
export async function checkSlack(settings: SlackSettings, channels: readonly string[], log: Log): Promise<SlackFinding[]> {
  const { slackClient } = await import('./client.ts') // the SDK is large
  const { team } = settings
  const client = slackClient(settings, log)
  const found: SlackFinding[] = []
  try {
    const { team_id, team: name, response_metadata } = await client.auth.test()
    found.push(
      team_id === team
        ? { what: 'workspace', ok: true, detail: `${name} (${team_id})` }
        : {
            what: 'workspace',
            ok: false,
            problem: `The token belongs to ${team_id}, the settings say ${team}.`,
            remedy: 'Set DUNCAN_SLACK_TEAM, or take the token of the right workspace.',
          },
    )
    found.push(scopeFinding(response_metadata?.scopes))
  } catch (error) {
    return [
      {
        what: 'token',
        ok: false,
        problem: problemOf(error),
        remedy: 'See that Slack can be reached, and that DUNCAN_SLACK_BOT_TOKEN is the one under “OAuth & Permissions”.',
      },
    ]
  }
  for (const channel of channels) found.push(await channelFinding(client, channel))
  return found
}

function scopeFinding(granted: string[] | undefined): SlackFinding {
  const what = 'scopes'
  if (!granted) return { what, ok: false, problem: 'Slack does not say which rights the token has.', remedy: reinstall }
  const missing = wantedScopes.filter(scope => !granted.includes(scope))
  if (missing.length === 0) return { what, ok: true, detail: `${wantedScopes.length} granted` }
  return { what, ok: false, problem: `The app lacks ${missing.join(', ')}.`, remedy: reinstall }
}

async function channelFinding(client: webApi.WebClient, id: string): Promise<SlackFinding> {
  const what = `channel ${id}`
  const invite = 'Write /invite @Duncan in the channel, or name another one under chat.slack.channels.'
  try {
    const { channel } = await client.conversations.info({ channel: id })
    if (channel?.is_archived) return { what, ok: false, problem: 'The channel is archived.', remedy: invite }
    if (channel?.is_ext_shared)
      return { what, ok: false, problem: 'The channel is shared with another company.', remedy: 'Take a channel that only colleagues read.' }
    // Who reads a channel is known only from inside it; until then its cards are without the words of mails.
    if (!channel?.is_member) return { what, ok: false, problem: 'Duncan is not in the channel.', remedy: invite }
    return { what, ok: true, detail: `#${channel.name}` }
  } catch (error) {
    return { what, ok: false, problem: problemOf(error), remedy: invite }
  }
}

function problemOf(error: unknown): string {
  const why = deliveryProblem(error)
  return 'problem' in why ? why.problem : 'Slack asks to wait.'
}
