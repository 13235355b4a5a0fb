import { Command } from 'commander'
import { chatConfig, consoleUrl, printSlackManifest, printTeamsManifest, teamsConfig } from '#chat'
import { DuncanError, readConfig, readEnvironment } from '#platform'

export function manifestCommand(): Command {
  const command = new Command('manifest')
  command
    .command('slack')
    .description('the manifest of the Slack app, as YAML; the address is that of DUNCAN_PUBLIC_URL')
    .option('--socket', 'for Socket Mode: Slack needs no way in from the internet')
    .action(({ socket = false }: { socket?: boolean }) => {
      const url = consoleUrl(readConfig(chatConfig, readEnvironment()))
      process.stdout.write(printSlackManifest(url, { socket }))
      if (!socket && !url.startsWith('https:')) console.error(`Slack only calls https addresses, and ${url} is none: set DUNCAN_PUBLIC_URL, or take --socket.`)
    })
  command
    .command('teams')
    .description('the manifest of the Teams app, as JSON; zip it with the two icons of manifests/teams')
    .option('--sideload', 'for tenants that do not take version 1.29 yet: without slash commands')
    .action(({ sideload = false }: { sideload?: boolean }) => {
      const { DUNCAN_TEAMS_CLIENT_ID: clientId } = readConfig(teamsConfig, readEnvironment())
      if (!clientId) throw new DuncanError('teams.client_id', 'DUNCAN_TEAMS_CLIENT_ID is not set.', 'Register the bot in Entra and set its application id.')
      process.stdout.write(printTeamsManifest(publicUrl('Teams'), clientId, { sideload }))
    })
  return command
}

/** The address of this installation; says so when `caller` would refuse it. */
function publicUrl(caller?: 'Slack' | 'Teams'): string {
  const url = consoleUrl(readConfig(chatConfig, readEnvironment()))
  if (caller && !url.startsWith('https:')) console.error(`${caller} only calls https addresses, and ${url} is none: set DUNCAN_PUBLIC_URL.`)
  return url
}
