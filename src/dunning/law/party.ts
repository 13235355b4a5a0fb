import { legalFormKind } from '#search'
import type { Party } from './statutes.ts'

/** Whether a debtor owes in business or as a private person, by its legal form or else by the numbers that only businesses have; undefined where neither tells. */
export function partyOf({
  legalForm,
  companyNumber,
  vatNumber,
}: {
  legalForm: string | null
  companyNumber: string | null
  vatNumber: string | null
}): Party | undefined {
  const kind = legalForm === null ? undefined : legalFormKind(legalForm)
  if (kind === 'private') return 'consumer'
  return kind !== undefined || companyNumber !== null || vatNumber !== null ? 'business' : undefined
}
