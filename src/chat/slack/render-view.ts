import type { HomeView, KnownBlock, ModalView } from '@slack/types'
import type { Card } from '../card.ts'
import { drawButtons, type Pressed } from './draw-button.ts'
import { type DrawDeps, drawElement } from './draw-element.ts'
import { limits } from './limits.ts'
import { pack } from './pack.ts'
import { drawHead } from './render-card.ts'
import { clean, plain, shorten } from './text.ts'
import { contextUnits, richUnits, sizeOf, type Unit } from './unit.ts'

const formCallback = 'form'

/** Where a form was opened: what is decided on a person's own page is seen there. */
export type Origin = 'home' | 'message'

type Submit = { submit: Pressed | null; origin: Origin }

/** A neutral form, or a card to look at, in a modal. Its first button sends it; others stand below. `notice` is said first. */
export function renderForm(card: Card, origin: Origin, deps: DrawDeps, notice?: string): ModalView {
  const drawn = card.elements.flatMap((element, index) => drawElement(element, index, 'form', deps))
  const isForm = drawn.some(({ block }) => block.type === 'input')
  const [first, ...others] = card.buttons
  const submit = isForm && first ? first : undefined
  const asked: Unit[] = submit?.confirm ? richUnits([{ text: submit.confirm.title, bold: true }, { text: `\n${submit.confirm.text}` }]) : []
  const foot = drawButtons(submit ? others : card.buttons, card.more, 'form', deps.words)
  // A title that the modal's own takes whole is not said twice.
  const isLong = clean(card.title).length > limits.viewTitle
  const blocks = fill(isLong ? card : { ...card, title: '' }, [...noticeUnits(notice), ...drawn, ...asked], foot, deps)
  const carried = JSON.stringify({ submit: submit ? { action: submit.action, data: submit.data } : null, origin } satisfies Submit)
  return {
    type: 'modal',
    callback_id: formCallback,
    title: plain(card.title, limits.viewTitle),
    close: plain(submit ? deps.words.cancel : deps.words.close, limits.viewButton),
    // Slack takes no inputs without a button to send them.
    ...(isForm && { submit: plain(submit?.label ?? deps.words.close, limits.viewButton) }),
    blocks,
    private_metadata: carried.length <= limits.privateMetadata ? carried : JSON.stringify({ submit: null, origin } satisfies Submit),
  }
}

/** A person's own page. */
export function renderHome(card: Card, deps: DrawDeps): HomeView {
  const units = card.elements.flatMap((element, index) => drawElement(element, index, 'home', deps))
  return { type: 'home', callback_id: 'home', blocks: fill(card, units, drawButtons(card.buttons, card.more, 'home', deps.words), deps) }
}

/** What a modal shows while its content is made: Slack opens none later than three seconds after the click. */
export const loadingView = (words: DrawDeps['words']): ModalView => messageView('Duncan', words.loading, words)

/** A modal with one thing to say. */
export const messageView = (title: string, text: string, words: DrawDeps['words']): ModalView => ({
  type: 'modal',
  callback_id: formCallback,
  title: plain(title, limits.viewTitle),
  close: plain(words.close, limits.viewButton),
  blocks: [{ type: 'section', text: plain(text, limits.text) }],
})

const noticeBlock = 'notice'

/** A modal that stays as it is, with what was typed into it, and says what is wrong. Slack keeps the values of blocks whose ids stay. */
export function viewWithNotice({ title, submit, close, blocks, private_metadata }: ModalView, notice: string): ModalView {
  const said: KnownBlock = { type: 'section', block_id: noticeBlock, text: plain(`❗ ${notice}`, limits.text) }
  const rest = blocks.filter(({ block_id }) => block_id !== noticeBlock).slice(0, limits.viewBlocks - 1)
  const given = { title, ...(submit && { submit }), ...(close && { close }), ...(private_metadata !== undefined && { private_metadata }) }
  return { type: 'modal', callback_id: formCallback, ...given, blocks: [said, ...rest] }
}

const noticeUnits = (notice: string | undefined): Unit[] => (notice === undefined ? [] : richUnits([{ text: `❗ ${notice}`, bold: true }]))

function fill(card: Card, units: Unit[], foot: KnownBlock[], { words }: DrawDeps): KnownBlock[] {
  const head = drawHead(card, false)
  const used = [...head.blocks, ...foot]
  const size = limits.viewSize - used.reduce((sum, block) => sum + sizeOf(block), 0)
  const room = { tables: 0, charts: 0, blocks: limits.viewBlocks - used.length - 1, size }
  const { card: body, rest } = pack([...head.units, ...units], room, room)
  const more = rest.length === 0 ? [] : contextUnits([words.shortened]).map(({ block }) => block)
  const blocks = [...head.blocks, ...body, ...more, ...foot]
  // A view without blocks is none to Slack.
  return blocks.length > 0 ? blocks : [{ type: 'section', text: plain(shorten(card.fallback, limits.text), limits.text) }]
}
