import type { Words } from '../words/index.ts'

export const disputeReason = (reason: string, { disputeReason: reasons }: Words): string =>
  reasons[reason as keyof typeof reasons] ?? reason.replaceAll('_', ' ')
