import { call } from './api.js'
import { byId } from './dom.js'

const problems = {
  unknown: 'problemUnknown',
  unverified: 'problemUnverified',
  expired: 'problemExpired',
  refused: 'problemRefused',
  failed: 'problemFailed',
  unreachable: 'problemUnreachable',
  too_many: 'problemTooMany',
}

const wantedKey = 'duncan-wanted'

/** Where somebody was going who had to sign in first, once: a file or a page about a debtor, nothing else. @returns {string | undefined} */
export function takeWanted() {
  const wanted = sessionStorage.getItem(wantedKey)
  sessionStorage.removeItem(wantedKey)
  if (wanted === null) return undefined
  const { origin, pathname, search } = new URL(wanted, location.origin)
  return origin === location.origin && /^\/(api\/files|debtors)\//.test(pathname) ? pathname + search : undefined
}

/** The sign-in page: uses up a link's token, which stands after the # and so never reaches a server's log, or leads to the company's service. */
export async function signIn(/** @type {Record<string, string>} */ words) {
  const wanted = new URLSearchParams(location.search).get('to')
  if (wanted !== null) {
    sessionStorage.setItem(wantedKey, wanted)
    // A link from another site comes without the session that there is; from here it has it.
    const known = await fetch('/api/me').catch(() => undefined)
    if (known?.ok) return location.replace(takeWanted() ?? '/')
  }
  byId('sign-in').hidden = false
  const problem = /** @type {Record<string, string>} */ (problems)[new URLSearchParams(location.search).get('problem') ?? '']
  const token = location.hash.slice(1)
  if (token === '') return offer(words, problem && words[problem])
  // A browser that loads a typed address ahead of time must not use the link up.
  // @ts-ignore not every browser has it
  if (document.prerendering) await new Promise(resolve => document.addEventListener('prerenderingchange', resolve, { once: true }))
  byId('sign-in-text').textContent = words.signingIn
  try {
    await call('/sign-in', { method: 'POST', body: { token } })
    location.replace('/')
  } catch (error) {
    // A page that was loaded again, in a browser that the link has signed in already.
    const known = await fetch('/api/me').catch(() => undefined)
    if (known?.ok) return location.replace('/')
    history.replaceState(null, '', '/sign-in')
    await offer(words, /** @type {any} */ (error).status === 429 ? words.problemTooMany : words.signInFailed)
  }
}

/** The ways in that there are, below what went wrong. @param {Record<string, string>} words @param {string | undefined} problem */
async function offer(words, problem) {
  const { service } = await call('/sign-in')
  byId('sign-in-problem').textContent = problem ?? ''
  byId('sign-in-problem').hidden = !problem
  const way = byId('sign-in-service')
  way.textContent = (words.signInWith ?? '').replace('%s', service || (words.companyAccount ?? ''))
  way.hidden = service === null
  byId('sign-in-or').hidden = service === null
  byId('sign-in-text').textContent = words.signInText
}
