/** A text that asks a private person for money. Amounts are decimal strings, days ISO; `costs`: what it names beside the debts. */
export type ConsumerNotice = {
  country: string
  charges: 'none' | 'announce' | 'claim'
  creditor: { name: string; companyNumber: string | null }
  /** Those of which nothing was written before; `isCharged`: the text tells what delay of it costs. */
  first: readonly { number: string; due: string; open: string; isCharged: boolean }[]
  /** Of the first ones, by currency. */
  balance: readonly string[]
  costs: readonly string[]
}

/** What a text says, however days and amounts are written in its language. */
export type TextSays = { words: string; day: (iso: string) => boolean; amount: (amount: string) => boolean }

export type MissingField = 'creditor_name' | 'creditor_number' | 'origin' | 'due_day' | 'balance' | 'damages' | 'term' | 'delivery' | 'free_of_charge'

const term =
  /(?<![\d.,-])14\)? (?:kalender|calendar |volle )?(?:dagen|days|tagen?\b|jours|dni\b)|veertien(?: \(14\))? (?:kalender)?dagen|quatorze(?: \(14\))? jours|vierzehn(?: \(14\))? (?:kalender)?tage|fourteen(?: \(14\))? (?:calendar )?days|czterna\S+(?: \(14\))? dni/i
/** The day after the notice was delivered, in any of five languages. */
const afterDelivery =
  /dag na(?:dat)? [^.]{0,60}?(?:bezorg|ontv[ai]ng|ontving)|lendemain [^.]{0,60}?(?:remis|réception|reçu|distribu)|tag(?:,)? nach(?:dem)? [^.]{0,60}?(?:zustellung|zugestellt|zugang|erhalt)|day after [^.]{0,60}?(?:deliver|recei)|dnia następującego po [^.]{0,60}?(?:doręcz|otrzyman)/i
/** A term that counts from elsewhere may be too short, and then no costs are due: what it counts from stands in the sentence that names it. */
const isFromDelivery = (words: string): boolean => words.split(/[.!?](?=\s|$)|\n\s*\n/).some(sentence => term.test(sentence) && afterDelivery.test(sentence))

/**
 * What the law wants said and this text does not say; empty when it may leave. Nobody is charged by a first reminder.
 *
 * Belgium, Code of Economic Law, art. XIX.2: the first reminder names the creditor with its number, where the debt comes from and when it was
 * due, the balance, the damages and the term. Netherlands, art. 6:96 BW, paragraph 6: the notice names the exact costs and fourteen days from the day
 * after its delivery.
 */
export function missingForConsumer(notice: ConsumerNotice, says: TextSays): MissingField[] {
  const { country, charges, creditor, first, balance, costs } = notice
  const isFirst = first.length > 0
  const has = (text: string | null) => text !== null && text !== '' && folded(says.words).includes(folded(text))
  const wanted: [MissingField, boolean][] = []
  if (isFirst) wanted.push(['free_of_charge', charges !== 'claim' || first.every(({ isCharged }) => !isCharged)])
  if (country === 'BE' && isFirst)
    wanted.push(
      ['creditor_name', has(creditor.name)],
      ['creditor_number', has(creditor.companyNumber)],
      ['origin', first.every(({ number }) => has(number))],
      ['due_day', first.every(({ due }) => says.day(due))],
      ['balance', balance.every(says.amount) || first.every(({ open }) => says.amount(open))],
    )
  if ((country === 'BE' && isFirst) || (country === 'NL' && charges === 'announce'))
    wanted.push(['damages', costs.every(says.amount)], ['term', term.test(says.words)])
  if (country === 'NL' && charges === 'announce') wanted.push(['damages', costs.length > 0], ['delivery', isFromDelivery(says.words)])
  return [...new Set(wanted.filter(([, isThere]) => !isThere).map(([field]) => field))]
}

/** Letters and digits alone: numbers are written with and without their dots. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
