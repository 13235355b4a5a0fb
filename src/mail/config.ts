import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { LineCounter, parseDocument, type YAMLError } from 'yaml'
import { z } from 'zod'
import { DuncanError, errorText } from '#platform'
import type { AccessToken } from './connections/access-token.ts'
import { type OAuthSettings, oauthSettings } from './connections/oauth-settings.ts'

/** The mail part of the environment. */
export const mailConfig = z.object({
  DUNCAN_MAILBOXES: z.string().min(1).optional().describe('YAML file with the mailboxes to read and to send from'),
  DUNCAN_PARSER_THREADS: z.coerce.number().int().min(1).max(32).optional().describe('Threads that parse mail; by default one less than there are cores'),
  DUNCAN_TRUSTED_SERVERS: z
    .string()
    .default('')
    .transform(names => names.split(/[\s,]+/).filter(Boolean))
    .describe('Names that your own receiving servers write into Authentication-Results, separated by commas'),
  DUNCAN_SENDER_CHECK: z
    .enum(['dns', 'headers'])
    .default('dns')
    .describe('headers: believe only what those servers wrote; dns: also check DKIM, SPF and DMARC, which asks DNS'),
  DUNCAN_SIGN_IN_WARNING_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(60)
    .default(7)
    .describe('How many days before a mailbox’s sign-in with its provider ends you hear of it, where the end is known'),
})
export type MailConfig = z.infer<typeof mailConfig>

const tls = z.enum(['implicit', 'starttls', 'none'])
const envName = z.string().regex(/^[A-Z_][A-Z0-9_]*$/, 'must be the name of an environment variable, in capitals')
const address = z.email('must be a mail address').transform(text => text.toLowerCase())

const smtp = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(587),
  user: z.string().min(1).optional(),
  passwordEnv: envName.optional(),
  /** `implicit` speaks TLS from the first byte (port 465), `starttls` upgrades or refuses, `none` is for a server on this machine. */
  tls: tls.optional(),
  /** PEM file with the certificate authority of a server that no public one signed. */
  caFile: z.string().min(1).optional(),
  /** Who files the copy of a sent mail in the Sent folder: Duncan, or the server by itself (Gmail, Microsoft 365). */
  sentCopy: z.enum(['append', 'server']).default('append'),
  /** Sends a blind copy to the mailbox itself: proof of what left where nothing keeps a Sent folder. */
  selfBcc: z.boolean().default(false),
})

const common = {
  key: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower case letters, digits and dashes'),
  /** The address that replies are sent from. */
  address,
  /** The name beside that address on mail that is sent. */
  fromName: z.string().min(1).optional(),
  /** Further addresses of our own: mail from them is ours. */
  aliases: z.array(address).default([]),
  /** Code of the administration whose debtors write to this mailbox; all administrations when absent. */
  administration: z.string().min(1).optional(),
  /** Mail received before this moment is history. Without it: the moment of the first sync. */
  startAt: z.iso.datetime({ offset: true, error: 'must be a moment such as 2026-01-31T00:00:00Z' }).optional(),
  /** Keeps the mailbox and what was read, but reads and sends nothing. */
  paused: z.boolean().default(false),
  pollSeconds: z.number().min(0.1).max(3_600).optional(),
  smtp: smtp.optional(),
  /** Instead of passwords: reading, and sending where smtp names a user without a password, by a sign-in that `duncan connect` makes. */
  oauth: oauthSettings.optional(),
}

const imapMailbox = z.strictObject({
  ...common,
  kind: z.literal('imap'),
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(993),
  /** The account; with oauth at a shared mailbox its address, while the person who signs in is another. */
  user: z.string().min(1),
  passwordEnv: envName.optional(),
  folders: z.array(z.string().min(1)).min(1).default(['INBOX']),
  /** Only needed when the server does not say which folder holds sent mail; `none` when there is none. */
  sentFolder: z.string().min(1).optional(),
  tls: tls.optional(),
  caFile: z.string().min(1).optional(),
})

const maildirMailbox = z.strictObject({
  ...common,
  kind: z.literal('maildir'),
  /** The Maildir's own folder; relative to the file that names it. */
  path: z.string().min(1),
  folders: z.array(z.string().min(1)).min(1).default(['INBOX']),
})

