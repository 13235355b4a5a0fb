import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { DuncanError, errorText } from '#platform'
import type { SettingsKind } from '#settings'
import type { AccessToken } from './connections/access-token.ts'
import { type OAuthSettings, oauthSettings } from './connections/oauth-settings.ts'

const tls = z
  .enum(['implicit', 'starttls', 'none'])
  .optional()
  .describe('implicit speaks TLS from the first byte, starttls upgrades or refuses, none is for a server on this machine; by default the port decides')
const caFile = z.string().min(1).optional().describe('PEM file on Duncan’s machine with the certificate authority of a server that no public one signed')
const passwordEnv = z
  .string()
  .regex(/^[A-Z_][A-Z0-9_]*$/, 'must be the name of an environment variable, in capitals')
  .optional()
  .describe('Environment variable that holds the password; the password itself never stands in settings')
const address = z.email('must be a mail address').transform(text => text.toLowerCase())
const port = z.int().min(1).max(65_535)

const smtp = z
  .strictObject({
    host: z.string().min(1).describe('Server that mail leaves by'),
    port: port.default(587),
    user: z.string().min(1).optional(),
    passwordEnv,
    tls,
    caFile,
    sentCopy: z
      .enum(['append', 'server'])
      .default('append')
      .describe('Who files the copy of a sent mail: Duncan (append), or the server by itself, as Gmail and Microsoft 365 do (server)'),
    selfBcc: z.boolean().default(false).describe('Sends a blind copy to the mailbox itself: proof of what left where nothing keeps a Sent folder'),
  })
  .describe('How mail leaves; without it nothing can be sent')

const common = {
  address: address.describe('The address that replies are sent from'),
  fromName: z.string().min(1).optional().describe('The name beside that address on mail that is sent'),
  aliases: z.array(address).default([]).describe('Further addresses of your own: mail from them is yours'),
  administration: z.string().min(1).optional().describe('Code of the administration whose debtors write to this mailbox; all when absent'),
  startAt: z.iso
    .datetime({ offset: true, error: 'must be a moment such as 2026-01-31T00:00:00Z' })
    .optional()
    .describe('Older mail is history: read for threads and contacts, never proposed on; by default the moment of the first sync'),
  paused: z.boolean().default(false).describe('Keeps the mailbox and what was read, but reads nothing new'),
  folders: z.array(z.string().min(1)).min(1).default(['INBOX']).describe('Folders to read'),
  pollSeconds: z.number().min(0.1).max(3_600).optional().describe('How long to wait before all folders are looked at again'),
  smtp: smtp.optional(),
  oauth: oauthSettings
    .optional()
    .describe('Instead of passwords: reading, and sending where smtp names a user without a password, by a sign-in that `duncan connect` makes'),
}

const imapMailbox = z.strictObject({
  kind: z.literal('imap'),
  host: z.string().min(1).describe('IMAP server'),
  port: port.default(993),
  user: z.string().min(1).describe('The account; with oauth at a shared mailbox its address, while the person who signs in is another'),
  passwordEnv,
  sentFolder: z.string().min(1).optional().describe('Only where the server does not say which folder holds sent mail; none when there is none'),
  tls,
  caFile,
  ...common,
})

const maildirMailbox = z.strictObject({
  kind: z.literal('maildir'),
  path: z.string().min(1).describe('The Maildir’s own folder on Duncan’s machine'),
  ...common,
})

const mailbox = z.discriminatedUnion('kind', [imapMailbox, maildirMailbox]).superRefine((given, context) => {
  const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
  if (given.kind === 'imap' && !given.passwordEnv && !given.oauth) fault(['passwordEnv'], 'is needed, or oauth in its place')
  if (given.kind === 'imap' && given.passwordEnv && given.oauth) fault(['passwordEnv'], 'and oauth exclude each other')
  if (given.smtp?.user && !given.smtp.passwordEnv && !given.oauth) fault(['smtp', 'passwordEnv'], 'is needed where there is a user and no oauth')
})

const schema = z
  .record(z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower case letters, digits and dashes'), mailbox)
  .describe('Mailboxes that are read and sent from, by a short name; a running Duncan takes changes up by itself')

/** The mailboxes to read and to send from. Secrets stand in the environment, here only their names. */
export const mailboxesKind = {
  name: 'mailboxes',
  schema,
  references: section =>
    Object.entries(section).flatMap(([key, { administration }]) =>
      administration === undefined ? [] : [{ path: [key, 'administration'], kind: 'administrations', key: administration }],
    ),
} satisfies SettingsKind<typeof schema>

/** One mailbox as the settings hold it, without its secrets. */
export type MailboxSection = z.output<typeof mailbox>

/** What signs in: a password from the environment, or access tokens (see connections/). */
type Credentials = { password?: string; accessToken?: AccessToken }
export type SmtpSettings = z.output<typeof smtp> & Credentials & { ca?: string }
type WithSecrets<T> = Omit<T, 'smtp' | 'oauth'> & { key: string; smtp?: SmtpSettings | undefined; oauth?: OAuthSettings | undefined }
export type ImapMailboxSettings = WithSecrets<z.output<typeof imapMailbox>> & Credentials & { ca?: string }
export type MaildirMailboxSettings = WithSecrets<z.output<typeof maildirMailbox>>
export type MailboxSettings = ImapMailboxSettings | MaildirMailboxSettings

/** A mailbox as settings name it, with its secrets from the environment. Throws `mailbox.secret_missing` or `mailbox.ca_unreadable`. */
export function withSecrets(key: string, { smtp: sending, oauth, ...given }: MailboxSection, env: Record<string, string | undefined>): MailboxSettings {
  const secret = (name: string): string => {
    const value = env[name]
    if (value) return value
    const remedy = `Set ${name} in .env or in Duncan’s environment, which needs a restart, or correct the name in the settings.`
    throw new DuncanError('mailbox.secret_missing', `The environment variable ${name}, which the mailbox ${key} names, is not set.`, remedy)
  }
  const credentials = (of: { passwordEnv?: string | undefined; caFile?: string | undefined }) => ({
    ...(of.passwordEnv && { password: secret(of.passwordEnv) }),
    ...(of.caFile && { ca: readAuthority(key, of.caFile) }),
  })
  const shared = {
    key,
    ...(sending && { smtp: { ...sending, ...credentials(sending) } }),
    ...(oauth && { oauth: { ...oauth, ...(oauth.clientSecretEnv && { clientSecret: secret(oauth.clientSecretEnv) }) } }),
  }
  return given.kind === 'maildir' ? { ...given, ...shared, path: resolve(given.path) } : { ...given, ...shared, ...credentials(given) }
}

function readAuthority(key: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new DuncanError(
      'mailbox.ca_unreadable',
      `The certificate authority of the mailbox ${key} cannot be read: ${errorText(error)}`,
      'Set caFile to a file that exists and that Duncan may read.',
      { cause: error },
    )
  }
}
