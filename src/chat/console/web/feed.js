import { call } from './api.js'
import { byId, element, toast } from './dom.js'
import { drawCard, unsentValues } from './draw-card.js'
import { press } from './press.js'

/** The cards of the channel that is open. @param {{ words: Record<string, string>, language: string, timeZone?: string, openThread: (id: number) => void }} page */
export function createFeed({ words, language, timeZone, openThread }) {
  const feed = byId('feed')
  const scroller = byId('scroller')
  let channel = ''
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZone })
  const date = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', timeZone })

  let unread = 0
  /** What to look for among the cards to come: whoever wrote a mail wants to see its card. */
  let awaited = ''

  const nearEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 160
  const toEnd = () => scroller.scrollTo({ top: scroller.scrollHeight })
  const find = (/** @type {number} */ id) => feed.querySelector(`[data-post="${id}"]`)

  /** @param {any} post @param {Record<string, string>} [unsent] */
  function draw(post, unsent) {
    const where = { postId: post.id, channel: post.channel }
    const body = element('div', { class: `card ${post.tone}` })
    const onAction = async (/** @type {any} */ pressed) => {
      body.setAttribute('aria-busy', 'true')
      body.dataset.busy = words.working
      const done = await press(where, pressed, words, id => void show(id))
      body.removeAttribute('aria-busy')
      if (!done) return
      await refresh(post.id)
    }
    body.append(drawCard(post.card, pressed => void onAction(pressed), unsent))
    const who = post.author ?? words.duncan
    const head = element('div', { class: 'post-head' }, element('strong', {}, who), element('time', { datetime: post.at }, time.format(new Date(post.at))))
    if (post.private) head.append(element('span', { class: 'only-you' }, words.onlyYou))
    const foot = element('div', { class: 'post-foot' })
    if (post.private) {
      foot.append(
        element('button', { type: 'button', class: 'quiet', onclick: () => share(post.id) }, words.share),
        element('button', { type: 'button', class: 'quiet', onclick: () => dismiss(post.id) }, words.dismiss),
      )
    } else {
      const count = post.replies > 0 ? ` (${post.replies})` : ''
      foot.append(
        element(
          'button',
          { type: 'button', class: 'quiet thread-open', onclick: () => openThread(post.id) },
          `${post.subject.startsWith('proposal:') ? words.openThread : words.thread}${count}`,
        ),
      )
    }
    const mark = post.author
      ? element('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(post.author))
      : element('img', { src: '/assets/mark.svg', alt: '', class: 'avatar' })
    const article = element('article', { class: `post${post.private ? ' private' : ''}`, 'data-post': post.id, 'aria-label': post.fallback, tabindex: '-1' })
    article.dataset.day = date.format(new Date(post.at))
    article.dataset.open = String(post.tone === 'warning' || post.tone === 'bad')
    article.append(mark, element('div', { class: 'post-body' }, head, body, foot))
    return article
  }

  /** Puts a post where it belongs by its number: a new one at the end, a known one in its place. @param {any} post */
  function put(post) {
    const standing = find(post.id)
    if (!standing) {
      const drawn = draw(post)
      const after = [...feed.querySelectorAll('[data-post]')].find(other => Number(other.dataset.post) > post.id)
      feed.insertBefore(drawn, after ?? null)
      return tidy()
    }
    // What somebody ticked and has not sent stays ticked, and the focus stays where it was.
    const drawn = draw(post, unsentValues(standing.querySelector('.ac-adaptiveCard')))
    const focused = standing.contains(document.activeElement) ? placeOf(standing) : undefined
    standing.replaceWith(drawn)
    if (focused !== undefined) (drawn.querySelectorAll(focusable)[focused] ?? drawn).focus({ preventScroll: true })
    tidy()
  }

  /** Changes the feed without moving what is being read, whatever grows or goes above it. @param {() => void} change */
  function inPlace(change) {
    const edge = scroller.getBoundingClientRect().top
    const anchor = [...feed.querySelectorAll('[data-post]')].find(post => post.getBoundingClientRect().bottom > edge)
    const before = anchor?.getBoundingClientRect().top
    change()
    const now = anchor && find(Number(anchor.dataset.post))
    if (!now) return
    scroller.scrollTop += now.getBoundingClientRect().top - before
    // A card that shrank, as one does when it is decided, must not slip out at the top.
    if (now.getBoundingClientRect().bottom < edge + 60) now.scrollIntoView({ block: 'start' })
  }

  /** One heading for each day, and the empty page where there is nothing. */
  function tidy() {
    for (const heading of feed.querySelectorAll('.day')) heading.remove()
    let day = ''
    for (const post of feed.querySelectorAll('[data-post]')) {
      if (post.dataset.day !== day) post.before(element('h3', { class: 'day' }, post.dataset.day))
      day = post.dataset.day
    }
    const empty = byId('empty')
    empty.hidden = feed.childElementCount > 0
    empty.querySelector('h2').textContent = words.emptyTitle
    empty.querySelector('p').textContent = channel === 'ops' ? words.emptyOps : words.emptyText
  }

  async function open(/** @type {string} */ name) {
    channel = name
    feed.setAttribute('aria-busy', 'true')
    const page = await call(`/channels/${encodeURIComponent(name)}/posts`)
    if (channel !== name) return
    feed.replaceChildren()
    for (const post of page.posts) put(post)
    tidy()
    byId('older').hidden = !page.more
    read()
    feed.setAttribute('aria-busy', 'false')
    const welcome = document.getElementById('welcome')
    // The card that has waited longest; when none waits, the end.
    const first = [...feed.querySelectorAll('[data-open="true"]')].find(post => !post.classList.contains('private'))
    if (welcome && !welcome.hidden) scroller.scrollTo({ top: 0 })
    else if (first) first.scrollIntoView({ block: 'start' })
    else toEnd()
  }

  /** Looks anew at what stands, after a lost connection. */
  async function reload() {
    const name = channel
    const page = await call(`/channels/${encodeURIComponent(name)}/posts`)
    if (channel !== name) return
    inPlace(() => page.posts.forEach(put))
  }

  /** Takes away the cards that are not the reader's to see any more. */
  async function dropUnseen() {
    const shown = [...feed.querySelectorAll('[data-post]')].map(post => Number(post.dataset.post))
    if (shown.length === 0) return
    const seen = new Set()
    for (let at = 0; at < shown.length; at += 400) {
      for (const id of await call(`/seen?ids=${shown.slice(at, at + 400).join(',')}`)) seen.add(id)
    }
    const gone = shown.filter(id => !seen.has(id))
    if (gone.length > 0) inPlace(() => [gone.forEach(id => find(id)?.remove()), tidy()])
  }

  function read() {
    unread = 0
    byId('new-below').hidden = true
  }

  async function older() {
    const first = Number(feed.querySelector('[data-post]')?.dataset.post)
    const page = await call(`/channels/${encodeURIComponent(channel)}/posts?before=${first}`)
    inPlace(() => {
      for (const post of page.posts) put(post)
      byId('older').hidden = !page.more
    })
  }

  /** Draws a post anew, as it stands now; one that is gone goes. */
  async function refresh(/** @type {number} */ id) {
    const menu = find(id)?.querySelector('details[open]')
    // An open menu is not taken away under the hand.
    if (menu) return void menu.addEventListener('toggle', () => void refresh(id), { once: true })
    const post = await call(`/posts/${id}`).catch(error => (error.status === 404 ? undefined : Promise.reject(error)))
    const known = find(id)
    // Gone, or moved to another channel.
    if (!post || post.channel !== channel) return inPlace(() => [known?.remove(), tidy()])
    if (post.parentId !== null) return
    inPlace(() => put(post))
    if (known || post.private) return
    if (awaited !== '' && post.fallback.includes(awaited)) {
      awaited = ''
      return point(id)
    }
    unread += 1
    byId('new-below').textContent = `${words.newCards} (${unread})`
    byId('new-below').hidden = nearEnd()
  }

  /** Brings a card into sight and marks it for a moment. */
  function point(/** @type {number} */ id) {
    const post = find(id)
    post?.scrollIntoView({ block: 'start' })
    post?.classList.add('pointed')
    setTimeout(() => find(id)?.classList.remove('pointed'), 2500)
  }

  /** The next new card that speaks of this text is brought into sight. */
  const awaitCard = (/** @type {string} */ text) => {
    awaited = text
    setTimeout(() => {
      if (awaited === text) awaited = ''
    }, 20_000)
  }

  /** Shows a private answer and brings it into sight. */
  async function show(/** @type {number} */ id) {
    await refresh(id)
    const post = find(id)
    post?.scrollIntoView({ block: 'nearest' })
    post?.focus({ preventScroll: true })
  }

  async function share(/** @type {number} */ id) {
    await call(`/posts/${id}/share`, { method: 'POST' }).catch(() => toast(words.failed ?? '', 'bad'))
    await refresh(id)
  }

  async function dismiss(/** @type {number} */ id) {
    await call(`/posts/${id}`, { method: 'DELETE' }).catch(() => undefined)
    inPlace(() => [find(id)?.remove(), tidy()])
  }

  byId('older').addEventListener('click', older)
  byId('new-below').addEventListener('click', () => {
    const posts = [...feed.querySelectorAll('[data-post]')]
    const first = posts[posts.length - unread]
    read()
    if (first) first.scrollIntoView({ block: 'start' })
    else toEnd()
  })
  scroller.addEventListener('scroll', () => {
    if (nearEnd()) read()
  })
  return { open, reload, dropUnseen, refresh, show, find, awaitCard }
}

const focusable = 'button, input, summary, select, textarea, a, [tabindex="0"]'
const placeOf = (/** @type {HTMLElement} */ within) => {
  const index = [...within.querySelectorAll(focusable)].indexOf(/** @type {any} */ (document.activeElement))
  return index < 0 ? Number.MAX_SAFE_INTEGER : index
}

export const initials = (/** @type {string} */ name) =>
  name
    .split(/\s+/)
    .map(part => part[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase()
