import type { Db } from '#platform'
import { parseQuery, type Reason, readSegments, type SearchContext, whyItFits, withSegments } from '#search'
import type { Workflows } from '../workflows-kind.ts'
import type { AssignmentRules } from './assignment-kind.ts'

/** What the rules of assignment say of a debtor. `rule`: its id; null: no rule fits, and the default counts. `why`: the conditions that hold, with its own values. */
export type SuggestedWorkflow = { rule: string | null; workflow: string; title: string; why: Reason[] }

type Asked = { debtorId: number; administration: string; rules: AssignmentRules; workflows: Workflows }

/** The workflow that the rules of the settings would put a debtor on, as it stands now; undefined where none names one for its administration. */
export async function suggestWorkflow(
  db: Db,
  context: SearchContext,
  { debtorId, administration, rules, workflows }: Asked,
): Promise<SuggestedWorkflow | undefined> {
  const asked = rules.rules.flatMap(({ id, when, workflow = rules.default.workflow }) => {
    const parsed = parseQuery(when)
    return parsed.kind === 'parsed' ? [{ id, query: parsed.query, workflow }] : []
  })
  const segments = await readSegments(db)
  const reasons = await whyItFits(
    db,
    asked.map(({ query }) => query),
    withSegments({ ...context, only: debtorId }, segments),
    debtorId,
  )
  if (!reasons) return undefined
  const index = reasons.findIndex(why => why !== null)
  const rule = asked[index]
  const workflow = rule ? rule.workflow : rules.default.workflow
  const known = workflow === undefined ? undefined : workflows[workflow]
  if (workflow === undefined || !known || (known.administrations.length > 0 && !known.administrations.includes(administration))) return undefined
  return { rule: rule?.id ?? null, workflow, title: known.title, why: reasons[index] ?? [] }
}
