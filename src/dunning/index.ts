export * from './holds.ts'
export { workflowsKind } from './workflows-kind.ts'
