import { DuncanError, Prisma } from '#platform'
import { isIban } from '../references/payment-references.ts'
import { type BankLine, bankAmount, bare, isoDay, meaningful, type StatementEnd, type StatementHead, type StatementPart } from './bank-line.ts'
import { readDetails } from './mt940-details.ts'

// Own reader: mt940-js 1.0.0 was tried and loses the bank's reference, reversals and the borders between lines, reads amounts as
// floats, and passes over lines that it does not understand without a word.

type Field = { tag: string; lines: string[]; line: number }
type Statement = { head?: StatementHead; end: StatementEnd; account?: string; number: string; sequence?: string; line: number }

const atOnce = 1000
const longestLine = 100_000 // characters

/**
 * Reads an MT940 file (SWIFT customer statement message) as banks write it, with or without the SWIFT envelope. Throws
 * `statement.mt940` with the line of what cannot be read.
 */
export async function* readMt940(chunks: AsyncIterable<string>, fileName: string): AsyncGenerator<StatementPart> {
  const fault = (line: number, problem: string) =>
    new DuncanError('statement.mt940', `${fileName}, line ${line}: ${problem}.`, 'Download the statement again; if it stays, show this line to the bank.')
  const refuse: Refuse = (line, problem) => {
    throw fault(line, problem)
  }
  let statement: Statement | undefined
  let lines: BankLine[] = []
  let last: BankLine | undefined

  for await (const field of fieldsOf(linesOf(chunks, refuse))) {
    const text = field.lines.join('\n')
    if (field.tag === '20') {
      if (statement) yield* finish(statement, lines, refuse)
      statement = { end: {}, number: text.trim(), line: field.line }
      lines = []
      last = undefined
      continue
    }
    if (!statement) throw fault(field.line, `a field :${field.tag}: stands before the first :20:`)
    switch (field.tag) {
      case '25':
        statement.account = bare(text.trim().replace(/\s+[A-Z]{3}$/, ''))
        break
      case '28C':
      case '28':
        statement.number = text.trim()
        statement.sequence = text.trim()
        break
      case '60F':
      case '60M': {
        const balance = readBalance(text) ?? refuse(field.line, `the opening balance "${shown(text)}" cannot be read`)
        statement.head ??= headOf(statement, balance, refuse)
        yield { kind: 'statement', head: statement.head }
        break
      }
      case '61': {
        if (!statement.head) throw fault(field.line, 'a line :61: stands before the opening balance :60F:')
        const read = readLine(field) ?? refuse(field.line, `the line "${shown(text)}" cannot be read`)
        last = read === 'expected' ? undefined : read
        if (last) lines.push(last)
        break
      }
      case '86':
        // Of the statement as a whole when no line stands before it.
        if (last) describe(last, field.lines)
        if (lines.length >= atOnce) {
          yield { kind: 'lines', lines }
          lines = []
        }
        last = undefined
        break
      case '62F':
      case '62M': {
        const balance = readBalance(text) ?? refuse(field.line, `the closing balance "${shown(text)}" cannot be read`)
        statement.end = { closing: balance.amount, closedOn: balance.day }
        last = undefined
        break
      }
      default: // 64, 65, 13D, 90C ...: nothing that is booked
    }
  }
  if (!statement) throw fault(1, 'there is no :20: field, so this is no MT940 file')
  yield* finish(statement, lines, refuse)
}

type Refuse = (line: number, problem: string) => never

function* finish(statement: Statement, lines: BankLine[], refuse: Refuse): Generator<StatementPart> {
  if (!statement.head) refuse(statement.line, 'the statement has no opening balance :60F:')
  if (!statement.end.closing) refuse(statement.line, 'the statement has no closing balance :62F:; the file may be cut off')
  if (lines.length > 0) yield { kind: 'lines', lines }
  yield { kind: 'end', end: statement.end }
}

function headOf({ account, number, sequence, line }: Statement, balance: Balance, refuse: Refuse): StatementHead {
  if (!account) return refuse(line, 'the statement names no account (:25:)')
  return {
    format: 'mt940',
    place: `statement ${number} (line ${line})`,
    account,
    currency: balance.currency,
    number,
    ...(sequence !== undefined && { sequence }),
    openedOn: balance.day,
    opening: balance.amount,
  }
}

async function* linesOf(chunks: AsyncIterable<string>, refuse: Refuse): AsyncGenerator<{ text: string; line: number }[]> {
  let rest = ''
  let line = 0
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > longestLine) refuse(line + 1, `the line is longer than ${longestLine} characters, so this is no MT940 file`)
    yield parts.map(text => ({ text: text.replace(/\r$/, ''), line: ++line }))
  }
  if (rest !== '') yield [{ text: rest.replace(/\r$/, ''), line: ++line }]
}

