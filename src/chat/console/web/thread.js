import { call } from './api.js'
import { byId, element, toast } from './dom.js'
import { drawCard } from './draw-card.js'

/** The panel at the right: the mail behind a card, the conversation, and colleagues' talk. @param {{ words: Record<string, string>, language: string, timeZone?: string }} page */
export function createThread({ words, language, timeZone }) {
  const panel = byId('thread')
  const posts = byId('thread-posts')
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZone })
  /** @type {number | undefined} */
  let openId
  /** @type {HTMLElement | null} */
  let opener = null

  async function load() {
    if (openId === undefined) return
    const shown = openId
    const replies = await call(`/posts/${shown}/thread`)
    if (openId !== shown) return
    posts.replaceChildren(...replies.map(draw))
  }

  /** @param {any} reply */
  function draw(reply) {
    const body = element('div', { class: `reply${reply.author ? ' talk-line' : ''}`, 'data-post': reply.id })
    if (reply.author) body.append(element('time', { datetime: reply.at }, time.format(new Date(reply.at))))
    body.append(drawCard(reply.card, () => undefined))
    return body
  }

  async function open(/** @type {number} */ id) {
    opener = /** @type {HTMLElement} */ (document.activeElement)
    openId = id
    panel.hidden = false
    document.body.dataset.thread = 'open'
    posts.replaceChildren()
    await load()
    byId('thread-close').focus()
  }

  function close() {
    openId = undefined
    panel.hidden = true
    delete document.body.dataset.thread
    opener?.focus()
  }

  byId('thread-close').addEventListener('click', close)
  panel.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'Escape') close()
  })
  byId('talk').addEventListener('submit', async (/** @type {Event} */ event) => {
    event.preventDefault()
    const field = byId('talk-text')
    const text = field.value.trim()
    if (!text || openId === undefined) return
    try {
      await call(`/posts/${openId}/thread`, { method: 'POST', body: { text } })
      field.value = ''
      await load()
    } catch {
      toast(words.failed ?? '', 'bad')
    }
  })
  byId('talk-text').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    byId('talk').requestSubmit()
  })
  return { open, close, openPost: () => openId, changed: (/** @type {number} */ parentId) => (parentId === openId ? load() : undefined) }
}
