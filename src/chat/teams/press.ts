import type { ActionStyle, IExecuteAction, IShowCardAction, ISubmitAction } from '@microsoft/teams.cards'
import { z } from 'zod'
import { run } from '../adaptive/literal.ts'
import type { CardButton } from '../card.ts'
import type { Asked } from '../platforms/desk.ts'
import { shorten } from '../text.ts'
import { limits, sizeOf } from './limits.ts'
import { clean } from './literal.ts'

/** What a card is drawn as; a click says it again, since each is answered in another place. */
type Surface =
  /** A copy of a post, which the database owns. */
  | 'post'
  /** The same under another message. */
  | 'reply'
  /** An answer to one person. */
  | 'answer'
  /** A form that stands in a card's place for the one who opened it. */
  | 'form'
  /** A window of its own, where only Action.Submit works. */
  | 'dialog'

/** What a pressed button says. Whether it may do that is asked below, never read from it. */
export type Pressed = { action: string; data: Record<string, string> }

/** What every button of a card carries besides its own: the mark of the copy, and what opened the form. */
export type Carried = { on: Surface; mark?: string | undefined; opened?: Pressed | undefined }

type Press = IExecuteAction | ISubmitAction

const pressedSchema = z.object({ action: z.string(), data: z.record(z.string(), z.string()) })
const dataSchema = z.object({
  action: z.enum(['press', 'share', 'back']),
  press: pressedSchema.nullish().catch(undefined),
  asked: z
    .union([z.object({ text: z.string() }), pressedSchema])
    .optional()
    .catch(undefined),
  opened: pressedSchema.optional().catch(undefined),
  mark: z.string().optional().catch(undefined),
  on: z.enum(['post', 'reply', 'answer', 'form', 'dialog']).catch('answer'),
})

/** What came in with a click: which button, and what stood in the card's fields, by the names that the card gave them. */
export type ReadPress = z.infer<typeof dataSchema> & { values: Record<string, string> }

/** What was pressed; undefined for whatever else came. */
export function readPress(data: unknown): ReadPress | undefined {
  const parsed = dataSchema.safeParse(data)
  if (!parsed.success) return undefined
  const values = Object.entries(data as Record<string, unknown>).flatMap(([key, value]) => {
    const [, id] = /^field\.\d+\.(.*)$/s.exec(key) ?? []
    return id !== undefined && typeof value === 'string' ? [[id, value] as const] : []
  })
  return { ...parsed.data, values: Object.fromEntries(values) }
}

/** The name that a field goes by on a card. `index` tells it from a field of the same name. */
export const fieldName = (id: string, index: number): string => `field.${index}.${id}`.slice(0, limits.id).toWellFormed()

/** A button that is pressed at once. One that carries more than Teams takes carries nothing: pressing it is answered with a refusal. */
export function drawPress({ action, data, label, style }: CardButton, carried: Carried, mode: 'primary' | 'secondary' = 'primary'): Press {
  const press = sizeOf({ action, data }) <= limits.pressSize ? { action, data } : null
  return execute(label, { action: 'press', press, ...carried }, carried.on, style, mode)
}

/** A button of a card. One that asks first opens its question below; Adaptive Cards have no other way to ask. */
export function drawButton(button: CardButton, carried: Carried, mode: 'primary' | 'secondary' = 'primary'): Press | IShowCardAction {
  if (!button.confirm) return drawPress(button, carried, mode)
  const { title, text, yes } = button.confirm
  const said = [
    ...run(shorten(clean(title), limits.confirmText), { weight: 'Bolder' }),
    ...run(`\n${shorten(clean(text), limits.confirmText)}`),
  ] as unknown as string[]
  return {
    type: 'Action.ShowCard',
    title: buttonText(button.label),
    style: look(button.style),
    card: {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'RichTextBlock', inlines: said }],
      actions: [drawPress({ ...button, label: yes }, carried)],
    },
  }
}

/** A button that shows an answer to everybody who reads the conversation. */
export const drawShare = (label: string, asked: Asked): Press => execute(label, { action: 'share', asked, on: 'answer' }, 'answer', 'default', 'primary')

/** A button that leaves a form without sending it. */
export const drawBack = (label: string, { mark }: Carried): Press => execute(label, { action: 'back', mark, on: 'form' }, 'form', 'default', 'primary', 'none')

function execute(
  label: string,
  data: object,
  on: Surface,
  style: CardButton['style'],
  mode: 'primary' | 'secondary',
  associatedInputs: 'auto' | 'none' = 'auto',
): Press {
  const drawn = { title: buttonText(label), style: look(style), mode, data, associatedInputs }
  return on === 'dialog' ? { type: 'Action.Submit', ...drawn } : { type: 'Action.Execute', verb: 'duncan', ...drawn }
}

const buttonText = (label: string): string => {
  const text = clean(label).replaceAll(/\s+/g, ' ').trim()
  return text === '' ? '–' : shorten(text, limits.buttonText)
}

const look = (style: CardButton['style']): ActionStyle => (style === 'primary' ? 'positive' : style === 'danger' ? 'destructive' : 'default')
