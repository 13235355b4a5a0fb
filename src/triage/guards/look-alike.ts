import { domainToUnicode } from 'node:url'
import type { Quarantine } from '../quarantine.ts'
import type { MessageToRead, ReadingContext } from '../reading.ts'
import { latinOf } from './disguise.ts'

/** Mail providers that anybody can have an address at: no company's domain, and near one by accident. */
const publicDomains = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.fr yahoo.de icloud.com me.com aol.com gmx.de gmx.net gmx.com web.de t-online.de freenet.de mail.de orange.fr wanadoo.fr free.fr laposte.net sfr.fr ziggo.nl kpnmail.nl planet.nl xs4all.nl hetnet.nl home.nl telenet.be skynet.be proximus.be wp.pl onet.pl o2.pl interia.pl gazeta.pl op.pl btinternet.com proton.me protonmail.com'.split(
    ' ',
  ),
)
const multiPart = new Set(['co.uk', 'org.uk', 'com.pl', 'net.pl', 'co.nl', 'com.au', 'co.at', 'com.es'])
/** Letters and pairs that one reads as another. */
const alike: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/cl/g, 'd'],
  [/0/g, 'o'],
  [/[1l]/g, 'i'],
  [/5/g, 's'],
  [/-/g, ''],
]

/** A sender whose domain imitates one that is known, or whose answers would go somewhere else. */
export function findLookAlike(message: MessageToRead, context: ReadingContext): Quarantine[] {
  const from = message.from
  if (!from) return []
  const own = domainOf(from.address)
  const trusted = context.knownDomains.map(domain => domain.toLowerCase())
  const found: Quarantine[] = []
  const imitated = own === '' || isKnown(own, trusted) || publicDomains.has(own) ? undefined : findImitated(own, trusted)
  if (imitated) found.push({ kind: 'look_alike', code: 'imitates', domain: own, known: imitated })
  const named = domainInName(from.name)
  if (named && named !== own && !sameOwner(named, own) && (isKnown(named, trusted) || from.name.includes('@')))
    found.push({ kind: 'look_alike', code: 'name_shows', named, domain: own })
  const elsewhere = message.kind === 'mail' && !isContact(message.replyTo, context) ? answersElsewhere(message.replyTo, from.address, trusted) : undefined
  if (elsewhere !== undefined) found.push({ kind: 'look_alike', code: 'answers_elsewhere', elsewhere, domain: own })
  return found
}

const isContact = (addresses: string[], { contactAddresses }: ReadingContext): boolean =>
  contactAddresses.some(address => addresses.some(each => each.toLowerCase() === address.toLowerCase()))

/** At a public provider everybody else is a stranger (null); at a company it is another company that is one. */
function answersElsewhere(replyTo: string[], sender: string, trusted: string[]): string | null | undefined {
  const own = domainOf(sender)
  const other = replyTo.find(address => {
    const domain = domainOf(address)
    if (domain === '') return false
    if (publicDomains.has(domain) && domain === own) return address.trim().toLowerCase() !== sender.trim().toLowerCase()
    return !sameOwner(domain, own) && !isKnown(domain, trusted)
  })
  return other === undefined ? undefined : publicDomains.has(domainOf(other)) ? null : domainOf(other)
}

const domainOf = (address: string): string => address.toLowerCase().split('@').at(-1)?.trim() ?? ''
const isKnown = (domain: string, domains: string[]): boolean => domains.some(other => domain === other || domain.endsWith(`.${other}`))
const domainInName = (name: string): string | undefined => /@?((?:[a-z0-9-]{1,63}\.){1,3}[a-z]{2,12})(?![a-z0-9.])/i.exec(name)?.[1]?.toLowerCase()

type Parts = { name: string; ending: string; skeleton: string; letters: number }
/** The same few thousand domains are compared with every sender. */
const known = new Map<string, Parts>()
const maxKnown = 50_000

