import { Command, InvalidArgumentError } from 'commander'
import { disconnectMailbox, type MailboxSection, type MailboxSettings, mailboxesKind, withSecrets } from '#mail'
import { connectDatabase, createSecrets, type Database, DuncanError, readEnvironment, systemClock } from '#platform'
import { createSettings } from '#settings'
import { type AppConfig, readAppConfig, settingsKinds } from '../app.ts'
import { printConnections } from './connect-status.ts'
import { byBrowser, byCode, signInMailbox } from './sign-in-mailbox.ts'

type Flags = { device?: boolean; port: number; status?: boolean; json?: boolean; forget?: boolean }
type Context = { config: AppConfig; database: Database; mailboxes: Record<string, MailboxSection> }

export function connectCommand(): Command {
  return new Command('connect')
    .argument('[mailbox]', 'its key in the settings')
    .option('--device', 'sign in on any other device by a code: for servers without a browser')
    .option('--port <number>', 'where to wait for the browser on this machine, for a tunnel to a server', parsePort, 0)
    .option('--status', 'say how every mailbox signs in, since when, how long, and what is wrong')
    .option('--json', 'print the status as JSON')
    .option('--forget', 'forget the sign-in')
    .addHelpText(
      'after',
      '\nAt a shared mailbox somebody signs in who may open it; its address stands as user in the settings. Exit code 1: signed in but a check failed, or the status shows a problem.',
    )
    .action(run)
}

function parsePort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port <= 65_535) return port
  throw new InvalidArgumentError('A port is a number from 1 to 65535.')
}

async function run(key: string | undefined, flags: Flags, command: Command): Promise<void> {
  if (!key && !flags.status) return command.error('Name the mailbox, or ask for --status.')
  const config = readAppConfig()
  const database = await connectDatabase(config)
  try {
    const mailboxes = await createSettings({ client: database.client, kinds: settingsKinds }).read(mailboxesKind)
    const context = { config, database, mailboxes }
    if (flags.status || !key)
      process.exitCode = await printConnections(database.client, key ? { [key]: sectionOf(mailboxes, key) } : mailboxes, config, flags.json ?? false)
    else if (flags.forget) await forget(context, key)
    else process.exitCode = await connect(context, key, flags)
  } finally {
    await database.close()
  }
}

async function connect({ config, database, mailboxes }: Context, key: string, { device, port }: Flags): Promise<number> {
  const way = device ? byCode : byBrowser(port)
  return (await signInMailbox({ config, client: database.client }, withSecrets(key, sectionOf(mailboxes, key), readEnvironment()), way)) ? 0 : 1
}

async function forget({ config, database, mailboxes }: Context, key: string): Promise<void> {
  const deps = { client: database.client, secrets: createSecrets(config), clock: systemClock }
  const mailbox = withSecrets(key, sectionOf(mailboxes, key), readEnvironment())
  const { forgotten, revoked } = await disconnectMailbox(deps, mailbox, 'cli')
  if (!forgotten) return console.log(`Nobody was signed in for ${key}.`)
  const others = Object.keys(mailboxes).filter(other => other !== key && nameOf(other, mailboxes[other]) === nameOf(key, mailbox))
  console.log(`The sign-in of ${[key, ...others].join(', ')} is forgotten.`)
  if (!revoked) console.log('The provider could not be told: take Duncan off the list of apps of that account there.')
}

const nameOf = (key: string, mailbox: Pick<MailboxSettings, 'oauth'> | undefined) => mailbox?.oauth && (mailbox.oauth.signIn ?? key)

function sectionOf(mailboxes: Context['mailboxes'], key: string): MailboxSection {
  const section = Object.hasOwn(mailboxes, key) ? mailboxes[key] : undefined
  if (section) return section
  const keys = Object.keys(mailboxes)
  const remedy = keys.length > 0 ? `Choose from: ${keys.join(', ')}.` : 'Name one under "mailboxes:" in a settings file and run `duncan apply`.'
  throw new DuncanError('connect.unknown', `The settings name no mailbox ${key}.`, remedy)
}
