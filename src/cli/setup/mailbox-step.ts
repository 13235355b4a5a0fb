import { type MailboxSettings, mailboxesKind, withSecrets } from '#mail'
import { DuncanError, errorText, newSecretKey, readEnvironment, systemClock } from '#platform'
import { readAppConfig } from '../../app.ts'
import { checkReading, checkSending } from '../check-mailbox.ts'
import { byBrowser, byCode, signInMailbox } from '../sign-in-mailbox.ts'
import { applySections, itemsInForce, type Setup } from './context.ts'
import { asFolder } from './folders-step.ts'
import { writeEnv } from './write-env.ts'

const kinds = [
  { value: 'imap', name: 'IMAP and SMTP with a password' },
  { value: 'microsoft', name: 'Microsoft 365' },
  { value: 'google', name: 'Gmail or Google Workspace' },
  { value: 'oauth', name: 'another provider with a sign-in page (OpenID Connect)' },
  { value: 'maildir', name: 'a Maildir folder on this machine' },
  { value: 'later', name: 'none for now' },
] as const
type Kind = (typeof kinds)[number]['value']

const presets = {
  microsoft: { imap: 'outlook.office365.com', smtp: 'smtp.office365.com' },
  google: { imap: 'imap.gmail.com', smtp: 'smtp.gmail.com' },
}

/** The mailbox that debtors write to: tried by signing in before it is put in force. */
export async function connectMailboxStep({ ask, say, envFile, database }: Setup): Promise<void> {
  const kind: Kind = await ask.choose('mailbox.kind', 'Where do your debtors write to?', [...kinds], ask.isInteractive ? undefined : 'later')
  if (kind === 'later') return say('! No mailbox yet: `duncan setup --from mailbox` connects one.')
  const address = await ask.text('mailbox.address', 'Its mail address', { check: asAddress })
  const key = await ask.text('mailbox.key', 'A short name for it', { initial: slugOf(address), check: asKey })
  const yesterday = systemClock.today(readAppConfig(readEnvironment()).DUNCAN_TIME_ZONE).subtract({ days: 1 }).toString()
  const from = await ask.text('mailbox.startAt', 'Propose about mail from this day on (older mail is read, and nothing is proposed)', {
    initial: yesterday,
    check: asDay,
  })
  const common = { address, startAt: `${from}T00:00:00Z`, ...(await administrationOf(database)) }

  const section =
    kind === 'maildir'
      ? { secrets: {}, kind, path: await ask.text('mailbox.path', 'Folder of the Maildir', { check: asFolder }), ...common }
      : await (kind === 'imap' ? imapSection(ask, key, common) : signedInSection(ask, kind, key, common))
  const { secrets, ...mailbox } = section as { secrets: Record<string, string> } & Record<string, unknown>
  const settings = settingsOf(key, mailbox, secrets)
  if (!settings.oauth) await tryMailbox(settings, say)
  await writeEnv(envFile, secrets, { confirm: async () => true }) // they are this mailbox's own, and newer than what stands there
  await applySections({ database }, { mailboxes: { ...(await itemsInForce(database, 'mailboxes')), [key]: mailbox } }, 'setup: mailbox')
  if (settings.oauth) await signIn({ ask, say, envFile, database }, settings, kind)
}

/** The sign-in that `duncan connect` makes. */
async function signIn({ ask, say, envFile, database }: Setup, settings: MailboxSettings, kind: Kind): Promise<void> {
  const ways = [
    { value: 'browser' as const, name: 'in a browser on this machine' },
    ...(kind === 'google' ? [] : [{ value: 'device' as const, name: 'on another device, by a code: for servers without a browser' }]),
    { value: 'later' as const, name: 'later, with `duncan connect`' },
  ]
  const way = await ask.choose('mailbox.signIn', `How do you sign ${settings.address} in?`, ways, ask.isInteractive ? 'browser' : 'later')
  if (way === 'later')
    return say(`! ${settings.address} is named; nothing is read before \`duncan connect ${settings.key}\` (--device on a server without a browser).`)
  const env = readEnvironment()
  // Beside an embedded database the key is made by itself; several processes on one server need the same.
  if (env.DATABASE_URL && !env.DUNCAN_SECRET_KEY) await writeEnv(envFile, { DUNCAN_SECRET_KEY: newSecretKey() }, ask)
  const isWell = await signInMailbox({ config: readAppConfig(readEnvironment()), client: database.client }, settings, way === 'device' ? byCode : byBrowser(0))
  if (!isWell) say(`! Mend that, and try it with \`duncan connect ${settings.key}\`.`)
}

async function signedInSection(
  ask: Setup['ask'],
  kind: 'microsoft' | 'google' | 'oauth',
  key: string,
  common: { address: string },
): Promise<Record<string, unknown>> {
  const user = await ask.text('mailbox.user', 'Account of the mailbox (of a shared one its address)', { initial: common.address })
  const clientId = await ask.text('mailbox.clientId', 'Client id of the app that you registered there (docs/connections.md)')
  const tenant = kind === 'microsoft' ? { tenant: await ask.text('mailbox.tenant', 'Tenant id of your organisation') } : {}
  const secret = await ask.secret('mailbox.clientSecret', 'Its client secret (it goes into .env); empty if it has none', { isOptional: kind !== 'google' })
  const clientSecretEnv = environmentName(key, 'CLIENT_SECRET')
  const oauth = { provider: kind === 'oauth' ? 'custom' : kind, clientId, ...tenant, ...(secret && { clientSecretEnv }) }
  const named = { secrets: secret ? { [clientSecretEnv]: secret } : {}, kind: 'imap', ...common, user }
  if (kind !== 'oauth') return { ...named, host: presets[kind].imap, oauth, smtp: { host: presets[kind].smtp, user, sentCopy: 'server' } }
  const issuer = await ask.text('mailbox.issuer', 'Address of the sign-in service, before /.well-known/openid-configuration')
  const scopes = await ask.text('mailbox.scopes', 'Rights to ask for', { initial: 'openid offline_access email' })
  const servers = await askServers(ask, common.address)
  return { ...named, ...servers.imap, oauth: { ...oauth, issuer, scopes: scopes.split(/[\s,]+/) }, ...(servers.smtp && { smtp: { ...servers.smtp, user } }) }
}

