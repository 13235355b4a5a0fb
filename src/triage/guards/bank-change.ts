import { foldText } from '../facts/fold-text.ts'
import type { Quarantine } from '../quarantine.ts'
import type { MessageToRead, ReadingContext } from '../reading.ts'
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
  const found = changeIn(folded, accounts, context) ?? (announced.test(withoutWarnings(foldText(belowReply(message)))) ? newDetails : undefined)
  return found ? [found] : []
}

const newDetails: Quarantine = { kind: 'bank_change', code: 'new_details' }

function changeIn(
  folded: string,
  accounts: Account[],
  { knownAccounts = [], ownAccounts = [] }: Pick<ReadingContext, 'knownAccounts' | 'ownAccounts'>,
): Quarantine | undefined {
  if (announced.test(withoutWarnings(folded))) return newDetails
  if (asksToConfirm(folded)) return { kind: 'bank_change', code: 'asks_to_confirm' }
  if (handedOn.test(folded)) return { kind: 'bank_change', code: 'claim_handed_on' }
  const elsewhere = countryBeside(
    accounts.filter(({ iban }) => !iban || !ownAccounts.includes(iban)),
    knownAccounts,
  )
  if (elsewhere) return { kind: 'bank_change', code: 'other_country', ...elsewhere }
  if (accounts.some(account => saysWhereToPay(folded, account, ownAccounts))) return { kind: 'bank_change', code: 'where_to_pay' }
  if (pointsElsewhere(folded)) return { kind: 'bank_change', code: 'other_account' }
  return isPressing(folded) ? { kind: 'bank_change', code: 'presses' } : undefined
}

/** The country of an account that is none of those that the debtor is known to pay from. */
function countryBeside(accounts: Account[], known: readonly string[]): { now: string; before: string[] } | undefined {
  const before = countriesOf(known)
  if (before.size === 0) return undefined
  const other = [...countriesOf(accounts.flatMap(({ iban }) => iban ?? []))].find(country => !before.has(country))
  return other ? { now: other.toUpperCase(), before: [...before].map(country => country.toUpperCase()) } : undefined
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
