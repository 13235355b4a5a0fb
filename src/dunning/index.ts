export { assignDebtors } from './assign/assign-debtors.ts'
export { type AssignmentRules, assignmentKind } from './assign/assignment-kind.ts'
export { type SuggestedWorkflow, suggestWorkflow } from './assign/suggest-workflow.ts'
export * from './assignment.ts'
export { changesToFollow, noteChange, noteGroupChange, noteImport } from './changes.ts'
export { type DunningRules, dunningKind } from './dunning-kind.ts'
export { type Experiments, experimentsKind } from './experiments/experiments-kind.ts'
export { followExperiments } from './experiments/follow-experiments.ts'
export { type ExperimentResult, readExperiments } from './experiments/read-experiments.ts'
export { followActions } from './follow-actions.ts'
export * from './holds.ts'
export { lateChargesOf } from './law/charges-of.ts'
export { type ConsumerFault, consumerFaults } from './law/consumer-faults.ts'
export type { MissingField, TextSays } from './law/consumer-notice.ts'
export { type LateCharges, type UntoldCharge, untoldSchema, type WorkingLine } from './law/late-charges.ts'
export { type LateChargeRules, lateChargesKind } from './law/late-charges-kind.ts'
export { missingRates } from './law/missing-rates.ts'
export { type DayPlan, type PlanDeps, planDay, replanDebtors } from './plan/plan-day.ts'
export { previewWorkflows, type WorkflowPreview } from './plan/preview-workflows.ts'
export {
  type ActionOutcome,
  actionOutcomes,
  type ChannelResult,
  type ResultScope,
  readChannelResults,
  type StepResult,
  type Window,
  windows,
} from './results/channel-results.ts'
export { type LinkResult, readLinkResults } from './results/link-results.ts'
export { type PromiseResult, readPromiseResults } from './results/promise-results.ts'
export { stepsOfInvoice, workflowVersions } from './results/steps-of-invoice.ts'
export { reviewActions } from './review-actions.ts'
export { type ActionEnd, settleAction } from './settle-action.ts'
export * from './step-grants.ts'
export { takeBackAction } from './take-back-action.ts'
export { type ActionItem, dunningActionOf, openEntriesOf, type WrittenAction } from './view-action.ts'
export { type DunningPlace, dunningPlaceOf, type ItemsPlace, type PastStep } from './view-place.ts'
export { type Workflow, type WorkflowStep, type Workflows, workflowsKind } from './workflows-kind.ts'
