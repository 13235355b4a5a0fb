/** A text that asks a private person for money. Amounts are decimal strings, days ISO; `costs`: what it names beside the debts. */
export type ConsumerNotice = {
  country: string
  charges: 'none' | 'announce' | 'claim'
  /** Nothing was written about one of the debts before. */
  isFirst: boolean
  creditor: { name: string; companyNumber: string | null }
  debts: readonly { number: string; due: string }[]
  balance: readonly string[]
  costs: readonly string[]
}

/** What a text says, however days and amounts are written in its language. */
export type TextSays = { words: string; day: (iso: string) => boolean; amount: (amount: string) => boolean }

export type MissingField = 'creditor_name' | 'creditor_number' | 'origin' | 'due_day' | 'balance' | 'damages' | 'term' | 'delivery' | 'free_of_charge'

const fourteen = /(?<!\d)14(?!\d)|veertien|quatorze|vierzehn|fourteen|czterna/i
/** From the day after the notice was delivered, in any of five languages: a term that counts from elsewhere may be too short, and then no costs are due. */
const afterDelivery = /dag nadat|dag na (?:de )?(?:bezorging|ontvangst)|lendemain|tag nach (?:der )?zustellung|tag, nachdem|day after|dnia następującego po/i

/**
 * What the law wants said and this text does not say; empty when it may leave. Nobody is charged by a first reminder.
 *
 * Belgium, Code of Economic Law, art. XIX.2: the first reminder names the creditor with its number, where the debt comes from and when it was
 * due, the balance, the damages and the term. Netherlands, art. 6:96 BW, paragraph 6: the notice names the exact costs and fourteen days from the day
 * after its delivery.
 */
export function missingForConsumer(notice: ConsumerNotice, says: TextSays): MissingField[] {
  const { country, charges, isFirst, creditor, debts, balance, costs } = notice
  const has = (text: string | null) => text !== null && text !== '' && folded(says.words).includes(folded(text))
  const wanted: [MissingField, boolean][] = []
  if (isFirst) wanted.push(['free_of_charge', charges !== 'claim'])
  if (country === 'BE' && isFirst)
    wanted.push(
      ['creditor_name', has(creditor.name)],
      ['creditor_number', has(creditor.companyNumber)],
      ['origin', debts.every(({ number }) => has(number))],
      ['due_day', debts.every(({ due }) => says.day(due))],
      ['balance', balance.every(says.amount)],
    )
  if ((country === 'BE' && isFirst) || (country === 'NL' && charges === 'announce'))
    wanted.push(['damages', costs.every(says.amount)], ['term', fourteen.test(says.words)])
  if (country === 'NL' && charges === 'announce') wanted.push(['damages', costs.length > 0], ['delivery', afterDelivery.test(says.words)])
  return [...new Set(wanted.filter(([, isThere]) => !isThere).map(([field]) => field))]
}

/** Letters and digits alone: numbers are written with and without their dots. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