async function imapSection(ask: Setup['ask'], key: string, common: { address: string }): Promise<Record<string, unknown>> {
  const user = await ask.text('mailbox.user', 'Account that signs in', { initial: common.address })
  const { imap, smtp } = await askServers(ask, common.address)
  const password = await ask.secret('mailbox.password', 'Password (it goes into .env, and nowhere else)')
  const passwordEnv = environmentName(key, 'PASSWORD')
  const smtpUser = smtp && (await ask.text('mailbox.smtp.user', 'Account at the SMTP server; empty if it wants none', { initial: user, isOptional: true }))
  return {
    secrets: { [passwordEnv]: password },
    kind: 'imap',
    ...common,
    ...imap,
    user,
    passwordEnv,
    ...(smtp && { smtp: { ...smtp, ...(smtpUser && { user: smtpUser, passwordEnv }) } }),
  }
}

/** Names of variables begin with a letter. */
const environmentName = (key: string, what: string): string => `${key.toUpperCase().replaceAll('-', '_')}_${what}`.replace(/^(?=\d)/, 'MAILBOX_')

type Server = { host: string; port: number; tls: string }

async function askServers(ask: Setup['ask'], address: string): Promise<{ imap: Server; smtp: Server | undefined }> {
  const host = await ask.text('mailbox.host', 'IMAP server', { initial: `imap.${address.split('@')[1] ?? ''}` })
  const port = await ask.text('mailbox.port', 'Its port (993 speaks TLS, 143 upgrades)', { initial: '993', check: asPort })
  const tls = await ask.choose('mailbox.tls', 'Encryption', tlsChoices, port === '993' ? 'implicit' : 'starttls')
  const imap = { host, port: Number(port), tls }
  const smtpHost = await ask.text('mailbox.smtp.host', 'SMTP server; empty to send nothing', { initial: host.replace(/^imap\./, 'smtp.'), isOptional: true })
  if (smtpHost === '') return { imap, smtp: undefined }
  const smtpPort = await ask.text('mailbox.smtp.port', 'Its port', { initial: '587', check: asPort })
  const smtpTls = await ask.choose('mailbox.smtp.tls', 'Encryption', tlsChoices, smtpPort === '465' ? 'implicit' : 'starttls')
  return { imap, smtp: { host: smtpHost, port: Number(smtpPort), tls: smtpTls } }
}

const tlsChoices = [
  { value: 'implicit', name: 'TLS from the start' },
  { value: 'starttls', name: 'STARTTLS' },
  { value: 'none', name: 'none: only for a server on this machine' },
]

/** The answers as a mailbox. Throws `setup.settings` with what is wrong with them. */
function settingsOf(key: string, mailbox: Record<string, unknown>, secrets: Record<string, string>): MailboxSettings {
  const parsed = mailboxesKind.schema.safeParse({ [key]: mailbox })
  const section = parsed.data?.[key]
  if (section) return withSecrets(key, section, { ...readEnvironment(), ...secrets })
  const faults = (parsed.error?.issues ?? []).map(({ path, message }) => `mailbox.${path.slice(1).join('.')} ${message}`)
  throw new DuncanError('setup.settings', `The mailbox cannot be used so: ${faults.join('; ')}.`, 'Run `duncan setup --from mailbox` and answer again.')
}

async function tryMailbox(settings: MailboxSettings, say: (text: string) => void): Promise<void> {
  say(settings.kind === 'maildir' ? 'Looking into it ...' : 'Signing in ...')
  say(`✓ ${await checkReading(settings)}`)
  if (!settings.smtp) return
  try {
    say(`✓ ${await checkSending(settings)}`)
  } catch (error) {
    // Reading works: proposals come, and what is approved waits until sending is mended.
    say(`! Sending does not work yet: ${errorText(error)}${error instanceof DuncanError ? `\n  → ${error.remedy}` : ''}`)
  }
}

async function administrationOf(database: Setup['database']): Promise<{ administration?: string }> {
  const [only, other] = Object.keys(await itemsInForce(database, 'administrations'))
  return only !== undefined && other === undefined ? { administration: only } : {}
}

const slugOf = (address: string): string =>
  address
    .split('@')[0]
    ?.toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'debtors' // prettier-ignore
const asKey = (text: string): string | undefined => (/^[a-z0-9][a-z0-9-]*$/.test(text) ? undefined : 'use small letters, digits and dashes.')
const asAddress = (text: string): string | undefined => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : 'that is no mail address.')
const asPort = (text: string): string | undefined =>
  Number.isInteger(Number(text)) && Number(text) > 0 && Number(text) < 65_536 ? undefined : 'a port is a number from 1 to 65535.'
const asDay = (text: string): string | undefined =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? undefined : 'write a day as 2026-01-31.'
