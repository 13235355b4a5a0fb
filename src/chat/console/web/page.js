import { call } from './api.js'
import { showWelcome, startDemo } from './demo.js'
import { openForm } from './dialog.js'
import { byId, element, setWords, toast } from './dom.js'
import { prepareCards } from './draw-card.js'
import { createFeed, initials } from './feed.js'
import { listen } from './live.js'
import { showSessions } from './sessions.js'
import { signIn, takeWanted } from './sign-in.js'
import { createThread } from './thread.js'

setTheme(localStorage.getItem('duncan-theme') ?? 'auto')
if (location.pathname === '/sign-in') await start(signIn)
else await startApp()

async function start(/** @type {(words: Record<string, string>) => Promise<void>} */ then) {
  const words = await (await fetch('/api/words')).json()
  setWords(words, undefined)
  await then(words)
}

async function startApp() {
  const { staff, words, language, locale, timeZone, channels, demo, mayTalk, rights } = await call('/me')
  const goal = takeWanted()
  if (goal) location.assign(goal) // a download leaves this page where it is
  setWords(words, language)
  prepareCards(words.more)
  byId('app').hidden = false
  byId('who-name').textContent = staff.name
  byId('who-role').textContent = staff.role
  byId('who-mark').textContent = initials(staff.name)
  byId('talk').hidden = !mayTalk

  const thread = createThread({ words, language: locale, timeZone })
  const feed = createFeed({ words, language: locale, timeZone, openThread: id => void thread.open(id) })
  let current = ''
  /** Channels where something happened while another was open. @type {Set<string>} */
  const unseen = new Set()

  function showChannels(/** @type {{ key: string, waiting: number }[]} */ list) {
    byId('channels').replaceChildren(
      ...list.map(({ key, waiting }) =>
        element(
          'li',
          {},
          element(
            'button',
            {
              type: 'button',
              class: `side-button${unseen.has(key) ? ' unseen' : ''}`,
              'aria-current': key === current ? 'page' : undefined,
              onclick: () => go(key),
            },
            element('span', { class: 'hash', 'aria-hidden': 'true' }, '#'),
            element('span', { class: 'name' }, key),
            ...(waiting > 0 ? [element('span', { class: 'count', title: `${waiting} ${words.needsYou}` }, String(waiting))] : []),
          ),
        ),
      ),
    )
  }

  async function go(/** @type {string} */ key) {
    current = key
    unseen.delete(key)
    history.replaceState(null, '', `#${encodeURIComponent(key)}`)
    byId('channel-name').textContent = `# ${key}`
    document.title = `#${key} · Duncan`
    delete document.body.dataset.menu
    thread.close()
    await Promise.all([feed.open(key), refreshChannels()])
  }

  const refreshChannels = async () => {
    const list = await call('/channels')
    showChannels(list)
    return list
  }

  /** Lets go of what the reader does not see any more: cards, the thread under one, the channel itself. */
  async function lookAgain() {
    const [list] = await Promise.all([refreshChannels(), feed.dropUnseen()])
    if (!list.some((/** @type {any} */ { key }) => key === current)) return go(list[0].key)
    if (thread.openPost() !== undefined && !feed.find(thread.openPost() ?? 0)) thread.close()
  }
  let waitingForChannels = false
  function refreshChannelsSoon() {
    if (waitingForChannels) return
    waitingForChannels = true
    setTimeout(() => {
      waitingForChannels = false
      void refreshChannels()
    }, 150)
  }

  listen({
    rights,
    onPost: ({ id, channel, parentId }) => {
      if (parentId !== null) void thread.changed(parentId)
      else if (channel === current || feed.find(id)) void feed.refresh(id)
      if (parentId === null && channel !== current) unseen.add(channel)
      refreshChannelsSoon()
    },
    onResync: () => void Promise.all([feed.reload(), lookAgain()]),
    onBeat: () => void lookAgain(),
    onState: live => {
      byId('live').textContent = live ? words.live : words.reconnecting
      byId('live').dataset.live = String(live)
    },
  })

  byId('command').addEventListener('submit', async (/** @type {Event} */ event) => {
    event.preventDefault()
    const field = byId('command-text')
    if (field.value.trim() === '') return
    try {
      const outcome = await call('/command', { method: 'POST', body: { channel: current, text: field.value } })
      if (outcome.kind === 'refused') return toast(outcome.message, 'bad')
      field.value = ''
      // What holds a secret is shown now and stands nowhere.
      if (outcome.kind === 'form') return openForm(outcome.card, words.close, async () => true)
      await feed.show(outcome.postId)
    } catch {
      toast(words.failed, 'bad')
    }
  })
  for (const [id, only] of [
    ['filter-all', ''],
    ['filter-open', 'open'],
  ]) {
    byId(id).addEventListener('click', () => {
      byId('feed').dataset.only = only
      byId('filter-all').setAttribute('aria-pressed', String(only === ''))
      byId('filter-open').setAttribute('aria-pressed', String(only === 'open'))
    })
  }
  byId('menu').addEventListener('click', (/** @type {Event} */ event) => {
    event.stopPropagation()
    if (document.body.dataset.menu) delete document.body.dataset.menu
    else document.body.dataset.menu = 'open'
  })
  byId('middle').addEventListener('click', () => delete document.body.dataset.menu)
  byId('theme').addEventListener('click', () => setTheme(isDark() ? 'light' : 'dark'))
  byId('who').addEventListener('click', () => void showSessions({ words, language: locale, timeZone }))
  byId('sign-out').addEventListener('click', async () => {
    await call('/sign-out', { method: 'POST' })
    location.assign('/sign-in')
  })
  addEventListener('keydown', event => {
    const typing = /** @type {HTMLElement} */ (event.target).closest('input, textarea, select, dialog')
    if (event.key !== '/' || typing) return
    event.preventDefault()
    byId('command-text').focus()
    byId('command-text').value ||= '/'
  })

  if (demo) showWelcome(words)
  const [wanted, post] = decodeURIComponent(location.hash.slice(1)).split('/')
  const first = channels.find((/** @type {any} */ channel) => channel.key === wanted) ?? channels[0]
  await go(first.key)
  if (post) {
    await feed.show(Number(post))
    await thread.open(Number(post))
  }
  if (demo) await startDemo({ words, staffId: staff.id, awaitCard: feed.awaitCard })
}

function isDark() {
  const theme = document.documentElement.dataset.theme
  return theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
}

function setTheme(/** @type {string} */ theme) {
  document.documentElement.dataset.theme = theme
  if (theme !== 'auto') localStorage.setItem('duncan-theme', theme)
}
