/** How Duncan itself stands: mailboxes, imports, what it does alone. In English. */
export const stateEn = {
  helpMailboxes: 'whether the mailboxes that you see are read',
  helpImport: 'when the ledger was last imported',
  helpAutonomy: 'what Duncan does without asking',
  helpSettings: 'your language, quiet hours and morning list',
  mailboxes: 'Mailboxes',
  mailbox: 'Mailbox',
  status: 'State',
  lastRead: 'Last read',
  never: 'never',
  noMailboxes: 'There is no mailbox in your sight.',
  statuses: { starting: 'starting', ok: 'is read', failing: 'cannot be read', paused: 'paused', removed: 'not in the settings any more' } as Record<
    string,
    string
  >,
  sendingHeld: 'sending waits since a restore',
  imports: 'Ledger',
  administration: 'Administration',
  imported: 'Last import',
  age: 'Hours ago',
  noAdministrations: 'There is no administration in your sight.',
  autonomy: 'What Duncan does alone',
  asks: 'Duncan asks before every action. Nothing is sent, registered or changed at a debtor before somebody decides on its card.',
  protects:
    'One exception, which can be undone on the card: what protects a debtor is done at once, such as holding reminders on what is disputed or insolvent.',
  ceilings:
    'More is earned, one kind of action, intent and language at a time, from what people approve unchanged; a manager grants it. Nothing is granted now.',
}

export type StateWords = typeof stateEn
