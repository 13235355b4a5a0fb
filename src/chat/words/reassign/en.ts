/** What is said of work that is moved to a colleague, in English. */
export const reassignEn = {
  help: 'move the work of one colleague to another',
  usage:
    'Say whose work goes to whom: /duncan reassign @jan to @eva, with a search behind it for some debtors alone: /duncan reassign @jan to @eva country:BE.',
  open: 'Move this work to a colleague',
  title: (from: string, to: string) => `Move the work of ${from} to ${to}`,
  to: 'To',
  search: 'Only debtors that this search fits; empty: all',
  preview: 'Look what it would move',
  debtors: 'Debtors',
  proposals: 'Mails that wait for a decision',
  tasks: 'Open tasks',
  follows: 'Reminders, calls and other entries go with their debtor. An import changes a collector again only when it brings another one than before.',
  unseen: (count: number, name: string) => `Debtors that stay, as ${name} does not see them: ${count}`,
  nothing: 'There is nothing to move.',
  move: 'Move',
  changed: 'It is not the same any more. This is what would be moved now.',
  moved: (from: string, to: string) => `Moved from ${from} to ${to}`,
  undo: 'Move it back',
  movedBack: (from: string, to: string) => `Moved back from ${from} to ${to}`,
  gone: 'This was moved back already.',
  notThem: 'Choose two active colleagues; the one who gets the work may decide proposals.',
}
