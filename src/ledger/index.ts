export * from './freshness.ts'
export * from './search-name.ts'
export * from './search-number.ts'
