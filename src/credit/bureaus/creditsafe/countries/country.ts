import { z } from 'zod'
import type { ReadValue } from '../../../values/criteria.ts'
import type { CompanyQuery } from '../../bureau.ts'
import type { ReportBody } from '../wire.ts'

/**
 * What differs between countries. The sections that these read are empty objects in the interface's description: their content was
 * seen in samples of other clients, or is assumed. Each assumption stands at its line; all are read so that nothing follows from absence.
 */
export type Country = {
  /** Where several registers count by the same numbers: a company is the one meant only if its name agrees, too. */
  isNumberShared?: true
  /** Where the VAT number is the company's number too: a debtor that has no other one is looked up by it. */
  byVatNumber?: true
  /** How a company of the country is looked up by the number of the ledger. */
  byNumber: (number: string) => CompanyQuery
  /** Where a score beyond 100 is an index: there a low one is good. */
  hasIndex?: true
  /** Days beyond terms, judgments, insolvency, privileges as the country's report has them. */
  read: (report: ReportBody) => ReadValue[]
  /** What a report may only be ordered with. */
  orderWith?: Record<string, string>
}

/** A part of a section without a description, by its path; undefined where there is none. */
export function at(section: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((part, name) => loose.safeParse(part).data?.[name], section)
}

const loose = z.record(z.string(), z.unknown())

/** The entries of a list in a section without a description. */
export const entries = (section: unknown): unknown[] => (Array.isArray(section) ? section : [])

export const textAt = (section: unknown, ...path: string[]): string | undefined => {
  const told = at(section, ...path)
  return typeof told === 'string' || typeof told === 'number' ? String(told) : undefined
}

// Assumed: words of the status's description that mean an insolvency, in the languages that reports were seen in.
const insolvencyWords =
  /bankrupt|insolven|liquidat|receivership|in administration|administrator appointed|winding.?up|moratorium|faillite|faillissement|redressement|sauvegarde|surs[eé]ance|upad[lł]|restrukturyz/i

/** An insolvency by the status's description: its words, or none where the status names another state. Nothing where there is no status. */
export function insolvencyByStatus(report: ReportBody): ReadValue[] {
  const status = report.companySummary?.companyStatus
  const told = status?.description ?? status?.status
  if (!told) return []
  const words = insolvencyWords.exec(told)?.[0]
  const value = words ? ({ is: 'text', text: told, key: words } as const) : ({ is: 'none' } as const)
  return [{ criterion: 'insolvency', value, raw: told }]
}
