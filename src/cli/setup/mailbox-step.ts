import { mailboxesKind, withSecrets } from '#mail'
import { DuncanError, errorText, readEnvironment, systemClock } from '#platform'
import { readAppConfig } from '../../app.ts'
import { checkReading, checkSending } from '../check-mailbox.ts'
import { applySections, itemsInForce, type Setup } from './context.ts'
import { writeEnv } from './write-env.ts'

const kinds = [
  { value: 'imap', name: 'IMAP and SMTP with a password' },
  { value: 'microsoft', name: 'Microsoft 365' },
  { value: 'google', name: 'Gmail or Google Workspace' },
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
    kind === 'maildir' ? { kind, path: await ask.text('mailbox.path', 'Folder of the Maildir'), ...common } : await imapSection(ask, kind, key, common)
  const { secrets, ...mailbox } = { secrets: {}, ...section } as { secrets: Record<string, string> } & Record<string, unknown>
  if (kind === 'imap' || kind === 'maildir') await tryMailbox(key, mailbox, secrets, say)
  await writeEnv(envFile, secrets, ask)
  await applySections({ database }, { mailboxes: { ...(await itemsInForce(database, 'mailboxes')), [key]: mailbox } }, 'setup: mailbox')
  if (kind === 'microsoft' || kind === 'google')
    say(`✓ ${address} is named. Sign it in now with \`duncan connect ${key}\` (--device on a server without a browser).`)
}

async function imapSection(
  ask: Setup['ask'],
  kind: 'imap' | 'microsoft' | 'google',
  key: string,
  common: { address: string },
): Promise<Record<string, unknown>> {
  const user = await ask.text('mailbox.user', 'Account that signs in', { initial: common.address })
  if (kind !== 'imap') {
    const clientId = await ask.text('mailbox.clientId', 'Client id of the app that you registered there (docs/connections.md)')
    const tenant = kind === 'microsoft' ? await ask.text('mailbox.tenant', 'Tenant id of your organisation') : undefined
    const secret = await ask.text('mailbox.clientSecretEnv', 'Environment variable with its client secret; empty if it has none', { isOptional: true })
    const oauth = { provider: kind, clientId, ...(tenant && { tenant }), ...(secret && { clientSecretEnv: secret }) }
    return { kind: 'imap', ...common, host: presets[kind].imap, user, oauth, smtp: { host: presets[kind].smtp, user, sentCopy: 'server' } }
  }
  const domain = common.address.split('@')[1] ?? ''
  const host = await ask.text('mailbox.host', 'IMAP server', { initial: `imap.${domain}` })
  const port = await ask.text('mailbox.port', 'Its port (993 speaks TLS, 143 upgrades)', { initial: '993', check: asPort })
  const tls = await ask.choose('mailbox.tls', 'Encryption', tlsChoices, port === '993' ? 'implicit' : 'starttls')
  const password = await ask.secret('mailbox.password', 'Password (it goes into .env, and nowhere else)')
  const smtpHost = await ask.text('mailbox.smtp.host', 'SMTP server; empty to send nothing', { initial: host.replace(/^imap\./, 'smtp.'), isOptional: true })
  const smtpPort = smtpHost === '' ? '' : await ask.text('mailbox.smtp.port', 'Its port', { initial: '587', check: asPort })
  const smtpUser = smtpHost === '' ? '' : await ask.text('mailbox.smtp.user', 'Its account; empty if it wants none', { initial: user, isOptional: true })
  const smtpTls = smtpHost === '' ? 'starttls' : await ask.choose('mailbox.smtp.tls', 'Encryption', tlsChoices, smtpPort === '465' ? 'implicit' : 'starttls')
  const passwordEnv = `${key.toUpperCase().replaceAll('-', '_')}_PASSWORD`
  const smtp = { host: smtpHost, port: Number(smtpPort), tls: smtpTls, ...(smtpUser && { user: smtpUser, passwordEnv }) }
  return { secrets: { [passwordEnv]: password }, kind, ...common, host, port: Number(port), tls, user, passwordEnv, ...(smtpHost !== '' && { smtp }) }
}

const tlsChoices = [
  { value: 'implicit', name: 'TLS from the start' },
  { value: 'starttls', name: 'STARTTLS' },
  { value: 'none', name: 'none: only for a server on this machine' },
]

async function tryMailbox(key: string, mailbox: Record<string, unknown>, secrets: Record<string, string>, say: (text: string) => void): Promise<void> {
  const parsed = mailboxesKind.schema.safeParse({ [key]: mailbox })
  const section = parsed.data?.[key]
  if (!section)
    throw new DuncanError(
      'setup.mailbox',
      parsed.error?.issues[0]?.message ?? 'The mailbox cannot be read.',
      'Run `duncan setup --from mailbox` and answer again.',
    )
  const settings = withSecrets(key, section, { ...readEnvironment(), ...secrets })
  say('Signing in ...')
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
