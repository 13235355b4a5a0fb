import { call } from './api.js'
import { byId } from './dom.js'

/** The sign-in page: uses up the link's token, which stands after the # and so never reaches a server's log. */
export async function signIn(/** @type {Record<string, string>} */ words) {
  const text = byId('sign-in-text')
  byId('sign-in').hidden = false
  const token = location.hash.slice(1)
  if (token === '') {
    text.textContent = words.signInText
    return
  }
  // A browser that loads a typed address ahead of time must not use the link up.
  // @ts-ignore not every browser has it
  if (document.prerendering) await new Promise(resolve => document.addEventListener('prerenderingchange', resolve, { once: true }))
  text.textContent = words.signingIn
  try {
    await call('/sign-in', { method: 'POST', body: { token } })
    location.replace('/')
  } catch {
    // A page that was loaded again, in a browser that the link has signed in already.
    const known = await fetch('/api/me').catch(() => undefined)
    if (known?.ok) return location.replace('/')
    text.textContent = words.signInFailed
    history.replaceState(null, '', '/sign-in')
  }
}
