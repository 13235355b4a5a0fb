import type { Reports } from '#reports'

/** What chat asks of reports; their runs go by themselves. */
export type ReportsPort = Pick<Reports, 'write' | 'schedules' | 'schedule' | 'create' | 'change' | 'confirm' | 'setState' | 'sendNow' | 'trouble'>
