import { setTimeout as sleep } from 'node:timers/promises'
import type { ViewResponseAction, ViewSubmitAction, webApi } from '@slack/bolt'
import type { ModalView } from '@slack/types'
import { z } from 'zod'
import type { Staff } from '#people'
import type { Log } from '#platform'
import type { ClickOutcome } from '../click.ts'
import type { Desk } from '../platforms/desk.ts'
import { wordsOf } from '../words/index.ts'
import { readValues } from './draw-field.ts'
import { drawFor, viewOf } from './outcome.ts'
import { messageView, renderForm, viewWithNotice } from './render-view.ts'

export type FormDeps = {
  client: webApi.WebClient
  desk: Pick<Desk, 'click'>
  log: Log
  publicUrl: string
  publishHome: (staff: Staff, user: string) => Promise<void>
}

/** Slack wants an answer to a form within three seconds; what takes longer is told when it is done. */
const patienceMs = 2000

const carried = z.object({
  submit: z.object({ action: z.string(), data: z.record(z.string(), z.string()) }).nullable(),
  origin: z.enum(['home', 'message']),
})

type Ack = (response?: ViewResponseAction) => Promise<void>

/** Carries a form that was sent to the desk. A refusal leaves it open, with what was typed and the reason. */
export async function onForm({ client, desk, log, publicUrl, publishHome }: FormDeps, staff: Staff, { view, user }: ViewSubmitAction, ack: Ack): Promise<void> {
  const { platforms: words, outcome: told } = wordsOf(staff.language)
  const { submit, origin } = readCarried(view.private_metadata)
  if (!submit) return ack()
  const click = desk.click({ staff, surface: 'slack', ...submit, values: readValues(view.state.values) })
  const late = sleep(patienceMs, 'late' as const, { ref: false })
  const outcome = await Promise.race([click, late])
  if (outcome !== 'late') {
    await ack(answerTo(outcome, view as ModalView))
  } else {
    await ack({ response_action: 'update', view: messageView(view.title.text, words.working, words) })
    const view_id = view.id
    const done = await click.catch((error: unknown): ClickOutcome => {
      log.error({ err: error }, 'a form from Slack failed')
      return { kind: 'refused', message: words.failed }
    })
    await client.views.update({ view_id, view: viewOf(done, origin, drawFor(staff.language, publicUrl), told.done) })
  }
  if (origin === 'home') await publishHome(staff, user.id)

  function answerTo(answer: ClickOutcome, shown: ModalView): ViewResponseAction | undefined {
    if (answer.kind === 'done') return undefined
    if (answer.kind !== 'refused') return { response_action: 'update', view: renderForm(answer.card, origin, drawFor(staff.language, publicUrl)) }
    const field = shown.blocks.find(({ type }) => type === 'input')?.block_id
    if (field !== undefined) return { response_action: 'errors', errors: { [field]: answer.message } }
    return { response_action: 'update', view: viewWithNotice(shown, answer.message) }
  }
}

function readCarried(text: string): z.infer<typeof carried> {
  try {
    return carried.parse(JSON.parse(text))
  } catch {
    return { submit: null, origin: 'message' }
  }
}
