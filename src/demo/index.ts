export { deliver, letMailsArrive } from './arrivals.ts'
export { demoCompany, demoStaff } from './company.ts'
export * from './personas.ts'
export * from './prepare.ts'
