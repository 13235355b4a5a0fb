import { type Db, DuncanError, type Prisma } from '#platform'
import { type BankLine, oneLine, type StatementEnd, type StatementHead } from './bank-line.ts'
import { lineKeys, statementSum } from './line-key.ts'
import { sortOutSeenLines } from './seen-lines.ts'

/** What became of one statement of a file. `known`: incoming lines that were there already. */
export type ImportedStatement = {
  account: string
  number: string
  currency: string
  closedOn: string
  opening: string | null
  closing: string | null
  lines: number
  created: number
  known: number
  /** Of the new ones, those that may be lines of another statement: a person says whether. */
  unsure: number
  /** The whole statement was there already, from this or another file. */
  isDuplicate: boolean
}

export type StatementStore = {
  add: (lines: BankLine[]) => Promise<void>
  end: (end: StatementEnd) => Promise<ImportedStatement>
  /** Waits for what is still being stored, where a fault ends the import early. */
  idle: () => Promise<void>
}

const atOnce = 1000

type StoredAs = { fileName: string; fileHash: string; now: Date }

/**
 * Opens a statement to store its lines in the caller's transaction: incoming ones as payments that are to be matched, reversals as
 * negative payments. Throws `statement.balance` when the lines do not lead from the opening to the closing balance.
 */
export async function openStatementStore(
  tx: Db,
  head: StatementHead,
  account: { id: number; administrationId: number },
  { fileName, fileHash, now }: StoredAs,
): Promise<StatementStore> {
  const key = lineKeys(head)
  const sum = statementSum(head)
  const { id } = await tx.bankStatement.create({
    data: {
      accountId: account.id,
      number: limited(head.number, 100),
      currency: head.currency,
      openedOn: head.openedOn ? date(head.openedOn) : null,
      opening: head.opening ?? null,
      closedOn: date('1970-01-01'), // known at its end
      lines: 0,
      contentKey: `open ${fileHash} ${head.place}`,
      format: head.format,
      fileName,
      fileHash,
      createdAt: now,
    },
    select: { id: true },
  })
  const shared = { statementId: id, administrationId: account.administrationId, currency: head.currency, now }
  let [created, offered] = [0, 0]
  let rows: object[] = []
  let storing = Promise.resolve()

  /** The database stores while the next lines are read; a transaction does one thing at a time. */
  const store = async () => {
    await storing
    const batch = rows
    rows = []
    offered += batch.length
    storing = insertPayments(tx, batch, shared).then(count => void (created += count))
    storing.catch(() => undefined) // whoever waits for it next is told
  }

  return {
    add: async lines => {
      for (const line of lines) {
        sum.add(line)
        const reference = `bank:${key(line)}`
        const isPayment = (line.direction === 'in' || line.isReversal) && !line.amount.isZero()
        if (isPayment) rows.push(rowOf(line, reference, head.opening?.add(sum.total())))
      }
      if (rows.length >= atOnce) await store()
    },
    idle: () => storing.catch(() => undefined),
    end: async end => {
      await store()
      await storing
      const closedOn = sum.closedOn(end)
      if (closedOn === undefined) throw new DuncanError('statement.balance', `${fileName}, ${head.place}: the statement has no date.`, again)
      checkBalance(head, end, sum, fileName)
      const contentKey = sum.contentKey(end)
      const standing = await tx.bankStatement.findUnique({ where: { accountId_contentKey: { accountId: account.id, contentKey } }, select: { id: true } })
      if (standing) {
        await tx.payment.deleteMany({ where: { statementId: id } })
        await tx.bankStatement.delete({ where: { id } })
      } else await tx.bankStatement.update({ where: { id }, data: { closedOn: date(closedOn), closing: end.closing ?? null, lines: sum.count(), contentKey } })
      const seen = await sortOutSeenLines(tx, id)
      if (!standing) created -= seen.gone
      return {
        account: head.account,
        number: head.number,
        currency: head.currency,
        closedOn,
        opening: head.opening?.toFixed(2) ?? null,
        closing: end.closing?.toFixed(2) ?? null,
        lines: sum.count(),
        created: standing ? 0 : created,
        known: standing ? offered : offered - created,
        unsure: seen.asked,
        isDuplicate: standing !== null,
      }
    },
  }
}

const again = 'Download the statement again; if it stays, show it to the bank. Nothing of the file was taken.'

function checkBalance({ opening, place }: StatementHead, { closing }: StatementEnd, sum: ReturnType<typeof statementSum>, fileName: string): void {
  if (!opening || !closing || opening.add(sum.total()).eq(closing)) return
  const difference = closing.sub(opening).sub(sum.total()).toFixed(2)
  throw new DuncanError(
    'statement.balance',
    `${fileName}, ${place}: the opening balance ${opening.toFixed(2)} and its ${sum.count()} lines (together ${sum.total().toFixed(2)}) do not make the closing balance ${closing.toFixed(2)}; ${difference} is missing.`,
    again,
  )
}

const date = (day: string): Date => new Date(`${day}T00:00:00Z`)
/** Text for the database: no control characters, no half characters, no more than a person reads. */
const limited = (text: string, length: number): string => oneLine(text.toWellFormed()).slice(0, length).toWellFormed()
const optional = (text: string | undefined, length: number): string | null => (text === undefined ? null : limited(text, length) || null)

function rowOf(line: BankLine, reference: string, balanceAfter: Prisma.Decimal | undefined): object {
  const isOurs = line.direction === 'in' && line.isReversal
  return {
    reference,
    received: line.bookedOn,
    amount: (line.direction === 'in' ? line.amount : line.amount.neg()).toFixed(),
    text: limited(line.text, 4000),
    // Money that comes back because a payment of ours was returned is no debtor's.
    status: isOurs ? 'not_ours' : 'new',
    finding: isOurs ? { kind: 'not_ours', why: 'own_payment_returned' } : null,
    name: optional(line.payerName, 200),
    iban: optional(line.payerIban, 50),
    structured: optional(line.structuredReference, 50),
    end_to_end: optional(line.endToEndId, 100),
    bank: optional(line.bankReference, 100),
    charges: line.charges?.toFixed() ?? null,
    balance: balanceAfter?.toFixed() ?? null,
  }
}

type Shared = { statementId: number; administrationId: number; currency: string; now: Date }

function insertPayments(tx: Db, rows: object[], { statementId, administrationId, currency, now }: Shared): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO "Payment" ("administrationId", source, reference, "receivedOn", currency, amount, text, status, "statementId", "payerName", "payerIban",
      "structuredReference", "endToEndId", "bankReference", charges, "balanceAfter", finding, "createdAt")
    SELECT ${administrationId}::int, 'bank', r.reference, r.received, ${currency}, r.amount, r.text, r.status, ${statementId}::int, r.name, r.iban,
      r.structured, r.end_to_end, r.bank, r.charges, r.balance, r.finding, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(reference text, received date, amount numeric, text text, status text, name text, iban text,
      structured text, end_to_end text, bank text, charges numeric, balance numeric, finding jsonb)
    ON CONFLICT ("administrationId", reference) DO NOTHING`
}
