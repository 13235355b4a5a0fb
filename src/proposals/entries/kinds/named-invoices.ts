import { z } from 'zod'
import { searchNumber } from '#ledger'
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

type Open = { id: number; kind: string }

/** The open invoices of the debtor that numbers as typed are, beside all that is open; or which of them are none. */
export async function namedInvoices({ tx, debtor }: EntryWork, typed: string[]): Promise<{ named: number[]; open: Open[] } | EntryProblem> {
  const open = await tx.invoice.findMany({ where: { debtorId: debtor.id, status: 'open' }, select: { id: true, searchNumber: true, kind: true } })
  const known = new Map(open.map(({ id, searchNumber: number }) => [number, id]))
  const unknown = typed.filter(number => !known.has(searchNumber(number)))
  if (unknown.length > 0) return { code: 'unknown_invoices', numbers: unknown }
  return { named: [...new Set(typed.flatMap(number => known.get(searchNumber(number)) ?? []))], open }
}

/** Whether an ISO day is before the administration's today. */
export const isOver = (day: string, { today }: EntryWork): boolean => day < today.toString()
