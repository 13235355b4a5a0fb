export * from './company.ts'
export * from './invoice-pdf.ts'
export * from './ledger-file.ts'
export * from './mail-source.ts'
