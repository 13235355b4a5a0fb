import { call } from './api.js'
import { byId, element, toast } from './dom.js'

/** What only the demo has: writing as a debtor, and looking through a colleague's eyes. @param {{ words: Record<string, string>, staffId: number, awaitCard: (text: string) => void }} page */
export async function startDemo({ words, staffId, awaitCard }) {
  byId('demo').hidden = false
  byId('act-as').hidden = false
  for (const id of ['write', 'welcome-write']) byId(id).addEventListener('click', () => openWriter(words, awaitCard))
  const select = byId('staff-switch')
  for (const { id, name, role } of await call('/demo/staff')) select.append(element('option', { value: id, selected: id === staffId }, `${name} · ${role}`))
  select.addEventListener('change', async () => {
    await call(`/demo/staff/${select.value}`, { method: 'POST' })
    location.reload()
  })
}

/** Says on the first visit what there is to try. */
export function showWelcome(/** @type {Record<string, string>} */ words) {
  if (localStorage.getItem('duncan-welcomed')) return
  const box = byId('welcome')
  box.querySelector('ol').replaceChildren(...(words.welcomeSteps ?? '').split('\n').map(step => element('li', {}, step)))
  box.hidden = false
  byId('welcome-close').addEventListener('click', () => {
    box.hidden = true
    localStorage.setItem('duncan-welcomed', '1')
  })
}

async function openWriter(/** @type {Record<string, string>} */ words, /** @type {(text: string) => void} */ awaitCard) {
  const personas = await call('/demo/personas')
  const dialog = byId('dialog')
  const who = element(
    'select',
    { id: 'demo-who', required: true },
    ...personas.map((/** @type {any} */ one) => element('option', { value: one.id }, `${one.name} <${one.address}>`)),
  )
  const example = element('select', { id: 'demo-example' })
  const subject = element('input', { id: 'demo-subject', maxlength: 300 })
  const text = element('textarea', { id: 'demo-text', rows: 9, required: true })
  const persona = () => personas.find((/** @type {any} */ one) => one.id === who.value)
  const fill = () => {
    const chosen = persona()?.examples[Number(example.value)]
    if (!chosen) return
    subject.value = chosen.subject
    text.value = chosen.text
  }
  const offer = () => {
    example.replaceChildren(
      ...(persona()?.examples ?? []).map((/** @type {any} */ one, /** @type {number} */ index) => element('option', { value: index }, one.title)),
    )
    fill()
  }
  who.addEventListener('change', offer)
  example.addEventListener('change', fill)
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault()
    try {
      awaitCard(subject.value.trim().slice(0, 50) || (persona()?.name.split(', ')[1] ?? ''))
      await call('/demo/mail', { method: 'POST', body: { personaId: who.value, subject: subject.value, text: text.value } })
      dialog.close()
      toast(words.mailDropped ?? '')
    } catch {
      toast(words.failed ?? '', 'bad')
    }
  }
  dialog.replaceChildren(
    element('button', { type: 'button', class: 'quiet dialog-close', 'aria-label': words.close, onclick: () => dialog.close() }, '✕'),
    element(
      'form',
      { class: 'writer', onsubmit: send },
      element('h2', { id: 'dialog-title' }, words.writeAsDebtor ?? ''),
      field(words.chooseDebtor ?? '', who),
      field(words.example ?? '', example),
      field(words.subject ?? '', subject),
      field(words.text ?? '', text),
      element('div', { class: 'dialog-buttons' }, element('button', { type: 'submit', class: 'primary' }, words.send ?? '')),
    ),
  )
  offer()
  dialog.showModal()
  text.focus()
}

const field = (/** @type {string} */ label, /** @type {any} */ input) => element('label', { class: 'field' }, element('span', {}, label), input)
