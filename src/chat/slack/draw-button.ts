import type { ActionsBlock, ActionsBlockElement, Button, ConfirmationDialog, Overflow } from '@slack/types'
import { z } from 'zod'
import type { CardButton } from '../card.ts'
import { limits } from './limits.ts'
import { plain } from './text.ts'

/** What a pressed button says. Whether it may do that is asked below, never read from it. */
export type Pressed = { action: string; data: Record<string, string> }

const pressedValue = z.tuple([z.string(), z.record(z.string(), z.string())])

/** What a button carries. A value that Slack would not take carries nothing: pressing it is answered with a refusal. */
function pressValue({ action, data }: Pressed): string {
  const value = JSON.stringify([action, data])
  return value.length <= limits.buttonValue ? value : '[]'
}

/** What was pressed; undefined for whatever else came. */
export function readPressed(value: string | undefined): Pressed | undefined {
  try {
    const [action, data] = pressedValue.parse(JSON.parse(value ?? ''))
    return { action, data }
  } catch {
    return undefined
  }
}

export const pressPrefix = 'press.'

type Words = { cancel: string }

/** What a card is drawn as; a click says it again, since each is answered in another place. */
export type Surface =
  /** A copy of a post, which the database owns. */
  | 'post'
  /** The same under another message. */
  | 'reply'
  /** An answer to one person. */
  | 'answer'
  | 'form'
  | 'home'

/** Whether what was pressed stands in an answer to one person. */
export const isOnAnswer = (actionId: string): boolean => actionId.startsWith(`${pressPrefix}answer.`)

/** A button. `id` tells it from the others of its block. */
export function drawButton(button: CardButton, on: Surface, id: string, words: Words): Button {
  return {
    type: 'button',
    action_id: `${pressPrefix}${on}.${id}`,
    text: plain(button.label, limits.buttonText),
    value: pressValue(button),
    ...(button.style !== 'default' && { style: button.style }),
    ...(button.confirm && { confirm: drawConfirm(button.confirm, button.style === 'danger', words) }),
  }
}

const drawConfirm = ({ title, text, yes }: NonNullable<CardButton['confirm']>, isDanger: boolean, words: Words): ConfirmationDialog => ({
  title: plain(title, limits.confirmTitle),
  text: plain(text, limits.confirmText),
  confirm: plain(yes, limits.confirmButton),
  deny: plain(words.cancel, limits.confirmButton),
  ...(isDanger && { style: 'danger' }),
})

/**
 * The rows of buttons: those in sight, then behind the overflow what needs no confirmation and is short enough for it; Slack asks for
 * confirmation of an overflow as a whole only. `extra`: a button of ours, which stands last in sight.
 */
export function drawButtons(buttons: CardButton[], more: CardButton[], on: Surface, words: Words, extra: Button[] = []): ActionsBlock[] {
  const hidden = more.filter(button => !button.confirm && pressValue(button).length <= limits.optionValue && pressValue(button) !== '[]')
  const behind = hidden.length > 1 ? hidden : [] // a menu of one is a button with an extra click
  const inSight = [...buttons, ...more.filter(button => !behind.includes(button))]
  const elements: ActionsBlockElement[] = [
    ...inSight.map((button, index) => drawButton(button, on, String(index), words)),
    ...extra,
    ...menus(behind).map((options, index) => drawOverflow(options, on, `more.${index}`)),
  ]
  return chunk(elements, limits.actionElements).map((row, index) => ({ type: 'actions', block_id: `buttons.${index}`, elements: row }))
}

/** As few menus as there can be, none of them with a single entry. */
const menus = (buttons: CardButton[]): CardButton[][] => chunk(buttons, Math.ceil(buttons.length / Math.ceil(buttons.length / limits.overflowOptions)) || 1)

const drawOverflow = (options: CardButton[], on: Surface, id: string): Overflow => ({
  type: 'overflow',
  action_id: `${pressPrefix}${on}.${id}`,
  options: options.map(button => ({ text: plain(button.label, limits.optionText), value: pressValue(button) })),
})

/** The parts of a list, none longer than `size`. */
export const chunk = <T>(list: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_none, index) => list.slice(index * size, (index + 1) * size))
