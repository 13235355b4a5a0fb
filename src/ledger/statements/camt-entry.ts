import { Prisma } from '#platform'
import { type BankLine, bankAmount, bare, isoDay, meaningful, oneLine } from './bank-line.ts'
import { type CamtElement, elementAt, elementsAt, textAt } from './camt-element.ts'

const isTrue = (text: string | undefined): boolean => text === 'true' || text === '1'

/** What makes a line of an entry unreadable; the reader adds the file and the line. */
export class UnreadableLine extends Error {}

// ISO 20022 external codes, sub-families "reversal due to ...": unpaid or refunded direct debits, returned or recalled transfers. Not
// every bank sets RvslInd on them.
const returns = new Set(['UPDD', 'PRDD', 'RCDD', 'RRTN', 'RPCR'])
const isReturn = (element: CamtElement | undefined): boolean => returns.has(textAt(element, 'BkTxCd/Domn/Fmly/SubFmlyCd') ?? '')

type EntryAmount = { amount: Prisma.Decimal; direction: BankLine['direction'] }

/**
 * The booked lines of one camt.053 entry (versions .02 to .08 and later): one for each of its payments when their amounts add up to
 * the entry's, else one for the whole. None for an entry that is only pending or informational.
 */
export function readEntry(entry: CamtElement, account: { currency: string; place: string }): BankLine[] {
  const status = textAt(entry, 'Sts/Cd') ?? textAt(entry, 'Sts')
  if (status !== undefined && status !== 'BOOK') return []
  const whole = amountOf(entry, account.currency)
  if (!whole) throw new UnreadableLine(`an entry (Ntry) without an amount (Amt) in ${account.currency}`)
  const bookedOn = isoDay(dayAt(entry, 'BookgDt') ?? dayAt(entry, 'ValDt') ?? '')
  if (bookedOn === undefined) throw new UnreadableLine('an entry (Ntry) without a booking date (BookgDt)')
  const shared = { place: account.place, bookedOn, isReversal: isTrue(textAt(entry, 'RvslInd')) || isReturn(entry) }
  const reference = meaningful(textAt(entry, 'AcctSvcrRef'))
  const details = elementsAt(entry, 'NtryDtls').flatMap(each => (typeof each === 'object' ? elementsAt(each, 'TxDtls') : []))
  const payments = details.flatMap(each => (typeof each === 'object' ? [each] : []))

  const [only] = payments
  if (payments.length <= 1) return [{ ...shared, ...whole, ...lineDetails(entry, only, whole.direction, account.currency), ...named(reference, only) }]
  const amounts = payments.map(payment => amountOf(payment, account.currency, whole.direction))
  const total = amounts.reduce((sum, each) => (each ? sum.add(signed(each)) : sum), new Prisma.Decimal(0))
  if (!amounts.every(each => each !== undefined) || !total.eq(signed(whole))) {
    const text = oneLine(payments.map(payment => lineDetails(entry, payment, whole.direction, account.currency).text).join(' '))
    return [{ ...shared, ...whole, text, ...(reference !== undefined && { bankReference: reference }) }]
  }
  return payments.map((payment, index) => ({
    ...shared,
    ...(amounts[index] ?? whole),
    ...lineDetails(entry, payment, (amounts[index] ?? whole).direction, account.currency),
    // The bank's reference is the batch's: its payments are told apart by their place in it.
    ...named(reference === undefined ? undefined : `${reference}/${index + 1}`, payment),
  }))
}

const signed = ({ amount, direction }: EntryAmount): Prisma.Decimal => (direction === 'in' ? amount : amount.neg())

const dayAt = (element: CamtElement, name: string): string | undefined => textAt(element, `${name}/Dt`) ?? textAt(element, `${name}/DtTm`)

function amountOf(element: CamtElement, currency: string, fallback?: BankLine['direction']): EntryAmount | undefined {
  const mark = textAt(element, 'CdtDbtInd')
  const direction = mark === 'CRDT' ? 'in' : mark === 'DBIT' ? 'out' : fallback
  const found = ['Amt', 'AmtDtls/TxAmt/Amt'].map(path => ({ text: textAt(element, path), currency: textAt(element, `${path}/@Ccy`) }))
  // A payment's own amount may be in the payer's currency: only one in the account's can be added up.
  const own = found.find(each => each.text !== undefined && (each.currency ?? currency) === currency)
  const amount = own?.text === undefined ? undefined : bankAmount(own.text)
  return amount && direction ? { amount, direction } : undefined
}

