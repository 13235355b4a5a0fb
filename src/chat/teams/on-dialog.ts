import type { IAdaptiveCard } from '@microsoft/teams.cards'
import { z } from 'zod'
import type { Staff } from '#people'
import type { Card } from '../card.ts'
import type { ClickOutcome } from '../click.ts'
import { wordsOf } from '../words/index.ts'
import { formAgain } from './form-again.ts'
import { asCommand, drawFor, type MessageDeps } from './on-message.ts'
import { type Pressed, readPress } from './press.ts'
import { type Extras, renderMessage } from './render-card.ts'

// Windows of their own: a form that a card opens, and what the menu of any message offers. Whoever opened one alone sees it.

const contentType = 'application/vnd.microsoft.card.adaptive'

type DialogAnswer = { task: { type: 'message'; value: string } | { type: 'continue'; value: { title: string; height: string; width: string; card: object } } }

const longestText = 500

const sent = z.object({
  commandId: z.string().optional(),
  messagePayload: z
    .object({
      id: z.string().optional(),
      body: z.object({ content: z.string().nullish() }).optional(),
    })
    .optional(),
})

/** What a window that opens shows: a card's form, or what a message of somebody's in this conversation says to Duncan. */
export async function onDialogOpen(deps: MessageDeps, staff: Staff, conversation: string, value: unknown): Promise<DialogAnswer> {
  const pressed = z.object({ data: z.unknown() }).safeParse(value)
  const press = readPress(pressed.success ? pressed.data.data : undefined)?.press
  if (press) return pressIn(deps, staff, press)
  const { commandId, messagePayload } = sent.catch({}).parse(value)
  const text = plainText(messagePayload?.body?.content ?? '')
  if (commandId === 'sendToDuncan') return dialogOf(deps, staff, await deps.desk.command({ staff, surface: 'teams', text: asCommand(text) }))
  if (commandId !== 'linkToDebtor') return say(wordsOf(staff.language).platforms.nothingHere)
  // What stands there as Duncan knows it: anybody may post a message that looks like a card.
  const card = await deps.desk.cardOn(staff, { platform: 'teams', conversation, externalId: messagePayload?.id ?? '' })
  const link = card && [...card.buttons, ...card.more].find(({ action }) => action === 'proposal.link')
  if (link) return pressIn(deps, staff, link)
  const query = text.split('\n')[0]?.slice(0, 80) ?? ''
  return dialogOf(deps, staff, await deps.desk.command({ staff, surface: 'teams', text: `/debtor ${query}` }))
}

/** What comes of a window that was sent. A form that was refused stays open, with what was typed and the reason. */
export async function onDialogSubmit(deps: MessageDeps, staff: Staff, value: unknown): Promise<DialogAnswer> {
  const parsed = z.object({ data: z.unknown() }).safeParse(value)
  const read = readPress(parsed.success ? parsed.data.data : undefined)
  if (!read?.press) return say(wordsOf(staff.language).outcome.gone)
  const outcome = await deps.desk.click({ staff, surface: 'teams', ...read.press, values: read.values })
  const form = outcome.kind === 'refused' ? await formAgain(deps.desk, staff, read) : undefined
  if (outcome.kind !== 'refused' || !form) return dialogOf(deps, staff, outcome, read.press)
  return windowOf(deps, staff, form, read.opened, { notice: outcome.message })
}

async function pressIn(deps: MessageDeps, staff: Staff, press: Pressed): Promise<DialogAnswer> {
  return dialogOf(deps, staff, await deps.desk.click({ staff, surface: 'teams', ...press, values: {} }), press)
}

/** `pressed`: what the outcome is of; a form opened by it is opened by it again. */
function dialogOf(deps: MessageDeps, staff: Staff, outcome: ClickOutcome, pressed?: Pressed): DialogAnswer {
  if (outcome.kind === 'done') return say(outcome.message ?? wordsOf(staff.language).outcome.done)
  if (outcome.kind === 'refused') return say(outcome.message)
  return windowOf(deps, staff, outcome.card, outcome.kind === 'form' ? pressed : undefined)
}

function windowOf({ publicUrl }: MessageDeps, staff: Staff, card: Card, opened: Pressed | undefined, extras?: Extras): DialogAnswer {
  const { card: content } = renderMessage(card, { on: 'dialog', opened }, drawFor(staff.language, publicUrl), extras)
  return { task: { type: 'continue', value: { title: 'Duncan', height: 'large', width: 'medium', card: { contentType, content } } } }
}

const say = (text: string): DialogAnswer => ({ task: { type: 'message', value: text } })

const queried = z.object({ parameters: z.array(z.object({ value: z.string() })) })
const mostResults = 20

/** Debtors for the box in which somebody writes. What they choose is for others to read: it is a name and the way to the console, no more. */
export async function onQuery({ desk, publicUrl }: MessageDeps, staff: Staff, value: unknown): Promise<object> {
  const query = queried.catch({ parameters: [] }).parse(value).parameters[0]?.value.trim().slice(0, 80) ?? ''
  const outcome = query === '' ? undefined : await desk.command({ staff, surface: 'teams', text: `/debtor ${query}` })
  const found = outcome?.kind === 'private' ? debtorsOn(outcome.card) : []
  const attachments = found.slice(0, mostResults).map(({ name, debtor }) => ({
    contentType,
    content: linkCard(name, `${publicUrl}/debtors/${debtor}`),
    preview: { contentType: 'application/vnd.microsoft.card.thumbnail', content: { title: name } },
  }))
  return { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } }
}

function debtorsOn({ title, elements }: Card): { name: string; debtor: string }[] {
  const picks = elements.flatMap(element =>
    element.type === 'pick' && element.button.data.debtor !== undefined ? [{ name: element.text, debtor: element.button.data.debtor }] : [],
  )
  const page = elements.find(element => element.type === 'page')
  return picks.length > 0 ? picks : page ? [{ name: title, debtor: String(page.debtorId) }] : []
}

const linkCard = (name: string, url: string): IAdaptiveCard => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: name, weight: 'Bolder' }] }],
  actions: [{ type: 'Action.OpenUrl', title: 'Duncan', url }],
})

const plainText = (html: string): string =>
  html
    .replaceAll(/<(br|\/p|\/div)[^<>]{0,100}>/gi, '\n')
    .replaceAll(/<[^<>]{0,500}>/g, '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim()
    .slice(0, longestText)
