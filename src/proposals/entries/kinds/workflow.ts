import { z } from 'zod'
import { assignWorkflow, takeAssignmentBack, workflowOf, workflowsFor, workflowTitle } from '#dunning'
import { fromInstant } from '#platform'
import type { EntryRules } from './kind.ts'

/**
 * `workflow`: its key in the settings. `before`: which one the debtor was on when this was opened; null: none. Their titles are looked up when
 * it is opened.
 */
const schema = z.object({
  kind: z.literal('workflow'),
  workflow: z.string().min(1),
  title: z.string().optional(),
  before: z.string().nullable().default(null),
  beforeTitle: z.string().optional(),
})
const resultSchema = z.object({ assignmentId: z.int() })

/** Which dunning workflow the debtor is on. */
export const workflow = {
  schema,
  right: 'decide_risk',
  actionKinds: ['switch_workflow'],
  isOnly: true,
  prepare: async ({ tx, debtor, rules }, content) => {
    const known = workflowsFor(rules.workflows, debtor.administration.code)
    const wanted = known.find(({ key }) => key === content.workflow)
    if (!wanted) return { code: 'unknown_workflow', workflow: content.workflow, known: known.map(({ key }) => key) }
    const assigned = await workflowOf(tx, debtor.id)
    if (assigned?.workflow === wanted.key) return { code: 'nothing_changes' }
    const beforeTitle = workflowTitle(rules.workflows, assigned)
    return {
      kind: content.kind,
      workflow: wanted.key,
      title: wanted.title,
      before: assigned?.workflow ?? null,
      ...(beforeTitle !== undefined && { beforeTitle }),
    }
  },
  carryOut: async ({ tx, debtor, now }, content, { entryId, staffId }) => {
    const assignment = { debtorId: debtor.id, workflow: content.workflow, reason: `entry:${entryId}`, staffId, at: fromInstant(now) }
    return { assignmentId: await assignWorkflow(tx, assignment) }
  },
  takeBack: ({ tx, now }, result) => takeAssignmentBack(tx, resultSchema.parse(result).assignmentId, fromInstant(now)),
} satisfies EntryRules<z.infer<typeof schema>>
