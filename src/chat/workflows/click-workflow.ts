import { randomUUID } from 'node:crypto'
import { assignmentKind, suggestWorkflow, workflowOf, workflowTitle } from '#dunning'
import { debtorsInSight, may, sightOf } from '#people'
import { parseQuery, type SuggestedSegment, suggestSegments, whyItFits } from '#search'
import { cardFor } from '../button-rights.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { enterContent, type PostEntry } from '../commands/entry.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { searchingOf } from '../commands/risk.ts'
import { type WorkflowShown, workflowCard } from './workflow-card.ts'

const actions = ['workflow.show', 'workflow.accept'] as const
/** The buttons of a debtor's workflow. */
type WorkflowAction = (typeof actions)[number]

export const isWorkflowAction = (action: string): action is WorkflowAction => actions.some(known => known === action)

/** Answers a button of a debtor's workflow; a suggestion that is accepted is the colleague's own choice, which rules leave as it is. */
export async function clickWorkflow(
  deps: CommandDeps,
  post: PostEntry,
  { action, data }: Click & { action: WorkflowAction },
  debtorId: number,
): Promise<ClickOutcome> {
  if (action === 'workflow.show') return workflowAnswer(deps, debtorId)
  const content = { kind: 'workflow' as const, workflow: (data.workflow ?? '').slice(0, 100), before: null }
  return enterContent(deps, post, { debtorId, formKey: data.form ?? '', content, invoiceNumbers: [] })
}

/** Which workflow a debtor in sight is on, and what the rules and the portfolio suggest. */
async function workflowAnswer(deps: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const { client, staff, context, workflows } = deps
  const debtor = await client.debtor.findFirst({ where: { id: debtorId, ...debtorsInSight(sightOf(staff)) }, include: { administration: true } })
  if (!debtor) return { kind: 'refused', message: context.words.outcome.gone }
  const rules = deps.assignment?.() ?? assignmentKind.schema.parse({})
  const asked = { debtorId, administration: debtor.administration.code, rules, workflows: workflows() }
  const suggested = await suggestWorkflow(client, await searchingOf(deps), asked)
  const segments = may(staff, 'configure') ? await segmentsFor(deps, debtorId) : []
  const shown = { debtor, assigned: await assignedTo(deps, debtorId), suggested, segments, key: randomUUID() }
  return { kind: 'private', card: cardFor(staff, workflowCard(shown, context)) }
}

/** Which workflow a debtor is on, with the colleague who chose it. */
export async function assignedTo({ client, workflows }: Pick<CommandDeps, 'client' | 'workflows'>, debtorId: number): Promise<WorkflowShown['assigned']> {
  const assigned = await workflowOf(client, debtorId)
  if (!assigned) return undefined
  const person = assigned.staffId === null ? null : await client.staff.findUnique({ where: { id: assigned.staffId }, select: { name: true } })
  return { ...assigned, title: workflowTitle(workflows(), assigned) ?? assigned.workflow, by: person?.name }
}

/** Segments that the portfolio suggests and that the debtor would be in. */
async function segmentsFor(deps: CommandDeps, debtorId: number): Promise<{ segment: SuggestedSegment; why: WorkflowShown['segments'][number]['why'] }[]> {
  const context = await searchingOf(deps)
  const suggested = (await suggestSegments(deps.client, context)).flatMap(segment => {
    const parsed = parseQuery(segment.query)
    return parsed.kind === 'parsed' ? [{ segment, query: parsed.query }] : []
  })
  if (suggested.length === 0) return []
  const reasons = await whyItFits(
    deps.client,
    suggested.map(({ query }) => query),
    context,
    debtorId,
  )
  return suggested.flatMap(({ segment }, index) => {
    const why = reasons?.[index]
    return why ? [{ segment, why }] : []
  })
}
