import { createHash } from 'node:crypto'
import { Prisma } from '#platform'
import type { BankLine, StatementEnd, StatementHead } from './bank-line.ts'

const sha256 = (parts: (string | undefined)[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex')

const signed = ({ amount, direction }: BankLine): Prisma.Decimal => (direction === 'in' ? amount : amount.neg())

/**
 * Names each line of one statement, so that it is recognised when it comes again. By the bank's own reference where it gives one;
 * else by all that it says, the statement it stands in and its place among the same lines there: two equal payments of one day
 * are two payments.
 */
export function lineKeys(head: StatementHead): (line: BankLine) => string {
  const seen = new Map<string, number>()
  return line => {
    const { bookedOn, bankReference, endToEndId, payerIban, text } = line
    const what = [head.account, bookedOn, signed(line).toFixed()]
    const said = bankReference === undefined ? [...what, head.sequence ?? '', endToEndId, payerIban, text] : [...what, 'reference', bankReference, endToEndId]
    const content = sha256(said)
    const times = (seen.get(content) ?? 0) + 1
    seen.set(content, times)
    return times === 1 ? content : sha256([content, String(times)])
  }
}

/** Adds up the lines of a statement, and what a second copy of it in any format has in common. Nothing of the lines is kept. */
export function statementSum(head: StatementHead) {
  let total = new Prisma.Decimal(0)
  let count = 0
  let mixed = 0n
  let lastDay = ''
  return {
    add: (line: BankLine) => {
      total = total.add(signed(line))
      count++
      if (line.bookedOn > lastDay) lastDay = line.bookedOn
      // Added, not chained: formats order the lines of a day differently.
      mixed += BigInt(`0x${sha256([line.bookedOn, signed(line).toFixed()]).slice(0, 30)}`)
    },
    count: () => count,
    total: () => total,
    /** The last day that it covers, ISO; undefined for an empty one that does not say. */
    closedOn: ({ closedOn }: StatementEnd): string | undefined => closedOn ?? (lastDay || head.openedOn),
    contentKey: ({ closing, closedOn }: StatementEnd): string =>
      sha256([head.account, head.currency, head.opening?.toFixed(), closing?.toFixed(), closing ? closedOn : lastDay, String(count), mixed.toString(16)]),
  }
}
