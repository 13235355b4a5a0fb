import { randomUUID } from 'node:crypto'
import { workflowOf, workflowTitle } from '#dunning'
import { limitsOf } from '#ledger'
import { debtorsInSight, sightOf } from '#people'
import type { EntryContent } from '#proposals'
import type { Click, ClickOutcome } from '../click.ts'
import { readRiskForm, riskForm } from '../forms/risk-forms.ts'
import { oneDebtor } from './debtor.ts'
import { enterContent, type PostEntry } from './entry.ts'
import type { CommandDeps } from './registry.ts'

type RiskKind = 'credit_limit' | 'workflow'

/** `/duncan limit`, `workflow`: the form for the one debtor that is meant, or all debtors that could be. */
export const riskEntryCommand =
  (kind: RiskKind) =>
  (deps: CommandDeps, query: string): Promise<ClickOutcome> =>
    oneDebtor(deps, query, `entry.${kind}`, (own, debtorId) => openRiskEntry(own, kind, debtorId))

/** The form for our own limit or the workflow of a debtor in sight. */
export async function openRiskEntry(deps: CommandDeps, kind: RiskKind, debtorId: number): Promise<ClickOutcome> {
  const { client, staff, context, workflows } = deps
  const { entries: say, credit, button: label, outcome } = context.words
  const debtor = await client.debtor.findFirst({ where: { id: debtorId, ...debtorsInSight(sightOf(staff)) }, include: { administration: true } })
  if (!debtor) return { kind: 'refused', message: outcome.gone }
  const internal = (await limitsOf(client, [debtor.id])).get(debtor.id)?.internal
  const assigned = await workflowOf(client, debtor.id)
  const currency = internal?.currency ?? debtor.administration.currency
  const content: EntryContent & { kind: RiskKind } =
    kind === 'credit_limit'
      ? { kind, amount: internal?.amount.toString() ?? '0', currency, before: null }
      : { kind, workflow: assigned?.workflow ?? '', before: null }
  const stands =
    kind === 'credit_limit'
      ? internal
        ? context.format.money(internal.amount, internal.currency)
        : say.noLimit
      : (workflowTitle(workflows(), assigned) ?? say.noWorkflow)
  const data = { debtor: String(debtor.id), kind, form: randomUUID(), currency }
  const asked = { debtor: { name: debtor.name, administration: debtor.administration.code }, workflows: workflows(), stands }
  const form = riskForm(content, { ...asked, button: { action: 'entry.save_risk', label: label.save, data } }, context)
  return form ? { kind: 'form', card: form } : { kind: 'refused', message: credit.noWorkflows }
}

/** Takes the limit or the workflow that somebody filled in, and shows what came of it. */
export async function saveRiskEntry(deps: CommandDeps, post: PostEntry, { data, values }: Click): Promise<ClickOutcome> {
  const { words } = deps.context
  const currency = /^[A-Z]{3}$/.test(data.currency ?? '') ? (data.currency ?? '') : 'EUR'
  const blank: EntryContent =
    data.kind === 'workflow' ? { kind: 'workflow', workflow: '', before: null } : { kind: 'credit_limit', amount: '0', currency, before: null }
  const read = readRiskForm(blank, values, deps.context)
  if ('wrong' in read) return { kind: 'refused', message: words.outcome.invalid(read.wrong) }
  return enterContent(deps, post, { debtorId: Number(data.debtor), formKey: data.form ?? '', content: read.content, invoiceNumbers: [] })
}
