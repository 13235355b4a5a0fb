import { chatKind, checkSlack, consoleUrl, slackSettings } from '#chat'
import { type DbClient, DuncanError, silentLog } from '#platform'
import { createSettings } from '#settings'
import { type AppConfig, settingsKinds } from '../../app.ts'
import type { Check } from './run-checks.ts'

/** Looks at the chat platforms that are configured: their tokens, rights and channels. Nothing is posted. */
export async function chatChecks(config: AppConfig, client: DbClient): Promise<Check[]> {
  const slack = slackSettings(config)
  if (!slack) return []
  const { slack: mapped } = await createSettings({ client, kinds: settingsKinds }).read(chatKind)
  const channels = Object.values(mapped?.channels ?? {})
  const found = await checkSlack(slack, channels, silentLog)
  return [
    ...found.map(finding => ({
      name: `Slack ${finding.what}`,
      run: async () => {
        if (finding.ok) return finding.detail
        throw new DuncanError('doctor.slack', finding.problem, finding.remedy)
      },
    })),
    {
      name: 'Slack channels',
      run: async () =>
        channels.length > 0
          ? `${channels.length} show cards`
          : { warning: 'no channel shows cards.', remedy: 'Name one under chat.slack.channels in the settings and run `duncan apply`.' },
    },
    {
      name: 'way in from Slack',
      run: async () =>
        slack.appToken !== undefined || consoleUrl(config).startsWith('https:')
          ? 'as the manifest says'
          : {
              warning: `Slack cannot reach ${consoleUrl(config)}.`,
              remedy: 'Set DUNCAN_PUBLIC_URL to an https address that leads to Duncan, or use Socket Mode with DUNCAN_SLACK_APP_TOKEN.',
            },
    },
  ]
}
