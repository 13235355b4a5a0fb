import { byId, element } from './dom.js'
import { drawCard } from './draw-card.js'

/** Asks before something that cannot be undone. @param {{ title: string, text: string, yes: string }} question @param {string} no @returns {Promise<boolean>} */
export function confirmFirst({ title, text, yes }, no) {
  const dialog = byId('dialog')
  return new Promise(resolve => {
    const answer = (/** @type {boolean} */ value) => () => {
      dialog.close()
      resolve(value)
    }
    dialog.replaceChildren(
      element('h2', { id: 'dialog-title' }, title),
      element('p', {}, text),
      element(
        'div',
        { class: 'dialog-buttons' },
        element('button', { type: 'button', class: 'plain', onclick: answer(false) }, no),
        element('button', { type: 'button', class: 'primary', onclick: answer(true) }, yes),
      ),
    )
    dialog.addEventListener('cancel', () => resolve(false), { once: true })
    dialog.showModal()
  })
}

/** Opens a form card in the dialog; it closes when `send` says that all went well. @param {any} card @param {string} close @param {(pressed: any) => Promise<boolean>} send */
export function openForm(card, close, send) {
  const dialog = byId('dialog')
  const shut = element('button', { type: 'button', class: 'quiet dialog-close', 'aria-label': close, title: close, onclick: () => dialog.close() }, '✕')
  const carry = async (/** @type {any} */ pressed) => {
    dialog.setAttribute('aria-busy', 'true')
    if (await send(pressed)) dialog.close()
    dialog.removeAttribute('aria-busy')
  }
  const body = drawCard(card, pressed => void carry(pressed))
  dialog.replaceChildren(shut, element('div', { class: 'form-card', id: 'dialog-title' }, body))
  growTextareas(dialog)
  if (!dialog.open) dialog.showModal()
  dialog.querySelector('textarea, input[type=text], input[type=date], select')?.focus()
}

/** Text fields as tall as their text, up to half of the window. */
function growTextareas(/** @type {HTMLElement} */ within) {
  for (const area of within.querySelectorAll('textarea')) {
    const grow = () => {
      area.rows = Math.min(16, Math.max(3, area.value.split('\n').length + Math.floor(area.value.length / 90) + 1))
    }
    area.addEventListener('input', grow)
    grow()
  }
}
