import { z } from 'zod'
import type { Bureau, FoundCompany } from '../bureaus/bureau.ts'

const told = z.string().optional()

const candidateSchema = z.object({
  bureau: z.string(),
  /** The bureau's key. */
  companyId: z.string(),
  country: z.string(),
  name: z.string(),
  registrationNumber: told,
  vatNumbers: z.array(z.string()),
  address: told,
  city: told,
  postalCode: told,
  status: told,
})

/** A company that a debtor may be, as a bureau's search found it. */
export type Candidate = z.infer<typeof candidateSchema>

/** What a search found, with the bureau that it found it at. */
export const asCandidates = ({ name: bureau }: Pick<Bureau, 'name'>, found: readonly FoundCompany[]): Candidate[] =>
  found.map(company => candidateSchema.parse({ ...company, bureau }))

/** The candidates that a gap keeps. Those of an older form are left out: they are looked up again within days. */
export const candidatesOf = (kept: unknown): Candidate[] => (Array.isArray(kept) ? kept.flatMap(each => candidateSchema.safeParse(each).data ?? []) : [])
