import type { Db } from '#platform'
import type { WorkflowStep } from '../workflows-kind.ts'
import { experimentSchema, type Variant } from './experiments-kind.ts'

/** The step of an action as its experiment has it; as the workflow says where it is part of none. */
export async function varyStep(db: Db, actionId: number, step: WorkflowStep): Promise<WorkflowStep> {
  const part = await db.experimentAction.findUnique({ where: { actionId } })
  const known = part && (await db.experiment.findUnique({ where: { key: part.experiment } }))
  if (!known) return step
  const { variants } = experimentSchema.parse(known.plan)
  return { ...step, ...saidBy(part.variant === 'b' ? variants.b : variants.a) }
}

/** What a variant says, without what it leaves to the workflow. */
const saidBy = (variant: Variant) => Object.fromEntries(Object.entries(variant).filter(([, value]) => value !== undefined)) as Partial<WorkflowStep>
