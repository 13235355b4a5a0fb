import { Command } from 'commander'
import { chatConfig, consoleUrl, printManifest } from '#chat'
import { readConfig, readEnvironment } from '#platform'

export function manifestCommand(): Command {
  const command = new Command('manifest').description('print what a chat platform takes to know Duncan, with the address of this installation')
  command
    .command('slack')
    .description('the manifest of the Slack app, as YAML; the address is that of DUNCAN_PUBLIC_URL')
    .option('--socket', 'for Socket Mode: Slack needs no way in from the internet')
    .action(({ socket = false }: { socket?: boolean }) => {
      const url = consoleUrl(readConfig(chatConfig, readEnvironment()))
      process.stdout.write(printManifest(url, { socket }))
      if (!socket && !url.startsWith('https:')) console.error(`Slack only calls https addresses, and ${url} is none: set DUNCAN_PUBLIC_URL, or take --socket.`)
    })
  return command
}
