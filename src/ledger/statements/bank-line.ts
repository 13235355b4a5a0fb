import { Prisma } from '#platform'

/** The head of one statement of a bank file, before anything is believed about it. Amounts are signed: a debit balance is negative. */
export type StatementHead = {
  format: 'camt.053' | 'mt940' | 'csv'
  /** Where it stands in the file, for errors: `statement 12 (line 4)`. */
  place: string
  /** IBAN or the bank's own number: upper case, letters and digits only. */
  account: string
  /** Empty where the file does not say: then it is the administration's. */
  currency: string
  /** As the bank numbers it; empty when it does not. */
  number: string
  /** The bank's running number of the account's statements: two statements with different ones hold different lines. */
  sequence?: string | undefined
  openedOn?: string | undefined
  opening?: Prisma.Decimal | undefined
}

/** How one statement ends; a file of lines alone has no balance. */
export type StatementEnd = { closedOn?: string | undefined; closing?: Prisma.Decimal | undefined }

/** One booked line, or one of the payments that a batch line holds. */
export type BankLine = {
  /** Where it stands in the file: `line 17`. */
  place: string
  /** ISO day. */
  bookedOn: string
  /** Always positive, in the account's currency. */
  amount: Prisma.Decimal
  direction: 'in' | 'out'
  /** It takes an earlier booking back; `direction` is already the way in which the money went. */
  isReversal: boolean
  payerName?: string | undefined
  payerIban?: string | undefined
  text: string
  /** Letters and digits only, upper case. */
  structuredReference?: string | undefined
  endToEndId?: string | undefined
  /** The bank's own reference, which names this line alone. */
  bankReference?: string | undefined
  charges?: Prisma.Decimal | undefined
}

/** What a reader of bank files yields, in the file's order: a statement's head, its lines in pieces, its end. */
export type StatementPart = { kind: 'statement'; head: StatementHead } | { kind: 'lines'; lines: BankLine[] } | { kind: 'end'; end: StatementEnd }

/** A bank's or payer's reference as it counts; the words that mean "none" do not. */
export function meaningful(reference: string | undefined): string | undefined {
  const trimmed = reference?.trim() ?? ''
  return trimmed === '' || /^(?:NOT ?PROVIDED|NONREF|NOREF|NOTAVAILABLE|N\/?A|NULL|-+|0+)$/i.test(trimmed) ? undefined : trimmed
}

/** Upper case, letters and digits only. */
export const bare = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')

/** Text of several lines or elements as one line, without control characters. */
export const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}\u{fffd}]+/gu, ' ').trim()

/** An amount as bank files write it, with a comma or a point before at most three decimals; undefined for anything else. */
export function bankAmount(text: string): Prisma.Decimal | undefined {
  return /^\d{1,15}(?:[.,]\d{0,5})?$/.test(text) && !/[.,]\d{3}[1-9]/.test(text) ? new Prisma.Decimal(text.replace(',', '.').replace(/\.$/, '')) : undefined
}

/** An ISO day that exists; undefined for anything else. A time behind it is cut. */
export function isoDay(text: string): string | undefined {
  const day = /^(\d{4}-\d{2}-\d{2})(?:$|[T+Z-])/.exec(text)?.[1]
  if (day === undefined) return undefined
  const date = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day ? undefined : day
}
