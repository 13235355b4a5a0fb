import { randomUUID } from 'node:crypto'
import { viewAlert } from '#credit'
import { workflowOf } from '#dunning'
import { sightOf } from '#people'
import type { EntryContent } from '#proposals'
import type { Click, ClickOutcome } from '../click.ts'
import { entryAnswer, refusalOf } from '../commands/entry.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { readRiskForm, riskForm } from '../forms/risk-forms.ts'
import { adviceOf } from './alert-figures.ts'

type Option = 'credit_limit' | 'workflow'
type Of = { alertId: number; debtorId: number }

/** The form of an option of an alert: the limit that the bureau advises, or the workflows of the settings to choose from. */
export async function openOption(deps: CommandDeps, option: Option, of: Of): Promise<ClickOutcome> {
  const { context, workflows } = deps
  const asked = await contentOf(deps, option, of)
  if (!asked) return { kind: 'refused', message: context.words.outcome.gone }
  const { content, debtor } = asked
  const currency = content.kind === 'credit_limit' ? { currency: content.currency } : {}
  const data = { alert: String(of.alertId), debtor: String(of.debtorId), kind: option, form: randomUUID(), ...currency }
  const button = { action: 'alert.propose', label: context.words.credit.propose, data }
  const form = riskForm(content, { debtor, workflows: workflows(), button }, context)
  return form ? { kind: 'form', card: form } : { kind: 'refused', message: context.words.credit.noWorkflows }
}

/** Opens what was chosen on an alert as something to decide, once for one form, and shows it; `redraw` draws the alert's card anew. */
export async function proposeOption(deps: CommandDeps, redraw: (alertId: number) => Promise<unknown>, { staff, data, values }: Click): Promise<ClickOutcome> {
  const { context, proposals, surface } = deps
  const of = { alertId: Number(data.alert), debtorId: Number(data.debtor) }
  const asked = await contentOf(deps, data.kind === 'workflow' ? 'workflow' : 'credit_limit', of)
  if (!asked) return { kind: 'refused', message: context.words.outcome.gone }
  const { content } = asked
  // In the currency that the form asked for, whatever the bureau says by now.
  const given = content.kind === 'credit_limit' && /^[A-Z]{3}$/.test(data.currency ?? '') ? { ...content, currency: data.currency ?? '' } : content
  const read = readRiskForm(given, values, context)
  if ('wrong' in read) return { kind: 'refused', message: context.words.outcome.invalid(read.wrong) }
  const why = { code: 'alert' as const, alertId: of.alertId }
  const opening = { debtorId: of.debtorId, content: read.content, key: `form ${data.form ?? ''}`, why, staffId: staff.id, surface }
  const outcome = await proposals.openEntry(opening)
  if (outcome.kind !== 'entered') return { kind: 'refused', message: refusalOf(outcome, context) }
  await redraw(of.alertId)
  return entryAnswer(deps, outcome.entryId, context.words.credit.proposed)
}

/** What an option says before anybody changes it; undefined when the alert is not about that debtor, or out of sight. */
async function contentOf({ client, clock, staff, context }: CommandDeps, option: Option, { alertId, debtorId }: Of) {
  const view = await viewAlert({ db: client, clock, sight: sightOf(staff), timeZone: context.format.timeZone, only: debtorId }, alertId)
  const [debtor] = view?.debtors ?? []
  if (!view || !debtor) return undefined
  const named = { name: debtor.name, administration: view.administration.code }
  if (option === 'workflow') {
    const before = (await workflowOf(client, debtorId))?.workflow ?? null
    const content: Extract<EntryContent, { kind: 'workflow' }> = { kind: 'workflow', workflow: before ?? '', before }
    return { content, debtor: named }
  }
  const { internal } = view.limits
  const before = internal ? { amount: internal.amount.toString(), currency: internal.currency } : null
  const { currency: own } = await client.administration.findUniqueOrThrow({ where: { id: view.administration.id }, select: { currency: true } })
  const advice = adviceOf(view)
  const content: Extract<EntryContent, { kind: 'credit_limit' }> = {
    kind: 'credit_limit',
    // What the bureau advises nothing for, one would lend nothing to.
    amount: (advice?.amount ?? 0).toString(),
    currency: advice?.currency ?? internal?.currency ?? own,
    before,
  }
  return { content, debtor: named }
}
