/** The morning list and the list of what waits, in English. */
export const dailyEn = {
  goodMorning: (name: string) => `Good morning ${name}`,
  since: (needs: number, handled: number, day: string) => `${needs} need you · ${handled} handled since ${day}`,
  held: 'Reminders that came while you were not to be disturbed',
  openSince: (time: string) => `open since ${time}`,
  today: (handled: number, needs: number) => `today ${handled} handled, ${needs} need you`,
  sorted: {
    oldest: 'waiting longest first',
    risk: 'most at risk first',
    amount: 'highest balance first',
    due: 'oldest due date first',
    invoices: 'most invoices first',
  },
  sort: { oldest: 'Waiting longest', risk: 'Most at risk', amount: 'Highest balance', due: 'Oldest due date', invoices: 'Most invoices' },
  onlyMailbox: (key: string) => `Only mailbox ${key}`,
  onlyPromise: 'Only overdue promises',
  only: {
    second: 'Only what wants your second vote',
    snoozed: 'Only what comes back today',
    dunning: 'Only reminders, calls and tasks',
    calls: 'Only calls',
    tasks: 'Only tasks',
  },
  /** What people may type in this language instead of the English word. */
  typed: {
    mine: 'my own',
    team: 'all everybody',
    oldest: 'longest',
    risk: 'value',
    amount: 'balance highest',
    due: 'today',
    invoices: 'most',
    promise: 'promises',
    second: 'votes',
    snoozed: 'back',
    dunning: 'dunning reminders',
    calls: 'call phone',
    tasks: 'task todo',
  },
  open: 'Open',
  unfiltered: 'Without filter',
  atRisk: (amount: string) => `${amount} at risk`,
  balance: (amount: string) => `${amount} open`,
  invoices: (count: number) => (count === 1 ? '1 open invoice' : `${count} open invoices`),
  dueSince: (day: string) => `due since ${day}`,
  next: (left: number) => `Next (${left} left)`,
  listDone: 'Nothing else waits in this list.',
  usage: (word: string) =>
    `“${word}” is nothing to choose by. Type: /actions [mine | team | @name] [oldest | risk | amount | due | invoices] [mailbox:<key>] [promise | dunning | calls | tasks]`,
}

export type DailyWords = typeof dailyEn
