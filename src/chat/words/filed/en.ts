/** Mails that were filed without a card, in English. */
export const filedEn = {
  help: 'mails that asked nothing and were filed without a card',
  title: 'Filed without asking',
  none: 'Nothing was filed without asking in the last 7 days.',
  count: (count: number) => `${count} in the last 7 days`,
  sample: (count: number) => `Filed without asking: ${count}. Some of them, to check:`,
  reopen: 'Look at it',
  reopened: 'Its card waits now, for you.',
}

export type FiledWords = typeof filedEn
