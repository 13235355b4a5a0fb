export * from './config.ts'
export * from './inbound-mail.ts'
export * from './read-inbound.ts'
export { type FlowDeps, flowJobs, runFlows } from './run-flows.ts'
