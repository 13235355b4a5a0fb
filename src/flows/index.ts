export * from './config.ts'
export * from './inbound-mail.ts'
export * from './read-inbound.ts'
export * from './run-flows.ts'
