import { call } from './api.js'
import { byId, element, toast } from './dom.js'
import { drawCard } from './draw-card.js'
import { press } from './press.js'

/** The cards of the channel that is open. @param {{ words: Record<string, string>, language: string, openThread: (id: number) => void }} page */
export function createFeed({ words, language, openThread }) {
  const feed = byId('feed')
  const scroller = byId('scroller')
  let channel = ''
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' })
  const date = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' })

  const nearEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 160
  const toEnd = () => scroller.scrollTo({ top: scroller.scrollHeight })
  const find = (/** @type {number} */ id) => feed.querySelector(`[data-post="${id}"]`)

  /** @param {any} post */
  function draw(post) {
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
    body.append(drawCard(post.card, pressed => void onAction(pressed)))
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
    const drawn = draw(post)
    const standing = find(post.id)
    if (standing) {
      const focused = standing.contains(document.activeElement)
      standing.replaceWith(drawn)
      if (focused) drawn.focus({ preventScroll: true })
    } else {
      const after = [...feed.querySelectorAll('[data-post]')].find(other => Number(other.dataset.post) > post.id)
      feed.insertBefore(drawn, after ?? null)
    }
    tidy()
    return drawn
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
    byId('new-below').hidden = true
    feed.setAttribute('aria-busy', 'false')
    toEnd()
  }

  async function older() {
    const first = Number(feed.querySelector('[data-post]')?.dataset.post)
    const before = scroller.scrollHeight
    const page = await call(`/channels/${encodeURIComponent(channel)}/posts?before=${first}`)
    for (const post of page.posts) put(post)
    byId('older').hidden = !page.more
    scroller.scrollTop += scroller.scrollHeight - before
  }

  /** Draws a post anew, as it stands now; one that is gone goes. */
  async function refresh(/** @type {number} */ id) {
    const known = find(id)
    // Under somebody's pointer nothing may move: a button would slip away below the click.
    const follow = nearEnd() && !feed.matches(':hover')
    const post = await call(`/posts/${id}`).catch(error => (error.status === 404 ? undefined : Promise.reject(error)))
    if (!post) {
      known?.remove()
      return tidy()
    }
    if (post.channel !== channel || post.parentId !== null) return
    put(post)
    if (!known && follow) toEnd()
    else if (!known) byId('new-below').hidden = false
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
    find(id)?.remove()
    tidy()
  }

  byId('older').addEventListener('click', older)
  byId('new-below').addEventListener('click', () => {
    byId('new-below').hidden = true
    toEnd()
  })
  scroller.addEventListener('scroll', () => {
    if (nearEnd()) byId('new-below').hidden = true
  })
  return { open, refresh, show, find }
}

export const initials = (/** @type {string} */ name) =>
  name
    .split(/\s+/)
    .map(part => part[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase()
