import { chatKind, checkSlack, checkTeams, consoleUrl, slackSettings, teamsSettings } from '#chat'
import { type DbClient, DuncanError, silentLog } from '#platform'
import { createSettings } from '#settings'
import { type AppConfig, settingsKinds } from '../../app.ts'
import type { Check } from './run-checks.ts'

/** What a platform's own check found. */
type Found = { what: string; ok: true; detail: string } | { what: string; ok: false; problem: string; remedy: string }

/** One chat platform: as the environment connects it, and as the settings route cards to it. */
type Connection = {
  name: 'Slack' | 'Teams'
  /** What turns it on, and what names its workspace. */
  variables: { on: string; workspace: string }
  /** The workspace that the environment names; undefined where the platform is not configured. */
  workspace: string | undefined
  section: { workspace: string; channels: Record<string, string> } | undefined
  look: (channels: string[]) => Promise<Found[]>
  /** Whether the platform must reach Duncan from outside, and what else there is where it cannot. */
  comesIn: { needed: boolean; orElse: string }
}

/** Looks at the chat platforms that are configured: their tokens, rights and channels, and whether environment and settings agree. Nothing is posted. */
export async function chatChecks(config: AppConfig, client: DbClient): Promise<Check[]> {
  const [slack, teams] = [slackSettings(config), teamsSettings(config, process.env)]
  const sections = await createSettings({ client, kinds: settingsKinds })
    .read(chatKind)
    .catch(() => undefined)
  if (!sections) return [] // told with the other settings
  const connections: Connection[] = [
    {
      name: 'Slack',
      variables: { on: 'DUNCAN_SLACK_BOT_TOKEN', workspace: 'DUNCAN_SLACK_TEAM' },
      workspace: slack?.team,
      section: sections.slack,
      look: async channels => (slack ? checkSlack(slack, channels, silentLog) : []),
      comesIn: { needed: slack?.appToken === undefined, orElse: ', or use Socket Mode with DUNCAN_SLACK_APP_TOKEN' },
    },
    {
      name: 'Teams',
      variables: { on: 'DUNCAN_TEAMS_CLIENT_ID', workspace: 'DUNCAN_TEAMS_TENANT' },
      workspace: teams?.tenant,
      section: sections.teams,
      look: async channels => (teams ? checkTeams(teams, channels, silentLog) : []),
      comesIn: { needed: teams?.testConnector === undefined, orElse: '' },
    },
  ]
  const checks = await Promise.all(connections.map(connection => checksOf(connection, consoleUrl(config))))
  return checks.flat()
}

async function checksOf(connection: Connection, url: string): Promise<Check[]> {
  const { name, workspace, section, look, variables } = connection
  const channels = Object.values(section?.channels ?? {})
  if (workspace === undefined) return channels.length > 0 ? [notConnected(name, variables.on)] : []
  const found = await look(channels)
  return [
    ...found.map(finding => ({
      name: `${name} ${finding.what}`,
      run: async () => {
        if (finding.ok) return finding.detail
        throw new DuncanError('doctor.chat', finding.problem, finding.remedy)
      },
    })),
    { name: `${name} channels`, run: async () => channelsFinding(connection, channels.length) },
    { name: `way in from ${name}`, run: async () => wayIn(connection, url) },
  ]
}

const notConnected = (name: string, variable: string): Check => ({
  name,
  run: async () => ({
    warning: `the settings name channels of ${name}, and Duncan is not connected with it.`,
    remedy: `Set ${variable} and what belongs to it, or take chat.${name.toLowerCase()} out of the settings.`,
  }),
})

function channelsFinding({ name, workspace, section, variables }: Connection, count: number) {
  const key = `chat.${name.toLowerCase()}`
  if (section && section.workspace.toLowerCase() !== workspace?.toLowerCase()) {
    const remedy = `Make them the same: accounts that are linked by one are unknown under the other. Then run \`duncan apply\`.`
    throw new DuncanError('doctor.chat', `${variables.workspace} is ${workspace}, ${key}.workspace is ${section.workspace}.`, remedy)
  }
  if (count > 0) return `${count} show cards`
  return { warning: 'no channel shows cards.', remedy: `Name one under ${key}.channels in the settings and run \`duncan apply\`.` }
}

function wayIn({ name, comesIn }: Connection, url: string) {
  if (!comesIn.needed || url.startsWith('https:')) return 'as the manifest says'
  return { warning: `${name} cannot reach ${url}.`, remedy: `Set DUNCAN_PUBLIC_URL to an https address that leads to Duncan${comesIn.orElse}.` }
}
