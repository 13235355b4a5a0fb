import { may } from '#people'
import type { StepRow } from '#proposals'
import type { CardButton, CardElement } from '../card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { stepName } from '../cards/step-name.ts'
import type { Click, ClickOutcome } from '../click.ts'
import type { CommandDeps } from './registry.ts'

const mostRows = 15

/** The steps of workflows that want to leave alone, with what they may; what somebody may grant or take back has its button. */
export function stepElements(rows: readonly StepRow[], context: CardContext): CardElement[] {
  const { words } = context
  const { grants: say } = words.dunning
  if (rows.length === 0) return []
  const shown = rows.slice(0, mostRows)
  return [
    { type: 'text', text: say.title, tone: 'neutral', weight: 'strong' },
    {
      type: 'table',
      columns: [
        { title: say.columns.step, align: 'left' },
        { title: say.columns.left, align: 'right' },
        { title: say.columns.wrong, align: 'right' },
        { title: say.columns.now, align: 'left' },
      ],
      rows: shown.map(row => [nameOf(row, context), String(row.alone), String(row.wrong), stateOf(row, context)]),
    },
    ...(rows.length > shown.length
      ? [{ type: 'text', text: words.autonomy.moreEnded(rows.length - shown.length), tone: 'neutral', weight: 'subtle' } as const]
      : []),
    ...shown.flatMap(row => pickOf(row, context)),
    { type: 'text', text: say.method, tone: 'neutral', weight: 'subtle' },
  ]
}

const nameOf = ({ step, stepTitle, title }: StepRow, { words }: CardContext): string => `${stepName({ name: step, title: stepTitle }, words)} · ${title}`

function stateOf({ level, since, grantedBy, asks, ended }: StepRow, { words, format }: CardContext): string {
  const { autonomy, dunning } = words
  if (level !== 'ask' && since) return autonomy.since(autonomy.level[level], format.dayOf(since), grantedBy?.name ?? dunning.grants.bySettings)
  const last =
    ended &&
    {
      bad_case: autonomy.endedBad(format.dayOf(ended.at)),
      revoked: autonomy.endedBy(format.dayOf(ended.at), ended.by?.name ?? '–'),
      restored: autonomy.endedRestored(format.dayOf(ended.at)),
      settings: dunning.grants.endedSettings,
    }[ended.why]
  return [asks === 'ceiling' ? autonomy.asks.ceiling : dunning.grants.notGiven, last].filter(Boolean).join(', ')
}

function pickOf(row: StepRow, context: CardContext): CardElement[] {
  const { autonomy: say, dunning } = context.words
  if (row.since === null && row.asks !== 'to_grant') return []
  const [action, label, text] = row.since ? ['step.revoke', say.revoke, say.revokeText] : ['step.grant', say.grant, dunning.grants.method]
  const data = { workflow: row.workflow, step: row.step }
  const confirm = { title: nameOf(row, context), text, yes: label }
  return [{ type: 'pick', text: nameOf(row, context), verb: label, button: { action, label, style: 'default', data, confirm } }]
}

/** Grants a step what the settings want it to do, or takes it back, for who may. */
export async function stepGrantClick({ proposals, context }: CommandDeps, { action, data, staff }: Click): Promise<ClickOutcome> {
  const { words } = context
  const { workflow = '', step = '' } = data
  const row = (await proposals.steps()).find(each => each.workflow === workflow && each.step === step)
  const name = row ? nameOf(row, context) : stepName({ name: step }, words)
  const outcome = await proposals.decideStepGrant({ staffId: staff.id, workflow, step, give: action === 'step.grant' })
  switch (outcome.kind) {
    case 'granted':
      return { kind: 'done', message: words.dunning.grants.granted(name) }
    case 'revoked':
      return { kind: 'done', message: words.dunning.grants.revoked(name) }
    case 'not_allowed':
      return { kind: 'refused', message: words.outcome.notAllowed }
    case 'refused':
      return { kind: 'refused', message: words.autonomy.refused[outcome.why] }
    default:
      return outcome satisfies never
  }
}

/** The button that stops everything that is done alone, or lets it go on. */
export function switchButton(isOn: boolean, { words }: CardContext): CardButton {
  const { switch: say } = words.dunning
  const [action, label, text] = isOn ? ['autonomy.stop', say.stop, say.stopText] : ['autonomy.start', say.start, say.startText]
  return { action, label, style: isOn ? 'danger' : 'primary', data: {}, confirm: { title: label, text, yes: label } }
}

/** Stops everything that Duncan does alone, or lets it go on, by a new version of the settings, for who may grant autonomy. */
export async function switchAnswer({ switchAutonomy, staff, context: { words } }: CommandDeps, on: boolean): Promise<ClickOutcome> {
  const { switch: say } = words.dunning
  if (!may(staff, 'set_autonomy')) return { kind: 'refused', message: words.outcome.notAllowed }
  if (!switchAutonomy) return { kind: 'refused', message: words.outcome.gone }
  const outcome = await switchAutonomy(on, `staff:${staff.id}`)
  if (outcome.kind === 'applied' || outcome.kind === 'unchanged') return { kind: 'done', message: on ? say.started : say.stopped }
  return { kind: 'refused', message: words.outcome.gone }
}
