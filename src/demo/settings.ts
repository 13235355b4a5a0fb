import type { Temporal } from 'temporal-polyfill'

/** What the demo company has set: a credit bureau, two ways to dun, and in which cells of the matrix each is proposed. */
export const demoSettings = {
  credit: { on: true },
  workflows: {
    standard: {
      title: 'Standard',
      minimumAmount: '25.00',
      steps: [
        { name: 'reminder', type: 'email', after: { days: 5 }, template: 'first_reminder' },
        { name: 'call', type: 'call', after: { days: 14 }, conditions: 'overdue:>1000' },
        { name: 'final_notice', type: 'letter', after: { days: 45 }, template: 'final_notice' },
      ],
    },
    short: {
      title: 'Short: weak companies',
      steps: [
        { name: 'call', type: 'call', after: { days: 2 } },
        { name: 'final_notice', type: 'letter', after: { days: 15 }, template: 'final_notice' },
        { name: 'hand_over', type: 'hand_over', after: { days: 30 } },
      ],
    },
  },
  matrix: {
    cells: {
      weak: {
        small: { stance: 'reinforce', workflow: 'short' },
        medium: { stance: 'reduce', workflow: 'short' },
        large: { stance: 'stop', workflow: 'short' },
      },
    },
  },
}

/** Invented rates against the euro, as a file of reference rates, so that its British and Polish debtors are counted, too. */
export const demoRates = (today: Temporal.PlainDate): string => `Date,GBP,PLN\n${today.toString()},0.86,4.27\n`
