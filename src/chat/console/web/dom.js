/** @param {string} id @returns {any} */
export const byId = id => document.getElementById(id)

/** An element with attributes and children; texts are always text, never markup. @returns {any} */
export function element(/** @type {string} */ tag, /** @type {Record<string, any>} */ attributes = {}, /** @type {(Node | string)[]} */ ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value)
    else if (value === true) made.setAttribute(name, '')
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(name, String(value))
  }
  made.append(...children)
  return made
}

/** A short message at the edge of the page, read out by screen readers. */
export function toast(/** @type {string} */ text, /** @type {'good' | 'bad'} */ tone = 'good') {
  const box = element('div', { class: `toast ${tone}` }, text)
  byId('toasts').append(box)
  setTimeout(() => box.remove(), tone === 'bad' ? 12_000 : 5000)
}

/** Puts the words of the reader's language into the page. */
export function setWords(/** @type {Record<string, string>} */ words, /** @type {string | undefined} */ language) {
  if (language) document.documentElement.lang = language
  for (const node of document.querySelectorAll('[data-word]')) node.textContent = words[/** @type {HTMLElement} */ (node).dataset.word ?? ''] ?? ''
  for (const node of document.querySelectorAll('[data-placeholder]')) {
    node.setAttribute('placeholder', words[/** @type {HTMLElement} */ (node).dataset.placeholder ?? ''] ?? '')
  }
  for (const node of document.querySelectorAll('[data-title]')) {
    const word = words[/** @type {HTMLElement} */ (node).dataset.title ?? ''] ?? ''
    node.setAttribute('title', word)
    node.setAttribute('aria-label', word)
  }
}
