import type { MessageToRead, Quarantine, ReadingContext } from '../reading.ts'

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
  const reasons: string[] = []
  const imitated = own === '' || isKnown(own, trusted) || publicDomains.has(own) ? undefined : findImitated(own, trusted)
  if (imitated) reasons.push(`The sender's domain ${own} looks like ${imitated}, which is known, but is another.`)
  const named = domainInName(from.name)
  if (named && named !== own && !sameOwner(named, own) && (isKnown(named, trusted) || from.name.includes('@')))
    reasons.push(`The sender's name shows ${named}, but the address is at ${own}.`)
  const elsewhere = message.replyTo.map(domainOf).find(domain => domain !== '' && !sameOwner(domain, own) && !isKnown(domain, trusted))
  if (elsewhere && !context.contactAddresses.some(address => message.replyTo.includes(address.toLowerCase())) && message.kind === 'mail')
    reasons.push(`Answers would go to ${elsewhere}, not to the sender's ${own}.`)
  return reasons.length > 0 ? [{ kind: 'look_alike', reason: reasons.join(' ') }] : []
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
  const labels = domain.split('.')
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
  return trusted.slice(0, maxTrusted).find(other => !publicDomains.has(other) && looksLike(own, split(other)))
}

/** Same name under another ending, one or two letters off, or letters that look the same. */
function looksLike(a: Parts, b: Parts): boolean {
  // Many honest companies share a short name: acme.nl and acme.de need not know each other.
  if (a.name === b.name) return a.ending !== b.ending && b.name.length >= 5
  if (a.skeleton === b.skeleton) return true
  if (b.name.length < 5) return false
  if (b.name.length >= 6 && a.name.includes(b.name) && /^(?:.{0,12}-.{0,40}|.{0,40}-.{0,12})$/.test(a.name) && lures.test(a.name.replace(b.name, '')))
    return true
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
const lures = /pay|bill|invoice|factu|finance|account|secure|support|bank|rechnung|fakt/

const homoglyphs: Record<string, string> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  х: 'x',
  у: 'y',
  і: 'i',
  ѕ: 's',
  ԁ: 'd',
  ɡ: 'g',
  ո: 'n',
  ν: 'v',
  ο: 'o',
  α: 'a',
}

function skeleton(name: string): string {
  const latin = /[^a-z0-9-]/.test(name) ? Array.from(name, unit => homoglyphs[unit] ?? unit.normalize('NFD').charAt(0)).join('') : name
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