/** The registered part and the rest: `mail.acme.co.uk` is `acme` under `co.uk`. */
function split(domain: string): Parts {
  const found = known.get(domain)
  if (found) return found
  // As a reader sees it: names of other alphabets travel in their ASCII form (RFC 3492).
  const labels = (domain.includes('xn--') ? domainToUnicode(domain) || domain : domain).split('.')
  const count = multiPart.has(labels.slice(-2).join('.')) ? 2 : 1
  const name = labels.at(-count - 1) ?? ''
  const parts = { name, ending: labels.slice(-count).join('.'), skeleton: skeleton(name), letters: lettersOf(name) }
  if (known.size >= maxKnown) known.clear()
  known.set(domain, parts)
  return parts
}

const sameOwner = (a: string, b: string): boolean => {
  const [x, y] = [split(a), split(b)]
  return x.name === y.name && x.ending === y.ending
}

const maxTrusted = 20_000

function findImitated(domain: string, trusted: string[]): string | undefined {
  const own = split(domain)
  const carried = carriedBy(domain, trusted)
  if (carried) return carried
  return trusted.slice(0, maxTrusted).find(other => !publicDomains.has(other) && looksLike(own, split(other)))
}

/** A known domain that stands in front of another one: acme.example.mail-secure.test, acme.payments.test. */
function carriedBy(domain: string, trusted: string[]): string | undefined {
  if (!/[.-].*\./.test(domain)) return undefined
  const labels = new Set(domain.split('.').slice(0, -1))
  return trusted.slice(0, maxTrusted).find(other => {
    if (publicDomains.has(other)) return false
    if (domain.startsWith(`${other}.`) || domain.startsWith(`${other}-`) || domain.includes(`.${other}.`) || domain.includes(`.${other}-`)) return true
    const { name } = split(other)
    return name.length >= 5 && split(domain).name !== name && labels.has(name)
  })
}

/** Same name under another ending, one or two letters off, or letters that look the same. */
function looksLike(a: Parts, b: Parts): boolean {
  // Many honest companies share a short name: acme.nl and acme.de need not know each other.
  if (a.name === b.name) return a.ending !== b.ending && b.name.length >= 5
  if (a.skeleton === b.skeleton) return true
  if (b.name.length < 5) return false
  if (b.name.length >= 6 && a.name.includes(b.name) && lures.test(a.name.replace(b.name, ''))) return true
  // acme-nl.test for acme.nl: the ending has become a part of the name.
  if (a.name.replaceAll('-', '') === `${b.name}${b.ending}`.replace(/[.-]/g, '')) return true
  const limit = b.name.length >= 9 ? 2 : 1
  return mayBeNear(a, b, limit) && distance(a.name, b.name, limit) <= limit
}

/** Which letters a name holds, a bit each. One edit changes at most two of them. */
function lettersOf(name: string): number {
  let bits = 0
  for (let at = 0; at < name.length; at++) bits |= 1 << (name.charCodeAt(at) & 31)
  return bits
}

/** A look that costs nothing and rules out nearly every pair before the distance is counted. */
function mayBeNear(a: Parts, b: Parts, limit: number): boolean {
  if (Math.abs(a.name.length - b.name.length) > limit) return false
  let differing = a.letters ^ b.letters
  let count = 0
  for (; differing !== 0 && count <= 2 * limit; count++) differing &= differing - 1
  return count <= 2 * limit
}
const lures =
  /^-?(?:e?pay(?:ments?)?|bill(?:ing)?|e?invoic\w{1,3}|factu\w{2,6}|finan\w{2,4}|accounts?(?:payable|ing)?|secure?|support|bank\w{0,3}|rechnung\w{0,2}|faktur\w{0,2}|mail|portal|online|office|verify)-?$/

function skeleton(name: string): string {
  const latin = /[^a-z0-9-]/.test(name) ? Array.from(latinOf(name), unit => unit.normalize('NFD').charAt(0)).join('') : name
  return alike.reduce((text, [pattern, letter]) => text.replace(pattern, letter), latin)
}

/** Damerau-Levenshtein distance, given up above `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    if (Math.min(...row) > limit) return limit + 1
    ;[before, last] = [last, row]
  }
  return last[b.length] ?? limit + 1
}
