import { z } from 'zod'
import { insuredTermsOf, type PolicyWarning } from '#credit'
import { searchNumber } from '#ledger'
import { policyOf } from '../../policy-of.ts'
import type { EntryProblem } from '../entry.ts'
import type { EntryWork } from './kind.ts'

/** A decimal string above zero, in the currency of the only invoice that is named. */
export const contestedAmount = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,3})?$/)
  .refine(amount => /[1-9]/.test(amount))
  .optional()

/** Empty: the debtor as a whole. */
export const invoiceIds = z.array(z.int())

/** Parts of a debtor's file as the name of one; its number comes from the ledger. */
export const nameOfFile = (day: string, number: string, rest: string): string => `${day}_${number.replaceAll(/[^\p{L}\p{N}-]+/gu, '_').slice(0, 60)}_${rest}`

type Open = { id: number; kind: string }

/** The open invoices of the debtor that numbers as typed are, beside all that is open; or which of them are none. */
export async function namedInvoices({ tx, debtor }: EntryWork, typed: string[]): Promise<{ named: number[]; open: Open[] } | EntryProblem> {
  const open = await tx.invoice.findMany({ where: { debtorId: debtor.id, status: 'open' }, select: { id: true, searchNumber: true, kind: true } })
  const known = new Map(open.map(({ id, searchNumber: number }) => [number, id]))
  const unknown = typed.filter(number => !known.has(searchNumber(number)))
  if (unknown.length > 0) return { code: 'unknown_invoices', numbers: unknown }
  return { named: [...new Set(typed.flatMap(number => known.get(searchNumber(number)) ?? []))], open }
}

/**
 * What could be an invoice number in a text, as numbers are searched: words with a digit, alone or with up to two that stand beside them. It finds too
 * much rather than too little; only those of one debtor are looked for among it.
 */
export function numbersIn(text: string): Set<string> {
  const words = text.normalize('NFKC').split(/[^\p{L}\p{N}._-]+/u)
  const runs = words.flatMap((_, at) => [1, 2, 3].map(count => words.slice(at, at + count).join(' ')))
  return new Set(runs.map(searchNumber).filter(number => /\d/.test(number)))
}

/** What waiting for the money of invoices until an ISO day costs of their insurance; undefined where it costs nothing. */
export async function policyFor({ tx, debtor, today }: EntryWork, ids: readonly number[], moneyOn: string | undefined): Promise<PolicyWarning | undefined> {
  return policyOf({ insured: await insuredTermsOf(tx, today, debtor.id), today }, ids, moneyOn).insurance
}

/** Whether an ISO day is before the administration's today. */
export const isOver = (day: string, { today }: EntryWork): boolean => day < today.toString()
