/* global AdaptiveCards */
// Draws Adaptive Cards with the library, in our colours, and without any markup in texts.
import { element } from './dom.js'

const highlightColors = { default: 'var(--mark)', subtle: 'var(--mark)' }
const text = { default: 'var(--text)', subtle: 'var(--subtle)', highlightColors }
const color = (/** @type {string} */ name) => ({ default: `var(--${name})`, subtle: `var(--${name})`, highlightColors })
const foreground = { default: text, dark: text, light: text, accent: color('accent'), good: color('good'), warning: color('warning'), attention: color('bad') }
const style = (/** @type {string} */ background, border = 'transparent') => ({ backgroundColor: background, borderColor: border, foregroundColors: foreground })

const hostConfig = {
  supportsInteractivity: true,
  fontFamily: 'inherit',
  fontSizes: { small: 13, default: 14, medium: 16, large: 18, extraLarge: 22 },
  fontWeights: { lighter: 300, default: 400, bolder: 650 },
  spacing: { small: 4, default: 10, medium: 14, large: 18, extraLarge: 24, padding: 12 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  containerStyles: {
    default: style('transparent'),
    emphasis: style('var(--soft)'),
    accent: style('var(--quote)'),
    good: style('var(--good-soft)'),
    warning: style('var(--warning-soft)'),
    attention: style('var(--bad-soft)'),
  },
  actions: {
    maxActions: 3,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline' },
  },
  factSet: {
    title: { color: 'default', size: 'default', isSubtle: true, weight: 'default', wrap: true, maxWidth: 190 },
    value: { color: 'default', size: 'default', weight: 'default', wrap: true },
    spacing: 16,
  },
  textStyles: { heading: { size: 'medium', weight: 'bolder' }, columnHeader: { weight: 'bolder', isSubtle: true, size: 'small' } },
  inputs: {
    label: { requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' }, optionalInputs: { weight: 'bolder' } },
    errorMessage: { color: 'attention' },
  },
}

// The server escapes whatever could be markup; here the escapes come off and the rest goes in as text, with its line breaks.
const markup = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
function asPlainText(/** @type {string} */ escaped) {
  const plain = escaped.replaceAll(/\\([\\`*_{}[\]()#+\-!~<>&|.])/g, '$1')
  return plain.replaceAll(/[&<>"]/g, character => markup[/** @type {keyof typeof markup} */ (character)]).replaceAll(/\r?\n/g, '<br>')
}

let moreLabel = ''

/** Sets the library up once. @param {string} more the reader's word for further buttons */
export function prepareCards(more) {
  moreLabel = more
  // @ts-ignore the library comes as a classic script
  const { AdaptiveCard } = AdaptiveCards
  registerBars()
  AdaptiveCard.onProcessMarkdown = (/** @type {string} */ source, /** @type {any} */ result) => {
    result.outputHtml = asPlainText(source)
    result.didProcess = true
  }
}

/** Bars of a chart. They say nothing that does not stand below them in words, and screen readers pass them over. */
function registerBars() {
  // @ts-ignore the library comes as a classic script
  const { CardElement, GlobalRegistry } = AdaptiveCards
  class Bars extends CardElement {
    getJsonTypeName() {
      return 'Bars'
    }
    internalParse(/** @type {any} */ source, /** @type {any} */ context) {
      super.internalParse(source, context)
      this.points = source.points
    }
    internalRender() {
      return element('div', { class: 'bars', 'aria-hidden': 'true' }, ...this.points.map(bar))
    }
  }
  GlobalRegistry.elements.register('Bars', Bars)
}

function bar(/** @type {any} */ { label, percents }) {
  const room = element('span', { class: 'bar-room' })
  for (const percent of percents) {
    const column = element('span', { class: 'bar' })
    column.style.height = `${percent}%`
    room.append(column)
  }
  return element('span', { class: 'bar-point' }, room, element('span', { class: 'bar-label' }, label))
}

/** What is drawn, by its element: the card, and its fields' values as they came. @type {WeakMap<Element, { card: any, given: Record<string, string> }>} */
const drawings = new WeakMap()

/** The values that somebody changed on a drawn card and has not sent yet. @param {Element | null | undefined} drawn @returns {Record<string, string>} */
export function unsentValues(drawn) {
  const drawing = drawn && drawings.get(drawn)
  if (!drawing) return {}
  return Object.fromEntries(Object.entries(fieldValues(drawing.card)).filter(([id, value]) => value !== drawing.given[id]))
}

/**
 * The element that shows a card. `onAction` gets the button's name, its data, the values of the fields, and what to confirm.
 * @param {any} json @param {(pressed: { action: string, data: any, values: Record<string, string>, confirm?: any }) => void} onAction @param {Record<string, string>} [unsent] @returns {HTMLElement}
 */
export function drawCard(json, onAction, unsent = {}) {
  // @ts-ignore the library comes as a classic script
  const { AdaptiveCard, HostConfig } = AdaptiveCards
  const card = new AdaptiveCard()
  card.hostConfig = new HostConfig(hostConfig)
  const main = json.actions.filter((/** @type {any} */ action) => action.mode !== 'secondary')
  const more = json.actions.filter((/** @type {any} */ action) => action.mode === 'secondary')
  card.parse({ ...json, actions: main })
  const given = Object.fromEntries(card.getAllInputs().map((/** @type {any} */ input) => [input.id, input.defaultValue ?? '']))
  for (const input of card.getAllInputs()) if (unsent[input.id] !== undefined) input.defaultValue = unsent[input.id]
  card.onExecuteAction = (/** @type {any} */ pressed) => {
    if (pressed.url !== undefined) {
      window.open(pressed.url, '_blank', 'noopener,noreferrer') // a file or another page; only our own server writes these addresses
      return
    }
    const { action, data, confirm, until: _until, ...values } = pressed.data
    onAction({ action, data, confirm, values })
  }
  const drawn = card.render()
  drawings.set(drawn, { card, given })
  for (let index = 0; index < card.getActionCount(); index++) countDown(card.getActionAt(index))
  if (more.length > 0)
    addOverflow(
      drawn,
      overflow(more, () => fieldValues(card), onAction),
    )
  return drawn
}

/** A button that works until a moment only: its seconds run down, and then it goes. */
function countDown(/** @type {any} */ action) {
  const { until } = action.data ?? {}
  const button = action.renderedElement
  if (!until || !button) return
  const label = action.title
  const tick = () => {
    const seconds = Math.ceil((Date.parse(until) - Date.now()) / 1000)
    if (seconds <= 0) button.remove()
    else {
      button.textContent = `${label} · ${seconds} s`
      setTimeout(() => button.isConnected && tick(), 250)
    }
  }
  tick()
}

/** The values of a card's fields as they stand. */
function fieldValues(/** @type {any} */ card) {
  return Object.fromEntries(card.getAllInputs().map((/** @type {any} */ input) => [input.id, input.value ?? '']))
}

// Beside the other buttons when there are any.
function addOverflow(/** @type {HTMLElement} */ drawn, /** @type {HTMLElement} */ menu) {
  const [strip] = [...drawn.querySelectorAll('.ac-actionSet')].slice(-1)
  ;(strip ?? drawn).append(menu)
}

// The library's own overflow menu cannot be used with the keyboard alone; <details> can.
function overflow(/** @type {any[]} */ actions, /** @type {() => Record<string, string>} */ read, /** @type {any} */ onAction) {
  const list = document.createElement('div')
  list.className = 'more-list'
  const menu = document.createElement('details')
  menu.className = 'more'
  const summary = document.createElement('summary')
  summary.textContent = '···'
  summary.title = moreLabel
  summary.setAttribute('aria-label', moreLabel)
  for (const { title, data } of actions) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = title
    button.addEventListener('click', () => {
      menu.open = false
      onAction({ ...data, values: read() })
    })
    list.append(button)
  }
  menu.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return
    menu.open = false
    summary.focus()
  })
  menu.addEventListener('focusout', event => {
    if (!menu.contains(/** @type {Node} */ (event.relatedTarget))) menu.open = false
  })
  menu.append(summary, list)
  return menu
}
