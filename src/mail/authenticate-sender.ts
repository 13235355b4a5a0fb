import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import type { AuthenticateResult, authenticate, DNSResolver } from 'mailauth'
import addressparser from 'nodemailer/lib/addressparser'
import type { MailConfig } from './config.ts'

export type SenderAuthentication = {
  /** `unknown` whenever nothing proves it either way: no policy, no signature, no DNS, no time. */
  verdict: 'pass' | 'fail' | 'unknown'
  /** What was found, for a person: "dkim=pass spf=none dmarc=pass". No personal data. */
  detail: string
}

export type AuthenticateSenderOptions = {
  /** Header lines of the mail, in order, names in lower case. */
  headers: readonly { name: string; value: string }[]
  /**
   * Names that our own receiving servers write: their authserv-id (RFC 8601), and the host behind "by" in Received. Such a
   * server must remove foreign Authentication-Results with its name (RFC 8601, 5). Without one only signatures are checked.
   */
  trustedServers?: readonly string[]
  /** Answers DNS questions; the system's resolver by default. */
  resolver?: DNSResolver
  /** The address that the mail came from, when it is known from elsewhere. */
  clientIp?: string
  timeLimitMilliseconds?: number
}

/**
 * Whether the domain in From stands behind the mail: by what our own server wrote, else by DKIM, SPF and DMARC. Never
 * throws on account of the mail or of DNS, and never passes what could not be checked.
 */
export async function authenticateSender(source: Buffer, options: AuthenticateSenderOptions): Promise<SenderAuthentication> {
  const stated = ownServersResult(source, options)
  if (stated) return stated
  // The library is a quarter of all that a command would load, and most commands read no mail.
  const mailauth = await import('mailauth')
  const limit = options.timeLimitMilliseconds ?? 5_000
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<SenderAuthentication>(resolve => {
    timer = setTimeout(() => resolve({ verdict: 'unknown', detail: `no answer within ${limit} ms` }), limit)
  })
  try {
    return await Promise.race([check(mailauth.authenticate, source, options), tooLong])
  } catch (error) {
    return { verdict: 'unknown', detail: `could not be checked: ${error instanceof Error ? error.name : 'fault'}` }
  } finally {
    clearTimeout(timer)
  }
}

/** A check of senders as the environment says. Without leave to ask DNS only our own servers' word counts. */
export function createSenderCheck({ DUNCAN_TRUSTED_SERVERS: trustedServers, DUNCAN_SENDER_CHECK: ask }: MailConfig) {
  const noDns = { resolver: async () => Promise.reject(Object.assign(new Error('DNS is not asked'), { code: 'ETIMEOUT' })) }
  return async (source: Buffer, headers: AuthenticateSenderOptions['headers']): Promise<SenderAuthentication['verdict']> =>
    (await authenticateSender(source, { headers, trustedServers, ...(ask === 'headers' && noDns) })).verdict
}

/** Whether one person alone wrote a mail (RFC 5322, 3.6.2 allows several): only then does a check of "the sender" say who it was. */
export function hasOneSender(source: Buffer): boolean {
  const [from, ...more] = sendersIn(source)
  return from?.length === 1 && more.length === 0
}

/** The addresses of each From line. */
function sendersIn(source: Buffer): string[][] {
  const [head = ''] = source.toString('latin1', 0, longestHead).replaceAll(/\r\n?/g, '\n').split('\n\n', 1)
  const lines = head.replaceAll(/\n[ \t]+/g, ' ').split('\n')
  const froms = lines.flatMap(line => /^from\s*:(.*)$/i.exec(line)?.[1] ?? [])
  return froms.map(from => addressparser(from, { flatten: true }).map(({ address }) => address.toLowerCase()))
}

const longestHead = 256 * 1024

/** What our own server found on arrival: the topmost Authentication-Results with its name. */
function ownServersResult(source: Buffer, { headers, trustedServers = [] }: AuthenticateSenderOptions): SenderAuthentication | undefined {
  const trusted = trustedServers.map(name => name.toLowerCase())
  const own = headers.find(({ name, value }) => name === 'authentication-results' && trusted.includes(authservId(value)))
  if (!own) return undefined
  // Comments may hold anything, also "dmarc=pass" (RFC 8601, 2.2).
  const value = own.value.replaceAll(/\([^()]*\)/g, ' ')
  const result = (method: string) => new RegExp(`;\\s*${method}\\s*=\\s*([a-z]+)`, 'i').exec(value)?.[1]?.toLowerCase()
  const [dkim, spf, dmarc] = [result('dkim'), result('spf'), result('dmarc')]
  const detail = `${authservId(own.value)}: dkim=${dkim ?? 'none'} spf=${spf ?? 'none'} dmarc=${dmarc ?? 'none'}`
  // Only DMARC says that the domain which passed is the one in From.
  if ((dmarc === 'pass' || dmarc === 'bestguesspass') && isAboutFrom(source, value)) return { verdict: 'pass', detail }
  return { verdict: dmarc === 'fail' ? 'fail' : 'unknown', detail }
}

