export * from './debtor-overview.ts'
export * from './find-debtors.ts'
