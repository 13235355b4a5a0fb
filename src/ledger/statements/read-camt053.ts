import { DuncanError, errorText } from '#platform'
import { cutXmlRecords } from '../imports/cut-xml-records.ts'
import { type BankLine, bankAmount, bare, isoDay, type StatementEnd, type StatementHead, type StatementPart } from './bank-line.ts'
import { type CamtElement, elementAt, parseElement, textAt } from './camt-element.ts'
import { readEntry, UnreadableLine } from './camt-entry.ts'

const statement = ['Document', 'BkToCstmrStmt', 'Stmt']
// In the order of the schema: a statement's identification, account and balances stand before its entries.
const parts = ['Id', 'ElctrncSeqNb', 'LglSeqNb', 'FrToDt', 'Acct', 'Bal', 'Ntry'] as const
const longestEntry = 100_000_000 // characters; a batch holds each of its payments

/** A statement in the middle of being read. */
type Reading = {
  head: { [K in keyof StatementHead]?: StatementHead[K] | undefined }
  end: StatementEnd
  line: number
  isOpen: boolean
  periodEnd?: string | undefined
}

/**
 * Reads a camt.053 file (ISO 20022 bank to customer statement, versions .02 to .08 and later, with or without prefixes) piece by
 * piece. Throws `statement.camt` with the line of what cannot be read.
 */
export async function* readCamt053(chunks: AsyncIterable<string>, fileName: string): AsyncGenerator<StatementPart> {
  const paths = parts.map(name => [...statement, name])
  let current: Reading | undefined
  const fault = (line: number, problem: string) =>
    new DuncanError('statement.camt', `${fileName}, line ${line}: ${problem}.`, 'Download the statement again; if it stays, show this line to the bank.')
  const refuse: Refuse = (line, problem) => {
    throw fault(line, problem)
  }
  const closed = ({ end, periodEnd }: Reading): StatementPart => ({ kind: 'end', end: { ...end, closedOn: end.closedOn ?? periodEnd } })

  for await (const batch of cutXmlRecords(chunks, paths, fileName, longestEntry)) {
    let lines: BankLine[] = []
    const flush = function* (): Generator<StatementPart> {
      if (lines.length > 0) yield { kind: 'lines', lines }
      lines = []
    }
    for (const { text, line, path } of batch) {
      const name = parts[path] ?? 'Id'
      const element = elementOf(name, text, line, refuse)
      if (name === 'Id') {
        yield* flush()
        if (current) {
          if (!current.isOpen) yield { kind: 'statement', head: headOf(current, refuse) }
          yield closed(current)
        }
        current = { head: { number: '' }, end: {}, line, isOpen: false }
      }
      if (!current) throw fault(line, `${name} stands before the statement's Id`)
      if (name !== 'Ntry') {
        readHeadPart(current, name, element, line, refuse)
        continue
      }
      const head = headOf(current, refuse)
      if (!current.isOpen) yield { kind: 'statement', head }
      current.isOpen = true
      try {
        for (const each of readEntry(element, { currency: head.currency, place: `line ${line}` })) lines.push(each)
      } catch (error) {
        if (!(error instanceof UnreadableLine)) throw error
        refuse(line, error.message)
      }
    }
    yield* flush()
  }
  if (!current) {
    throw new DuncanError(
      'statement.camt',
      `${fileName} holds no statement (Document/BkToCstmrStmt/Stmt).`,
      'Import an end-of-day statement (camt.053), not an intraday report (camt.052) or a single notice (camt.054).',
    )
  }
  if (!current.isOpen) yield { kind: 'statement', head: headOf(current, refuse) }
  yield closed(current)
}

type Refuse = (line: number, problem: string) => never

function elementOf(name: string, text: string, line: number, refuse: Refuse): CamtElement {
  try {
    const parsed = elementAt(parseElement(text), name)
    return typeof parsed === 'object' ? parsed : { '#text': parsed ?? '' }
  } catch (error) {
    return refuse(line, `${name} is not well-formed XML: ${errorText(error)}`)
  }
}

function readHeadPart(current: Reading, name: Exclude<(typeof parts)[number], 'Ntry'>, element: CamtElement, line: number, refuse: Refuse): void {
  const { head } = current
  const text = textAt(element, '#text') ?? ''
  switch (name) {
    case 'Id':
      head.place = `statement ${text} (line ${line})`
      head.number = text
      break
    case 'ElctrncSeqNb':
    case 'LglSeqNb':
      head.sequence ??= text
      break
    case 'FrToDt':
      head.openedOn ??= isoDay(textAt(element, 'FrDtTm') ?? '')
      current.periodEnd = isoDay(textAt(element, 'ToDtTm') ?? '')
      break
    case 'Acct':
      head.account = bare(textAt(element, 'Id/IBAN') ?? textAt(element, 'Id/Othr/Id') ?? '')
      head.currency ??= textAt(element, 'Ccy')
      break
    case 'Bal':
      readBalance(current, element, line, refuse)
      break
    default:
      name satisfies never
  }
}

/** Opening: OPBD, or the day before's closing (PRCD). Closing: CLBD. Interim balances of a page count only when there is no other. */
function readBalance({ head, end }: Reading, element: CamtElement, line: number, refuse: Refuse): void {
  const code = textAt(element, 'Tp/CdOrPrtry/Cd')
  const text = textAt(element, 'Amt') ?? ''
  const day = isoDay(textAt(element, 'Dt/Dt') ?? textAt(element, 'Dt/DtTm') ?? '')
  const isOpening = code === 'OPBD' || code === 'PRCD'
  if (!isOpening && code !== 'CLBD') return
  const amount = bankAmount(text) ?? refuse(line, `the balance "${text.slice(0, 40)}" is no amount`)
  const balance = textAt(element, 'CdtDbtInd') === 'DBIT' ? amount.neg() : amount
  head.currency ??= textAt(element, 'Amt/@Ccy')
  if (isOpening && (head.opening === undefined || code === 'OPBD')) {
    head.opening = balance
    // The closing of the day before is dated the day before: the statement itself begins later.
    if (code === 'OPBD') head.openedOn ??= day
  }
  if (code === 'CLBD') Object.assign(end, { closing: balance, closedOn: day })
}

function headOf({ head, line }: Reading, refuse: Refuse): StatementHead {
  if (!head.account) return refuse(line, 'the statement names no account (Acct/Id)')
  if (!head.currency || !/^[A-Z]{3}$/.test(head.currency)) return refuse(line, 'the statement names no currency (Acct/Ccy)')
  return {
    ...head,
    format: 'camt.053',
    place: head.place ?? `line ${line}`,
    account: head.account,
    currency: head.currency,
    number: head.number ?? '',
  }
}
