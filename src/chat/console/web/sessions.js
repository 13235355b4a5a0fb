import { call } from './api.js'
import { byId, element, toast } from './dom.js'

/** Shows where the reader is signed in, and lets them end what they do not know. @param {{ words: Record<string, string>, language: string, timeZone?: string }} page */
export async function showSessions(page) {
  const { words } = page
  const dialog = byId('dialog')
  const sessions = await call('/sessions')
  const others = sessions.filter((/** @type {any} */ one) => !one.current)
  const end = async (/** @type {string} */ path, /** @type {'POST' | 'DELETE'} */ method) => {
    await call(path, { method }).catch(() => toast(words.failed ?? '', 'bad'))
    await showSessions(page)
  }
  dialog.replaceChildren(
    element('button', { type: 'button', class: 'quiet dialog-close', 'aria-label': words.close, title: words.close, onclick: () => dialog.close() }, '✕'),
    element('h2', { id: 'dialog-title' }, words.sessions ?? ''),
    element('ul', { class: 'sessions' }, ...sessions.map((/** @type {any} */ one) => row(one, page, () => void end(`/sessions/${one.id}`, 'DELETE')))),
    others.length === 0
      ? element('p', { class: 'subtle' }, words.onlyHere ?? '')
      : element(
          'div',
          { class: 'dialog-buttons' },
          element('button', { type: 'button', class: 'plain', onclick: () => end('/sessions/end-others', 'POST') }, words.endOtherSessions ?? ''),
        ),
  )
  if (!dialog.open) dialog.showModal()
}

const ways = { link: 'viaLink', oidc: 'viaOidc', demo: 'viaDemo' }

/** @param {any} session @param {{ words: Record<string, string>, language: string, timeZone?: string }} page @param {() => void} end */
function row({ browser, via, createdAt, lastUsedAt, current }, { words, language, timeZone }, end) {
  const at = (/** @type {string} */ moment) =>
    new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(moment))
  const way = words[/** @type {Record<string, string>} */ (ways)[via] ?? ''] ?? ''
  const times = [`${words.signedInSince?.replace('%s', at(createdAt))} ${way}`, current ? '' : words.lastUsed?.replace('%s', at(lastUsedAt))]
  return element(
    'li',
    {},
    element(
      'span',
      {},
      element('strong', {}, browser || words.unknownBrowser),
      ...(current ? [element('span', { class: 'here' }, words.thisBrowser ?? '')] : []),
      element('small', {}, times.filter(Boolean).join(' · ')),
    ),
    ...(current ? [] : [element('button', { type: 'button', class: 'plain', onclick: end }, words.endSession ?? '')]),
  )
}