const mailboxSettings = z.discriminatedUnion('kind', [imapMailbox, maildirMailbox]).superRefine((mailbox, context) => {
  const fault = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
  if (mailbox.kind === 'imap' && !mailbox.passwordEnv && !mailbox.oauth) fault(['passwordEnv'], 'is needed, or oauth in its place')
  if (mailbox.kind === 'imap' && mailbox.passwordEnv && mailbox.oauth) fault(['passwordEnv'], 'and oauth exclude each other')
  if (mailbox.smtp?.user && !mailbox.smtp.passwordEnv && !mailbox.oauth) fault(['smtp', 'passwordEnv'], 'is needed where there is a user and no oauth')
})
const mailboxFile = z.strictObject({
  mailboxes: z.array(mailboxSettings).superRefine((mailboxes, context) => {
    mailboxes.forEach(({ key }, index) => {
      if (mailboxes.findIndex(other => other.key === key) === index) return
      context.addIssue({ code: 'custom', path: [index, 'key'], message: `is used twice: ${key}` })
    })
  }),
})

/** What signs in: a password from the environment, or access tokens (see connections/). */
type Credentials = { password?: string; accessToken?: AccessToken }
export type SmtpSettings = z.infer<typeof smtp> & Credentials & { ca?: string }
type WithSecrets<T> = Omit<T, 'smtp' | 'oauth'> & { smtp?: SmtpSettings | undefined; oauth?: OAuthSettings | undefined }
export type ImapMailboxSettings = WithSecrets<z.infer<typeof imapMailbox>> & Credentials & { ca?: string }
export type MaildirMailboxSettings = WithSecrets<z.infer<typeof maildirMailbox>>
export type MailboxSettings = ImapMailboxSettings | MaildirMailboxSettings

/** Reads the mailboxes' file and the secrets that it names. Throws `mailboxes.invalid` with file, line and path of every fault. */
export function readMailboxes(file: string, env: Record<string, string | undefined>): MailboxSettings[] {
  const lines = new LineCounter()
  const document = parseDocument(readText(file, 'mailboxes.unreadable'), { lineCounter: lines })
  if (document.errors.length > 0) throw invalid(file, document.errors.map(yamlFault))
  const parsed = mailboxFile.safeParse(document.toJS())
  if (!parsed.success)
    throw invalid(
      file,
      parsed.error.issues.map(issue => `line ${lineOf(issue.path)}: ${issue.path.join('.')}: ${issue.message}`),
    )

  const missing: string[] = []
  const secret = (name: string | undefined, path: PropertyKey[]): string => {
    const value = name === undefined ? '' : env[name]
    if (value === undefined || (name !== undefined && value === '')) {
      missing.push(`line ${lineOf(path)}: ${path.join('.')}: the environment variable ${name} is not set`)
    }
    return value ?? ''
  }
  const fileBeside = (name: string) => readText(resolve(dirname(file), name), 'mailboxes.ca_unreadable')
  const mailboxes = parsed.data.mailboxes.map((mailbox, index): MailboxSettings => {
    const at = (...path: PropertyKey[]) => ['mailboxes', index, ...path]
    const withSmtp = mailbox.smtp && {
      smtp: {
        ...mailbox.smtp,
        ...(mailbox.smtp.passwordEnv && { password: secret(mailbox.smtp.passwordEnv, at('smtp', 'passwordEnv')) }),
        ...(mailbox.smtp.caFile && { ca: fileBeside(mailbox.smtp.caFile) }),
      },
    }
    const withOAuth = mailbox.oauth && {
      oauth: {
        ...mailbox.oauth,
        ...(mailbox.oauth.clientSecretEnv && { clientSecret: secret(mailbox.oauth.clientSecretEnv, at('oauth', 'clientSecretEnv')) }),
      },
    }
    if (mailbox.kind === 'maildir') return { ...mailbox, ...withSmtp, ...withOAuth, path: resolve(dirname(file), mailbox.path) }
    return {
      ...mailbox,
      ...withSmtp,
      ...withOAuth,
      ...(mailbox.passwordEnv && { password: secret(mailbox.passwordEnv, at('passwordEnv')) }),
      ...(mailbox.caFile && { ca: fileBeside(mailbox.caFile) }),
    }
  })
  if (missing.length > 0) throw invalid(file, missing)
  return mailboxes

  /** The line of the deepest node on the path that exists: a missing key is reported where its mailbox starts. */
  function lineOf(path: PropertyKey[]): number {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true) as { range?: [number, number, number] } | undefined
      if (node?.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
}

const yamlFault = (error: YAMLError): string => `line ${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0]}`

function invalid(file: string, faults: string[]): DuncanError {
  return new DuncanError(
    'mailboxes.invalid',
    `The mailboxes in ${file} are not right:\n${faults.map(fault => `  ${fault}`).join('\n')}`,
    'Correct the lines named; the README shows a mailbox of each kind.',
  )
}

function readText(file: string, code: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new DuncanError(
      code,
      `${file} cannot be read: ${errorText(error)}`,
      'Set DUNCAN_MAILBOXES (or caFile) to a file that exists and that Duncan may read.',
      {
        cause: error,
      },
    )
  }
}
