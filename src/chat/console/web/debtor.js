import { call } from './api.js'
import { byId, element, setWords } from './dom.js'
import { drawDebtor } from './draw-debtor.js'
import { listen } from './live.js'

setTheme(localStorage.getItem('duncan-theme') ?? 'auto')
byId('theme').addEventListener('click', () => setTheme(isDark() ? 'light' : 'dark'))
const shown = /^\/debtors\/(\d+)$/.exec(location.pathname)?.[1]
await (shown ? showDebtor(shown) : showList())
byId('content').setAttribute('aria-busy', 'false')
listen({})

async function showDebtor(/** @type {string} */ wanted) {
  try {
    const { debtor, words, language } = await call(`/debtors/${wanted}`)
    frame(words, language, debtor.name)
    byId('content').replaceChildren(...drawDebtor(debtor))
  } catch (error) {
    if (/** @type {{ status?: number }} */ (error).status !== 404) throw error
    const { words, language } = await call('/debtors?q=none')
    frame(words, language, words.search)
    byId('content').replaceChildren(element('p', { class: 'nothing' }, words.noDebtor))
  }
}

async function showList() {
  const asked = new URLSearchParams(location.search)
  const query = asked.get('q') ?? ''
  const { words, language, problem, rows, columns, range, page, last } = await call(`/debtors?${asked}`)
  frame(words, language, query || words.search)
  byId('query').value = query
  if (problem) {
    byId('content').replaceChildren(fault(query, problem))
    return
  }
  const to = (/** @type {number} */ target) => `/debtors?${new URLSearchParams({ q: query, page: String(target) })}`
  byId('content').replaceChildren(
    element('h1', {}, query || words.search),
    element('p', { class: 'about' }, range),
    ...(rows.length > 0 ? [results(columns, rows)] : []),
    element(
      'nav',
      { class: 'pages' },
      ...(page > 0 ? [element('a', { href: to(page - 1), rel: 'prev' }, `← ${words.previous}`)] : []),
      ...(page < last ? [element('a', { href: to(page + 1), rel: 'next' }, `${words.next} →`)] : []),
    ),
  )
}

/** The query with the place that is not understood marked. */
function fault(/** @type {string} */ query, /** @type {{ start: number, end: number, text: string }} */ { start, end, text }) {
  return element(
    'div',
    { class: 'fault', role: 'alert' },
    element('p', { class: 'fault-query' }, query.slice(0, start), element('mark', {}, query.slice(start, end) || ' '), query.slice(Math.max(start, end))),
    element('p', {}, text),
  )
}

function results(/** @type {string[]} */ columns, /** @type {any[]} */ rows) {
  const [, overdue, balance] = columns
  const table = element(
    'table',
    { class: 'results' },
    element(
      'thead',
      {},
      element('tr', {}, element('th', {}), element('th', { class: 'amount' }, overdue ?? ''), element('th', { class: 'amount' }, balance ?? '')),
    ),
    element('tbody', {}, ...rows.map(result)),
  )
  return element('div', { class: 'panel' }, table)
}

function result(/** @type {any} */ { id, name, about, overdue, balance }) {
  const named = element('td', {}, element('a', { href: `/debtors/${id}` }, name), element('small', {}, about))
  return element('tr', {}, named, element('td', { class: 'amount late' }, overdue), element('td', { class: 'amount' }, balance))
}

function frame(/** @type {Record<string, string>} */ words, /** @type {string} */ language, /** @type {string} */ title) {
  setWords(words, language)
  byId('back').setAttribute('title', words.back)
  byId('back').setAttribute('aria-label', words.back)
  document.title = `${title} · Duncan`
}

function isDark() {
  const theme = document.documentElement.dataset.theme
  return theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
}

function setTheme(/** @type {string} */ theme) {
  document.documentElement.dataset.theme = theme
  if (theme !== 'auto') localStorage.setItem('duncan-theme', theme)
}
