export * from './age-items.ts'
export * from './debtor-overview.ts'
export * from './find-debtors.ts'
