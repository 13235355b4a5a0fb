import { z } from 'zod'
import { assignWorkflow, takeAssignmentBack, workflowOf, workflowsFor } from '#dunning'
import { fromInstant } from '#platform'
import type { EntryRules } from './kind.ts'

/** `workflow`: its key in the settings. `before`: which one the debtor was on when this was opened; null: none. */
const schema = z.object({ kind: z.literal('workflow'), workflow: z.string().min(1), before: z.string().nullable().default(null) })
const resultSchema = z.object({ assignmentId: z.int() })

/** Which dunning workflow the debtor is on. */
export const workflow = {
  schema,
  right: 'decide_risk',
  actionKinds: ['switch_workflow'],
  isOnly: true,
  prepare: async ({ tx, debtor, rules }, content) => {
    const known = workflowsFor(rules.workflows, debtor.administration.code).map(({ key }) => key)
    if (!known.includes(content.workflow)) return { code: 'unknown_workflow', workflow: content.workflow, known }
    const before = (await workflowOf(tx, debtor.id))?.workflow ?? null
    return before === content.workflow ? { code: 'nothing_changes' } : { ...content, before }
  },
  carryOut: async ({ tx, debtor, now }, content, { entryId, staffId }) => {
    const assignment = { debtorId: debtor.id, workflow: content.workflow, reason: `entry:${entryId}`, staffId, at: fromInstant(now) }
    return { assignmentId: await assignWorkflow(tx, assignment) }
  },
  takeBack: ({ tx, now }, result) => takeAssignmentBack(tx, resultSchema.parse(result).assignmentId, fromInstant(now)),
} satisfies EntryRules<z.infer<typeof schema>>
