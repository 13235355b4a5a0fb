export * from './assignment.ts'
export * from './holds.ts'
export { type Workflows, workflowsKind } from './workflows-kind.ts'
