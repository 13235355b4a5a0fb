export * from './rights.ts'
export * from './sessions.ts'
export * from './sign-in.ts'
export * from './staff.ts'
