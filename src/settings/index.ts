export type * from './kind.ts'
