import type { Temporal } from 'temporal-polyfill'
import type { Criterion, ReadValue } from '../values/criteria.ts'

// What a credit bureau must be able to do for Duncan. A bureau without a portfolio is asked for reports alone.

/** A company as a bureau's search finds it. */
export type FoundCompany = {
  /** The bureau's key: reports and monitoring go by it. */
  companyId: string
  country: string
  name: string
  /** Registration and VAT numbers as the bureau writes them. */
  registrationNumber: string | undefined
  vatNumbers: string[]
  address: string | undefined
  city: string | undefined
  postalCode: string | undefined
  /** The bureau's word: Active, NonActive, Pending, Other. */
  status: string | undefined
  isHeadOffice: boolean
}

/** What to look a company up by: exactly one set, as bureaus allow no mixture. `country` is ISO 3166-1. */
export type CompanyQuery = { country: string } & (
  | { registrationNumber: string }
  | { vatNumber: string }
  | { name: string; postalCode?: string | undefined; city?: string | undefined }
)

/** Master data of a company that may complete a debtor's own; never written over what is there. */
type CompanyIdentity = {
  name: string | undefined
  /** Where it goes by another name than the legal one. */
  tradeName?: string | undefined
  registrationNumber: string | undefined
  vatNumber: string | undefined
  /** Of a German register number. */
  court: string | undefined
  legalForm: string | undefined
  activity: string | undefined
  telephone: string | undefined
  website: string | undefined
  /** ISO day. */
  foundedOn?: string | undefined
  capital?: { amount: string; currency: string } | undefined
}

export type CreditReport = {
  companyId: string
  values: ReadValue[]
  /** What the bureau tried to tell and could not: old values stay. */
  failed: Criterion[]
  identity: CompanyIdentity
  /** Sections that exist at the bureau and are not copied. */
  sections: string[]
  orderedAt: Temporal.Instant
  correlationId: string | undefined
}

/** A company of the portfolio with the values that the bureau's list tells without a paid report. */
export type ListedCompany = { companyId: string; country: string; values: ReadValue[]; lastEventAt: string | undefined }

/** Something that the bureau noticed. `id` is the same however often it is told. */
export type BureauEvent = {
  id: string
  companyId: string
  companyName: string
  country: string
  rule: string
  oldValue: string | null
  newValue: string | null
  happenedAt: Temporal.Instant
  /** Filled when the bureau also sent a mail of it: our portfolio must send none. */
  mailedAt: string | null
}

/** How many paid reports of a country are contracted and used; undefined where the bureau does not say. */
export type Quota = { country: string; paid: number; used: number }

export type Portfolio = {
  /** Makes sure that our own portfolio exists, mails nobody and has its event rules on. Returns what it had to set right. */
  ensure: () => Promise<{ corrected: ('portfolio' | 'mails' | 'rules')[] }>
  companies: () => AsyncIterable<ListedCompany>
  /** Adding what is in it already changes nothing. `unknown`: the bureau does not know the company. */
  add: (companyId: string, reference: string) => Promise<'added' | 'unknown'>
  remove: (companyId: string) => Promise<void>
  /** What the bureau has stored since then. */
  events: (since: Temporal.Instant) => AsyncIterable<BureauEvent>
}

/** The newest file of a bureau that tells by files: when it was last written, whether that is longer ago than the settings want, how many companies it has, and the rows that were left out, the first of them in words. */
export type BureauFile = { name: string; changedAt: Temporal.Instant; isOld: boolean; companies: number; faults: string[]; faultCount: number }

export type Bureau = {
  name: string
  /** Whether a report is an order that is counted and paid for. */
  isPaid: boolean
  /** Where the bureau tells by files: the one that counts now. Throws BureauError when there is none that can be read. */
  file?: () => Promise<BureauFile>
  quotas: () => Promise<Quota[]>
  find: (query: CompanyQuery) => Promise<FoundCompany[]>
  /** A paid order where `isPaid`. Throws BureauError `unknown` for a company that the bureau has no more. */
  report: (companyId: string) => Promise<CreditReport>
  portfolio?: Portfolio
}

/**
 * Why a bureau gave no answer. `refused`: the login; `forbidden`: a right that it lacks; `unknown`: no such company; `conflict`: it is
 * there already; `rejected`: it does not take the question; `busy` and `away`: try again later; `unreadable`: it answered something else than it should; `faulty`: what it has of this one company cannot be read; `unsure`: the answer was lost
 * on the way, so that a paid order may have been counted.
 */
export type BureauProblem = 'refused' | 'forbidden' | 'unknown' | 'conflict' | 'rejected' | 'busy' | 'away' | 'unreadable' | 'faulty' | 'unsure'

export class BureauError extends Error {
  readonly problem: BureauProblem
  readonly correlationId: string | undefined

  constructor(problem: BureauProblem, message: string, options: { cause?: unknown; correlationId?: string | undefined } = {}) {
    super(message, options)
    this.problem = problem
    this.correlationId = options.correlationId
  }
}