// Only these begin a field: a text of :86: may have a line that starts with a colon and digits.
const fieldStart = /^(?:\{.*\})?:(20|21|25|28C?|60[FM]|61|62[FM]|64|65|86|13D?|34F|90[CD]|NS):(.*)$/

/** The fields of all messages, each with its further lines; the envelope ({1:...}, -}) is passed over. */
async function* fieldsOf(batches: AsyncIterable<{ text: string; line: number }[]>): AsyncGenerator<Field> {
  let field: Field | undefined
  for await (const batch of batches) {
    for (const { text, line } of batch) {
      const start = fieldStart.exec(text)
      // The end of a message (`-`, `-}`, ING: `-XXX`) or the head of the next one; an empty line belongs to the text that it stands in.
      const isEnvelope = /^(?:-(?:\}|[A-Z]{3})?\s*$|\{\d:)/.test(text)
      if ((start || isEnvelope) && field) yield field
      if (start) field = { tag: start[1] ?? '', lines: [start[2] ?? ''], line }
      else if (isEnvelope) field = undefined
      else field?.lines.push(text)
    }
  }
  if (field) yield field
}

type Balance = { amount: Prisma.Decimal; day: string; currency: string }

function readBalance(text: string): Balance | undefined {
  const [, mark, date = '', currency = '', written = ''] = /^([CD])(\d{6})([A-Z]{3})([\d.,]+)\s*$/.exec(text) ?? []
  const amount = bankAmount(written)
  const day = swiftDay(date)
  return mark && amount && day ? { amount: mark === 'D' ? amount.neg() : amount, day, currency } : undefined
}

const swiftDay = (date: string): string | undefined =>
  isoDay(`${Number(date.slice(0, 2)) < 70 ? '20' : '19'}${date.slice(0, 2)}-${date.slice(2, 4)}-${date.slice(4, 6)}`)

/** Value date, booking date, mark, third letter of the currency, amount, kind of booking, the payer's reference, the bank's. */
const booking = /^(\d{6})(\d{4})?(R?[CD]|E[CD])([A-Z])?(\d{1,15}[.,]\d{0,3})([A-Z][A-Z0-9]{3})(.*)$/
const returned = 'NRTI' // SWIFT's kind of booking for an item that came back unpaid

function readLine({ lines, line }: Field): BankLine | 'expected' | undefined {
  const [first = '', ...more] = lines
  const [, value = '', booked, mark = '', , written = '', kind, references = ''] = booking.exec(first) ?? []
  const amount = bankAmount(written)
  const valueDay = swiftDay(value)
  const bookedOn = valueDay === undefined ? undefined : bookedDay(valueDay, booked)
  if (!amount || bookedOn === undefined) return undefined
  if (mark.startsWith('E')) return 'expected' // not booked yet
  const supplement = more.join('')
  const [, own, bank] = /^(.*?)(?:\/\/(.*))?$/.exec(references) ?? []
  const account = [bare(supplement), bare(supplement.split(/[\s/]/)[0] ?? '')].find(isIban)
  const charges = bankAmount(/\/CHGS\/[A-Z]{3}([\d.,]+)/.exec(supplement)?.[1] ?? '')
  const bankReference = meaningful(bank)
  const endToEndId = meaningful(own)
  return {
    place: `line ${line}`,
    bookedOn,
    amount,
    // A reversed credit takes money out, a reversed debit brings it back.
    direction: mark === 'C' || mark === 'RD' ? 'in' : 'out',
    isReversal: mark.startsWith('R') || kind === returned,
    text: '',
    ...(bankReference !== undefined && { bankReference }),
    ...(endToEndId !== undefined && !/^(?:EREF|PREF|MARF)$/.test(endToEndId) && { endToEndId }),
    ...(account !== undefined && { payerIban: account }),
    ...(charges !== undefined && { charges }),
  }
}

/** The booking date has no year: it is the one that lies nearest to the value date. */
function bookedDay(valueDay: string, booked: string | undefined): string | undefined {
  if (booked === undefined) return valueDay
  const year = Number(valueDay.slice(0, 4))
  const near = [year, year - 1, year + 1].flatMap(each => isoDay(`${each}-${booked.slice(0, 2)}-${booked.slice(2)}`) ?? [])
  const distance = (day: string) => Math.abs(Date.parse(day) - Date.parse(valueDay))
  return near.toSorted((a, b) => distance(a) - distance(b))[0]
}

function describe(line: BankLine, details: string[]): void {
  const { text, payerName, payerIban, endToEndId, structuredReference, isReturn } = readDetails(details)
  line.text = text
  if (isReturn) line.isReversal = true
  if (payerName !== undefined) line.payerName = payerName
  if (payerIban !== undefined) line.payerIban ??= payerIban
  if (endToEndId !== undefined) line.endToEndId = endToEndId
  if (structuredReference !== undefined) line.structuredReference = structuredReference
}

const shown = (text: string): string => text.split('\n')[0]?.slice(0, 40) ?? ''