/** The bank's reference of a payment: its own, else the entry's. */
function named(entryReference: string | undefined, payment: CamtElement | undefined): { bankReference?: string } {
  const bankReference = meaningful(textAt(payment, 'Refs/AcctSvcrRef')) ?? entryReference
  return bankReference === undefined ? {} : { bankReference }
}

function lineDetails(entry: CamtElement, payment: CamtElement | undefined, direction: BankLine['direction'], currency: string) {
  // Who paid is the debtor of money that comes in and the creditor of money that goes out; .08 put a Pty between.
  const side = direction === 'in' ? 'Dbtr' : 'Cdtr'
  const parties = asElement(elementAt(payment, 'RltdPties'))
  const payerName =
    textAt(parties, `${side}/Pty/Nm`) ?? textAt(parties, `${side}/Nm`) ?? textAt(parties, `Ultmt${side}/Pty/Nm`) ?? textAt(parties, `Ultmt${side}/Nm`)
  const account = textAt(parties, `${side}Acct/Id/IBAN`) ?? textAt(parties, `${side}Acct/Id/Othr/Id`)
  const endToEndId = meaningful(textAt(payment, 'Refs/EndToEndId'))
  const { text, reference } = remittance(asElement(elementAt(payment, 'RmtInf')))
  const charges = chargesOf(payment, currency) ?? chargesOf(entry, currency)
  return {
    text: text || oneLine(textAt(payment, 'AddtlTxInf') ?? textAt(entry, 'AddtlNtryInf') ?? ''),
    ...(payerName !== undefined && { payerName: oneLine(payerName) }),
    ...(account !== undefined && { payerIban: bare(account) }),
    ...(reference !== undefined && { structuredReference: reference }),
    ...(endToEndId !== undefined && { endToEndId }),
    ...(charges !== undefined && { charges }),
    // A direct debit that came back, or a transfer of ours that did.
    ...((elementAt(payment, 'RtrInf') !== undefined || isReturn(payment)) && { isReversal: true }),
  }
}

/** What the payer wrote: free text and document numbers as text, the creditor's reference (SCOR, QRR, OGM) by itself. */
function remittance(info: CamtElement | undefined): { text: string; reference: string | undefined } {
  const structured = elementsAt(info, 'Strd').flatMap(each => (typeof each === 'object' ? [each] : []))
  const reference = structured.map(each => textAt(each, 'CdtrRefInf/Ref')).find(each => each !== undefined)
  const words = [
    ...elementsAt(info, 'Ustrd').map(each => (typeof each === 'string' ? each : textAt(each, '#text'))),
    ...structured.flatMap(each => [
      ...elementsAt(each, 'RfrdDocInf').map(document => (typeof document === 'object' ? textAt(document, 'Nb') : undefined)),
      ...elementsAt(each, 'AddtlRmtInf').map(line => (typeof line === 'string' ? line : undefined)),
    ]),
  ]
  const key = reference === undefined ? undefined : bare(reference)
  return { text: oneLine(words.filter(Boolean).join(' ')), reference: key === '' ? undefined : key }
}

function chargesOf(element: CamtElement | undefined, currency: string): Prisma.Decimal | undefined {
  const charges = asElement(elementAt(element, 'Chrgs'))
  if (!charges) return undefined
  const total = inCurrency(charges, 'TtlChrgsAndTaxAmt', currency)
  if (total) return total
  const parts = elementsAt(charges, 'Rcrd').flatMap(each => (typeof each === 'object' ? [inCurrency(each, 'Amt', currency)] : []))
  const known = parts.flatMap(each => each ?? [])
  return known.length === 0 ? inCurrency(charges, 'Amt', currency) : known.reduce((sum, each) => sum.add(each), new Prisma.Decimal(0))
}

function inCurrency(element: CamtElement, name: string, currency: string): Prisma.Decimal | undefined {
  const text = textAt(element, name)
  return text !== undefined && (textAt(element, `${name}/@Ccy`) ?? currency) === currency ? bankAmount(text) : undefined
}

const asElement = (found: CamtElement | string | undefined): CamtElement | undefined => (typeof found === 'object' ? found : undefined)
