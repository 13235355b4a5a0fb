import { element } from './dom.js'

/** The page of one debtor, from what the interface says of it. @returns {Node[]} */
export function drawDebtor(/** @type {any} */ debtor) {
  return [
    element(
      'div',
      { class: 'head' },
      element('h1', {}, debtor.name),
      element('p', { class: 'about' }, [debtor.about, debtor.collector].filter(Boolean).join(' · ')),
    ),
    nextStep(debtor.next),
    ...debtor.pinned.map((/** @type {any} */ { title, text }) => element('p', { class: 'pinned' }, element('strong', {}, `${title}: `), text)),
    element('dl', { class: 'figures' }, ...debtor.figures.map(figure)),
    ...debtor.aging.map(agingChart),
    element(
      'div',
      { class: 'columns' },
      element('div', {}, itemTable(debtor.items), ...debtor.money.map(section)),
      element('div', {}, ...debtor.people.map(section)),
    ),
  ]
}

function nextStep(/** @type {any} */ { title, text, tone, post }) {
  const words = post ? element('a', { href: linkTo(post) }, text) : element('span', {}, text)
  return element('p', { class: `next ${tone}` }, element('strong', {}, title), words)
}

/** The console opens on this card. */
const linkTo = (/** @type {string} */ post) => `/#${encodeURIComponent(post)}`

function figure(/** @type {any} */ { label, value, note, tone }) {
  return element('div', { class: `figure ${tone ?? ''}` }, element('dt', {}, label), element('dd', {}, value), ...(note ? [element('small', {}, note)] : []))
}

/** What is open by age: a column for each bucket, its height its part of the largest. */
function agingChart(/** @type {any} */ { title, bars }) {
  const drawn = bars.map((/** @type {any} */ { label, value, percent, overdue }) => {
    const column = element('span', { class: overdue ? 'bar late' : 'bar', 'aria-hidden': 'true' })
    column.style.height = `${percent}%`
    return element(
      'li',
      {},
      element('span', { class: 'bar-value' }, value),
      element('span', { class: 'bar-room' }, column),
      element('span', { class: 'bar-label' }, label),
    )
  })
  return element('figure', { class: 'panel aging' }, element('figcaption', {}, title), element('ul', {}, ...drawn))
}

const side = (/** @type {number} */ index) => (index > 1 ? 'amount' : '')

function itemTable(/** @type {any} */ { title, columns, rows, more }) {
  if (rows.length === 0) return element('span', { hidden: true })
  return element(
    'section',
    { class: 'panel' },
    element('h2', {}, title),
    element(
      'table',
      { class: 'items' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...columns.map((/** @type {string} */ name, /** @type {number} */ index) => element('th', { class: side(index), scope: 'col' }, name)),
        ),
      ),
      element(
        'tbody',
        {},
        ...rows.map((/** @type {any} */ { late, cells }) =>
          element(
            'tr',
            { class: late ? 'late' : '' },
            ...cells.map((/** @type {string} */ cell, /** @type {number} */ index) => element('td', { class: side(index) }, cell)),
          ),
        ),
      ),
    ),
    ...(more ? [element('p', { class: 'more-items' }, more)] : []),
  )
}

function section(/** @type {any} */ { title, lines }) {
  return element('section', { class: 'panel' }, element('h2', {}, title), element('ul', { class: 'lines' }, ...lines.map(line)))
}

function line(/** @type {any} */ { text, note, tone, post }) {
  return element('li', { class: tone ?? '' }, post ? element('a', { href: linkTo(post) }, text) : text, ...(note ? [element('small', {}, note)] : []))
}
