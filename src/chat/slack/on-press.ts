import type { BlockAction, webApi } from '@slack/bolt'
import type { KnownBlock, ModalView } from '@slack/types'
import { z } from 'zod'
import type { Staff } from '#people'
import type { Log } from '#platform'
import { decides, opensForm } from '../button-rights.ts'
import type { ClickOutcome } from '../click.ts'
import type { Desk, MessageOn } from '../platforms/desk.ts'
import { wordsOf } from '../words/index.ts'
import type { Answers, Asker } from './answer.ts'
import { isSlackError } from './delivery-problem.ts'
import { isOnAnswer, type Pressed, pressPrefix, readPressed } from './draw-button.ts'
import { readValues } from './draw-field.ts'
import { drawFor, tellOutcome, viewOf } from './outcome.ts'
import { markOf } from './platform.ts'
import { shareAction } from './render-card.ts'
import { loadingView, type Origin, viewWithNotice } from './render-view.ts'
import { contextUnits } from './unit.ts'

export type PressDeps = {
  client: webApi.WebClient
  desk: Desk
  answers: Answers
  log: Log
  publicUrl: string
  /** Of cards that everybody sees. */
  language: string
  publishHome: (staff: Staff, user: string) => Promise<void>
}

const asked = z.union([z.object({ text: z.string() }), z.object({ action: z.string(), data: z.record(z.string(), z.string()) })])

/** Whether a click decides something: it is worked on in its turn. Whatever opens a form is not kept waiting, since Slack does not wait. */
export const isDecision = ({ actions: [action] }: BlockAction): boolean => {
  const pressed = action && readPressed(valueOf(action))
  return pressed !== undefined && decides(pressed.action)
}

const valueOf = (action: BlockAction['actions'][number]): string | undefined =>
  ('selected_option' in action ? action.selected_option?.value : 'value' in action ? action.value : undefined) ?? undefined

/** Carries a pressed button to the desk and shows the one who pressed it what came of it. The click has been acknowledged. */
export async function onPress(deps: PressDeps, staff: Staff, body: BlockAction): Promise<void> {
  const [action] = body.actions
  if (!action?.action_id.startsWith(pressPrefix)) return // ticks and choices count when a button is pressed
  const value = valueOf(action)
  if (action.action_id === `${pressPrefix}answer.${shareAction}`) return share(deps, staff, body, value)
  const pressed = readPressed(value)
  if (!pressed) return deps.answers.tell(askerOf(body), wordsOf(staff.language).outcome.gone)
  if (body.view) return pressInView(deps, staff, body, body.view, pressed)
  return pressOnMessage(deps, staff, body, pressed, isOnAnswer(action.action_id))
}

async function pressOnMessage(deps: PressDeps, staff: Staff, body: BlockAction, pressed: Pressed, isAnswer: boolean): Promise<void> {
  const { desk, answers, publicUrl } = deps
  const asker: Asker = isAnswer ? { ...askerOf(body), replaces: { ts: messageTs(body) } } : askerOf(body)
  const message: MessageOn = { platform: 'slack', conversation: asker.channel, externalId: messageTs(body) }
  const mark = body.message && markOf({ metadata: body.message.metadata })
  if (mark !== undefined) await desk.adopt(message, mark)
  // Slack opens no form later than three seconds after the click: it is opened before it is made.
  const opensFirst = opensForm(pressed.action)
  const opened = opensFirst ? await openView(deps, staff, body.trigger_id, asker) : undefined
  if (opensFirst && opened === undefined) return
  const swapped = !isAnswer && !asker.channel.startsWith('D') && decides(pressed.action) && (await showWorking(deps, body))
  const outcome = await desk.click({ staff, surface: 'slack', ...pressed, values: readValues(body.state?.values) })
  if (swapped) await desk.drawAnew(message)
  if (opened !== undefined) return updateView(deps, staff, opened, outcome)
  if (outcome.kind === 'form') return openWith(deps, staff, body.trigger_id, asker, outcome)
  // The card says what was done: whoever did it needs no notice of it.
  if (outcome.kind === 'done' && swapped) return
  await tellOutcome(answers, staff, asker, outcome, pressed, publicUrl)
}

