import { z } from 'zod'
import { DuncanError } from '#platform'

const secret = (starts: string, name: string) =>
  z.string().startsWith(starts, `It begins with ${starts}; see ${name} in the settings of the Slack app`).optional()

/** Settings of the connection with Slack. */
export const slackConfig = z.object({
  DUNCAN_SLACK_BOT_TOKEN: secret('xoxb-', 'OAuth & Permissions').describe('Token of the Slack app’s bot; with the signing secret it turns Slack on'),
  DUNCAN_SLACK_SIGNING_SECRET: z.string().min(8).optional().describe('Signing secret of the Slack app: what comes in without it is refused'),
  DUNCAN_SLACK_APP_TOKEN: secret('xapp-', 'Basic Information').describe(
    'Token with connections:write: Slack is then reached from inside (Socket Mode), and needs no way in from the internet',
  ),
  DUNCAN_SLACK_TEAM: z
    .string()
    .regex(/^T[A-Z0-9]+$/, 'The id of a workspace begins with T: T0123ABCD')
    .optional()
    .describe('Id of the one workspace that Duncan works for; nobody of another one is answered'),
  DUNCAN_SLACK_API_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://slack.com/api/')
    .describe('Where Slack’s interface is; another one only for tests'),
})
export type SlackConfig = z.infer<typeof slackConfig>

export type SlackSettings = { botToken: string; signingSecret: string; appToken: string | undefined; team: string; apiUrl: string }

/** The connection with Slack as configured; undefined when it is not wanted. Throws `slack.config` when it is wanted and something is missing. */
export function slackSettings(config: SlackConfig): SlackSettings | undefined {
  const { DUNCAN_SLACK_BOT_TOKEN: botToken, DUNCAN_SLACK_SIGNING_SECRET: signingSecret, DUNCAN_SLACK_APP_TOKEN: appToken, DUNCAN_SLACK_TEAM: team } = config
  if (botToken === undefined && signingSecret === undefined && appToken === undefined && team === undefined) return undefined
  const missing = Object.entries({ DUNCAN_SLACK_BOT_TOKEN: botToken, DUNCAN_SLACK_TEAM: team, DUNCAN_SLACK_SIGNING_SECRET: signingSecret ?? appToken })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name)
  if (botToken === undefined || team === undefined || missing.length > 0)
    throw new DuncanError(
      'slack.config',
      `Slack is half configured: ${missing.join(' and ')} is missing.`,
      'Set it in .env, or take the other DUNCAN_SLACK_ settings out.',
    )
  // In Socket Mode nothing comes in that would be signed.
  return { botToken, signingSecret: signingSecret ?? '', appToken, team, apiUrl: config.DUNCAN_SLACK_API_URL }
}