/** Whether the server that judged a From read the same domain in it as we do: "<jan@one.example> <eve@two.example>" can be read in two ways. */
function isAboutFrom(source: Buffer, results: string): boolean {
  const [, judged] = /;\s*dmarc\s*=[^;]*\sheader\.from\s*=\s*"?(?:[^\s;"]*@)?([^\s;"@]+)/i.exec(results) ?? []
  if (judged === undefined) return true
  const meant = domainToASCII(judged)
  const domains = sendersIn(source)
    .flat()
    .map(address => domainToASCII(address.split('@').at(-1) ?? ''))
  return domains.every(domain => domain === meant || domain.endsWith(`.${meant}`))
}

const authservId = (value: string): string => /^\s*"?([^\s;"]+)/.exec(value)?.[1]?.toLowerCase() ?? ''

async function check(authenticated: typeof authenticate, source: Buffer, options: AuthenticateSenderOptions): Promise<SenderAuthentication> {
  const ip = options.clientIp ?? clientIp(options)
  const sender = returnPath(options.headers)
  const result = await authenticated(source, {
    disableArc: true,
    disableBimi: true,
    mta: 'localhost',
    ...(options.resolver && { resolver: options.resolver }),
    ...(ip && { ip }),
    ...(sender && { sender }),
  })
  return judge(result, ip !== undefined)
}

function judge({ dkim, spf, dmarc }: AuthenticateResult, hasIp: boolean): SenderAuthentication {
  const signatures = dkim.results.filter(({ status }) => status.result !== 'none')
  const signed = (wanted: string) => signatures.some(({ status }) => status.result === wanted && Boolean(status.aligned))
  const isTemporary = [hasIp && spf ? spf.status.result : '', ...signatures.map(({ status }) => status.result)].includes('temperror')
  const policy = dmarc ? dmarc.status.result : 'none'
  // mailauth calls a body that was changed "neutral"; with no policy it may as well be that no key was found at all.
  const isChanged = policy !== 'none' && signatures.some(({ status, bodyHash, bodyHashExpecting }) => Boolean(status.aligned) && bodyHash !== bodyHashExpecting)
  const path = hasIp && spf ? spf.status.result : 'none'
  const detail = `dkim=${signatures.map(({ status }) => status.result).join(',') || 'none'} spf=${path} dmarc=${policy}`
  if (policy === 'pass' || signed('pass')) return { verdict: 'pass', detail }
  // A check that gave no answer may have passed: without it nothing has failed.
  if (isTemporary || policy === 'temperror') return { verdict: 'unknown', detail }
  if (signed('fail') || isChanged || (policy === 'fail' && (hasIp || signatures.length > 0)) || path === 'fail') return { verdict: 'fail', detail }
  return { verdict: 'unknown', detail }
}

/** The client that our own server took the mail from: the address it saw, never the name that the client gave (RFC 5321, 4.4). */
function clientIp({ headers, trustedServers = [] }: AuthenticateSenderOptions): string | undefined {
  const trusted = new Set(trustedServers.map(name => name.toLowerCase()))
  for (const { name, value } of headers) {
    if (name !== 'received') continue
    const by = /\sby\s+([^\s;()]+)/i.exec(value)
    if (!by?.[1] || !trusted.has(by[1].toLowerCase())) return undefined
    const seen =
      [...value.slice(0, by.index).matchAll(/\[(?:IPv6:)?([\da-f.:]+)\]\)?\s*$/gi)].at(-1)?.[1] ??
      /\(.*\[(?:IPv6:)?([\da-f.:]+)\]/i.exec(value.slice(0, by.index))?.[1]
    if (seen && isIP(seen) !== 0 && !isInternal(seen)) return seen
  }
  return undefined
}

/** Addresses of our own network: a hop between our servers, not the sender's. */
const isInternal = (ip: string): boolean => /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|f[cd]|fe80:)/i.test(ip)

function returnPath(headers: AuthenticateSenderOptions['headers']): string | undefined {
  const value = headers.find(({ name }) => name === 'return-path')?.value
  return value === undefined ? undefined : /<?([^<>\s]+@[^<>\s]+)>?/.exec(value)?.[1]
}
