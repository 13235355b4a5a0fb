export * from './draft-reply.ts'
export * from './language.ts'
export * from './outbound-check.ts'
export { type OwnTemplates, templatesKind } from './templates-kind.ts'
