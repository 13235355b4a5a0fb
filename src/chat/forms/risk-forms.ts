import { type Workflows, workflowsFor } from '#dunning'
import { Prisma } from '#platform'
import type { EntryContent, EntryView } from '#proposals'
import { type Card, type CardField, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { summaryOf } from '../cards/entry-text.ts'
import { masterDataForm, readTicks } from '../cards/party-entries.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { followUpForm, readFollowUp } from './follow-up-form.ts'
import { parseAmount } from './parse-amount.ts'

type RiskContent = Extract<EntryContent, { kind: 'credit_limit' | 'workflow' }>

/** The form that changes what an entry says before it is approved; undefined for a kind that has nothing to change. */
export function editEntryForm(view: EntryView, workflows: Workflows, context: CardContext): Card | undefined {
  const { content, debtor } = view
  const button = { action: 'entry.approve_edited', label: context.words.button.sendEdited, data: { entry: String(view.id), version: String(view.version) } }
  if (content.kind === 'master_data') return masterDataForm({ content, debtor }, button, context)
  if (content.kind === 'follow_up') return followUpForm(content, debtor, button, context)
  if (content.kind !== 'credit_limit' && content.kind !== 'workflow') return undefined
  return riskForm(content, { debtor, workflows, button }, context)
}

type Asked = {
  debtor: { name: string; administration: string }
  workflows: Workflows
  button: { action: string; label: string; data: Record<string, string> }
  /** What stands now, where nothing is proposed yet. */
  stands?: string
}

/** Asks for a limit or a workflow of a debtor, filled in with what the content says; undefined where the settings have no workflow to choose. */
export function riskForm(content: RiskContent, { debtor, workflows, button, stands }: Asked, context: CardContext): Card | undefined {
  const { entries: say, form } = context.words
  const fields: CardField[] = []
  if (content.kind === 'credit_limit') {
    fields.push({ type: 'text', id: 'amount', label: form.amount(content.currency), value: typedAmount(content.amount), multiline: false, required: true })
  } else {
    const options = workflowsFor(workflows, debtor.administration).map(({ key, title }) => ({ value: key, label: oneLine(title, 70) }))
    if (options.length === 0) return undefined
    fields.push({ type: 'choice', id: 'workflow', label: say.kind.workflow, value: content.workflow, options })
  }
  const title = `${say.kind[content.kind]} · ${oneLine(debtor.name, 80)}`
  return cardSchema.parse({
    title,
    subtitle: stands ?? summaryOf(content, context),
    elements: fields.map(field => ({ type: 'field', field })),
    buttons: [{ ...button, style: 'primary' }],
    fallback: title,
  })
}

/** The content as it was filled in, or the label of the field that is wrong. Amounts are read in the reader's language. */
export function readRiskForm(
  content: EntryContent,
  values: Record<string, string>,
  { words, format }: CardContext,
): { content: EntryContent } | { wrong: string } {
  if (content.kind === 'master_data') {
    const ticked = readTicks(content, values)
    return ticked ? { content: ticked } : { wrong: words.entries.kind.master_data }
  }
  if (content.kind === 'follow_up') {
    const written = readFollowUp(content, values)
    return written ? { content: written } : { wrong: words.form.replyText }
  }
  if (content.kind === 'workflow') return { content: { ...content, workflow: (values.workflow ?? '').trim().slice(0, 100) } }
  const label = words.form.amount('').replace(' ()', '')
  const amount = parseAmount((values.amount ?? '').trim(), format.groupSeparator)
  const isAmount = amount !== undefined && /^\d{1,15}(\.\d{1,3})?$/.test(amount)
  return content.kind === 'credit_limit' && isAmount ? { content: { ...content, amount } } : { wrong: label }
}

/** As `readRiskForm` reads it back in any language. */
const typedAmount = (amount: string): string => new Prisma.Decimal(amount).toFixed(2).replace(/\.00$/, '')
