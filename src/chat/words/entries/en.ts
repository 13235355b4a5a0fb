/** What colleagues enter about a debtor by themselves, in English. */
export const entriesEn = {
  helpPromise: 'register a promise to pay that you heard yourself',
  helpDispute: 'open a dispute that you heard of yourself',
  helpHold: 'hold reminders to a debtor until a day',
  helpEntries: 'what colleagues entered and waits for your second vote',
  kind: { promise: 'Promise to pay', dispute: 'Dispute', hold: 'Dunning hold' },
  save: { promise: 'Register the promise', dispute: 'Open the dispute', hold: 'Hold reminders' },
  said: 'What the debtor says',
  invoices: 'Invoices',
  open: (amount: string, items: number) => `${amount} open, in ${items === 1 ? '1 item' : `${items} items`}`,
  status: { awaiting_second: 'Needs a second vote', done: 'Done', withdrawn: 'Withdrawn', undone: 'Taken back' },
  entered: (name: string, time: string) => `Entered by ${name}, ${time}`,
  agreed: (name: string, time: string) => `Second vote by ${name}, ${time}`,
  withdrawn: (name: string, time: string) => `Withdrawn by ${name}, ${time}`,
  undone: (name: string, time: string) => `Taken back by ${name}, ${time}`,
  told: (people: string) => `It takes a second person. Told: ${people}. Nothing is done until one of them agrees.`,
  nobody: 'It takes a second person, and nobody else who sees this debtor may give the second vote. Ask a manager.',
  unknown: (numbers: string) => `Not an open invoice of this debtor: ${numbers}`,
  nothingOpen: 'Nothing is open that could be promised.',
  dayIsOver: 'Choose today or a day after it.',
  changed: 'It stands otherwise by now. Look at it again.',
  withdraw: 'Withdraw',
  undo: 'Take it back',
  waiting: 'Entered by colleagues',
  none: 'Nothing that a colleague entered waits for your second vote.',
}

export type EntryWords = typeof entriesEn