/** A button in a modal, or on a person's own page: what comes of it is shown there. */
async function pressInView(deps: PressDeps, staff: Staff, body: BlockAction, view: NonNullable<BlockAction['view']>, pressed: Pressed): Promise<void> {
  const { desk } = deps
  const click = { staff, surface: 'slack', ...pressed, values: readValues(view.state.values) }
  if (view.type === 'modal') {
    const outcome = await desk.click(click)
    if (outcome.kind !== 'refused') return updateView(deps, staff, view.id, outcome)
    await deps.client.views.update({ view_id: view.id, view: viewWithNotice(view as ModalView, outcome.message) })
    return
  }
  const opensFirst = !decides(pressed.action)
  const opened = opensFirst ? await openView(deps, staff, body.trigger_id, askerOf(body)) : undefined
  if (opensFirst && opened === undefined) return
  const outcome = await desk.click(click)
  if (opened !== undefined) await updateView(deps, staff, opened, outcome, 'home')
  else if (outcome.kind !== 'done') await openWith(deps, staff, body.trigger_id, askerOf(body), outcome, 'home')
  await deps.publishHome(staff, body.user.id)
}

async function share({ desk, answers }: PressDeps, staff: Staff, body: BlockAction, value: string | undefined): Promise<void> {
  const asker = askerOf(body)
  const parsed = asked.safeParse(JSON.parse(value ?? 'null'))
  if (!parsed.success) return answers.tell(asker, wordsOf(staff.language).outcome.gone)
  const outcome = await desk.share(staff, { platform: 'slack', conversation: asker.channel }, parsed.data)
  const message = outcome.kind === 'done' || outcome.kind === 'refused' ? outcome.message : undefined
  const shown = { ...asker, ...(outcome.kind === 'done' && { replaces: { ts: messageTs(body) } }) }
  await answers.tell(shown, message ?? wordsOf(staff.language).outcome.done)
}

/** Takes the buttons away for as long as it takes. Whatever comes of it, the card is drawn anew afterwards; undone is nothing here. */
async function showWorking({ client, log, language }: PressDeps, body: BlockAction): Promise<boolean> {
  const blocks = body.message?.blocks as KnownBlock[] | undefined
  if (!blocks || !body.message || !body.channel) return false
  const working = contextUnits([`⏳ ${wordsOf(language).platforms.working}`]).map(({ block }) => block)
  const left = blocks.filter(({ type, block_id }) => !(type === 'actions' && block_id?.startsWith('buttons.')))
  try {
    await client.chat.update({ channel: body.channel.id, ts: body.message.ts, blocks: [...left, ...working], text: body.message.text ?? '' })
    return true
  } catch (error) {
    log.warn({ err: error }, 'a card could not say that it is being worked on')
    // It may have been drawn although no answer came.
    return true
  }
}

/** Opens a modal that is filled in a moment. A click that is too old to open one is told so. */
async function openView({ client, answers }: PressDeps, staff: Staff, trigger: string, asker: Asker): Promise<string | undefined> {
  const { words } = drawFor(staff.language, '')
  try {
    const { view } = await client.views.open({ trigger_id: trigger, view: loadingView(words) })
    return view?.id
  } catch (error) {
    if (!isSlackError(error, 'expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id')) throw error
    if (asker.channel !== '') await answers.tell({ ...asker, replaces: undefined }, words.tooLateToOpen)
    return undefined
  }
}

async function openWith(deps: PressDeps, staff: Staff, trigger: string, asker: Asker, outcome: ClickOutcome, origin?: Origin): Promise<void> {
  const opened = await openView(deps, staff, trigger, asker)
  if (opened !== undefined) await updateView(deps, staff, opened, outcome, origin)
}

async function updateView({ client, publicUrl }: PressDeps, staff: Staff, view: string, outcome: ClickOutcome, origin: Origin = 'message'): Promise<void> {
  const words = wordsOf(staff.language)
  await client.views.update({ view_id: view, view: viewOf(outcome, origin, drawFor(staff.language, publicUrl), words.outcome.done) })
}

const messageTs = ({ container, message }: BlockAction): string => message?.ts ?? String(container.message_ts ?? '')

/** Who pressed, and where they are answered: in the thread only if the card stands in one. Whoever presses on a card in the channel looks there. */
function askerOf({ user, channel, container, message, response_url }: BlockAction): Asker {
  const root = (message?.thread_ts ?? container.thread_ts) as string | undefined
  const thread = root === (message?.ts ?? container.message_ts) ? undefined : root
  return { user: user.id, channel: channel?.id ?? String(container.channel_id ?? ''), thread, responseUrl: response_url }
}
