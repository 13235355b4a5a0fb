/** `risk`: by what of the debtor's balance is thought to be at risk, the most first. */
const sorts = ['oldest', 'risk', 'amount', 'due', 'invoices'] as const
export type Sort = (typeof sorts)[number]
export const everySort: readonly Sort[] = sorts

/** Which of what waits somebody wants to see, and in what order. `whose`: `mine`, `team`, or a person's short name with its @. */
export type ListAsked = { whose: string; sort: Sort; mailbox?: string; promise: boolean; only?: Only }

const onlys = ['second', 'snoozed', 'dunning', 'calls', 'tasks'] as const
/**
 * `second`: what awaits this person's second vote; `snoozed`: what sleeps, and comes back today; `calls`, `tasks`: these alone; `dunning`: both
 * with the reminders and hand-overs that wait for a decision.
 */
export type Only = (typeof onlys)[number]

/** Reads `mine amount mailbox:debtors promise second`, the words in any order; `wrong` is the first that says nothing. */
export function readAsked(text: string): ListAsked | { wrong: string } {
  const asked: ListAsked = { whose: 'team', sort: 'oldest', promise: false }
  for (const word of text.split(' ').filter(Boolean)) {
    const low = word.toLowerCase()
    const [sort, only] = [sorts.find(name => name === low), onlys.find(name => name === low)]
    if (low === 'mine' || low === 'team' || /^@./.test(low)) asked.whose = low
    else if (sort) asked.sort = sort
    else if (only) asked.only = only
    else if (low === 'promise') asked.promise = true
    else if (/^mailbox:./.test(low)) asked.mailbox = word.slice('mailbox:'.length)
    else return { wrong: word }
  }
  return asked
}

/** The words that `readAsked` reads: what a button carries. */
export const writeAsked = ({ whose, sort, mailbox, promise, only }: ListAsked): string =>
  [whose, sort, ...(mailbox === undefined ? [] : [`mailbox:${mailbox}`]), ...(promise ? ['promise'] : []), ...(only ? [only] : [])].join(' ')
