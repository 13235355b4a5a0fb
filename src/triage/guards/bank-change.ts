import { foldText } from '../facts/fold-text.ts'
import type { MessageToRead, Quarantine, ReadingContext } from '../reading.ts'
import {
  announced,
  asksToConfirm,
  elsewherePaid,
  handedOn,
  instruction,
  isPressing,
  isRight,
  ofReader,
  own,
  proof,
  wasPaid,
  withoutWarnings,
} from './bank-words.ts'
import { type Account, countriesOf, findWrittenAccounts, legible } from './find-accounts.ts'

const maxLength = 100_000
const windowLength = 160

/** Bank details given, changed or asked to be confirmed by mail: they are never changed or confirmed that way. */
export function findBankChange(message: MessageToRead, context: Pick<ReadingContext, 'knownAccounts' | 'ownAccounts'>): Quarantine[] {
  const names = message.attachmentNames.slice(0, 50).map(name => name.slice(0, 300).replace(/[_.-]+/g, ' '))
  const words = legible([message.subject.slice(0, 1000), message.replyText.slice(0, maxLength), ...names].join('\n'))
  const folded = foldText(words)
  const accounts = findWrittenAccounts(words)
  const why = reasonIn(folded, accounts, context) ?? (announced.test(withoutWarnings(foldText(belowReply(message)))) ? told : undefined)
  return why ? [{ kind: 'bank_change', reason: why }] : []
}

const told = 'The mail speaks of new or changed bank details. Call a number on file before anything changes.'

function reasonIn(
  folded: string,
  accounts: Account[],
  { knownAccounts = [], ownAccounts = [] }: Pick<ReadingContext, 'knownAccounts' | 'ownAccounts'>,
): string | undefined {
  if (announced.test(withoutWarnings(folded))) return told
  if (asksToConfirm(folded)) return 'The mail asks to confirm bank details. They are never confirmed by mail.'
  if (handedOn.test(folded)) return 'The mail says that a claim now belongs to somebody else, who is to be paid. Call a number on file.'
  const elsewhere = countryBeside(
    accounts.filter(({ iban }) => !iban || !ownAccounts.includes(iban)),
    knownAccounts,
  )
  if (elsewhere) return `The mail names an account in ${elsewhere.now}; this debtor is known to pay from ${elsewhere.before}. Call a number on file.`
  if (accounts.some(account => saysWhereToPay(folded, account, ownAccounts)))
    return 'The mail says to which bank account to pay. Compare with the one on file before using it.'
  if (pointsElsewhere(folded)) return 'The mail says to use another account, or one that is not written in it. Call a number on file first.'
  return isPressing(folded) ? 'The mail presses for a transfer, in secret and without a call. Call a number on file first.' : undefined
}

/** The country of an account that is none of those that the debtor is known to pay from. */
function countryBeside(accounts: Account[], known: readonly string[]): { now: string; before: string } | undefined {
  const before = countriesOf(known)
  if (before.size === 0) return undefined
  const other = [...countriesOf(accounts.flatMap(({ iban }) => iban ?? []))].find(country => !before.has(country))
  return other ? { now: other.toUpperCase(), before: [...before].join(', ').toUpperCase() } : undefined
}

/** Whether the words around an account number say that money is to go there, or ask whether it is the right one. */
function saysWhereToPay(folded: string, { start, end, iban }: Account, ownAccounts: readonly string[]): boolean {
  const from = Math.max(folded.lastIndexOf('\n\n', start) + 1, start - windowLength)
  const close = folded.indexOf('\n\n', end)
  const before = folded.slice(from, start).replaceAll(proof, ' ')
  const after = folded.slice(end, Math.min(close === -1 ? folded.length : close, end + windowLength))
  const sentence = `${before.split(/[.!?](?=\s)/).at(-1) ?? ''} ${after.split(/[.!](?=\s|$)/)[0] ?? ''}`
  if (isRight.test(sentence)) return true
  if ((iban && ownAccounts.includes(iban)) || (ofReader.test(before.slice(-60)) && !instruction.test(after))) return false
  if (instruction.test(sentence)) return true
  if (wasPaid.test(sentence)) return false
  return own.test(sentence) || instruction.test(before) || /^[\s.]{0,3}[^.?!\n]{0,60}\?/.test(after)
}

function pointsElsewhere(folded: string): boolean {
  return [...folded.matchAll(elsewherePaid)].some(({ 0: found, index }) => {
    const before =
      folded
        .slice(Math.max(0, index - 80), index)
        .split(/[.!?;\n]/)
        .at(-1) ?? ''
    return !wasPaid.test(before + found)
  })
}

/** The signature and small print below a reply, up to what it quotes: where a new account is announced as well. */
function belowReply({ replyText, fullText }: MessageToRead): string {
  const last = replyText.trimEnd().split('\n').at(-1) ?? ''
  const at = last === '' ? 0 : fullText.indexOf(last)
  if (at === -1) return ''
  const below = legible(fullText.slice(at + last.length, at + last.length + mostBelow))
  return below.slice(0, quoteStarts.exec(below)?.index)
}
const mostBelow = 3000
/** Where a quoted mail may begin; what stands below it was written by somebody else, and often by us. */
const quoteStarts =
  /^[ \t]*(?:>|-{2,}[ \t]*\p{L}|_{8,}|(?:from|van|von|de|od|da|sent|verzonden|gesendet|envoy\p{L}+|wys\p{L}+)\s?:)|^.{0,120}(?:wrote|schreef|schrieb|[ée]crit|napisa\p{L}*|pisze|escribi\p{L}+|scritto)\s?:?\s*$/imu
