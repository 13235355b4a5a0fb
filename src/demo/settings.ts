import type { Temporal } from 'temporal-polyfill'
import { demoCompany } from './company.ts'

const countries = ['NL', 'BE', 'DE', 'FR', 'GB', 'PL']

/**
 * What the demo company has set: its account, links to pay, a credit bureau, two ways to dun, and in which cells of the matrix each is proposed.
 * Everybody works on the day on which it starts: whoever looks at it on a Sunday sees the work of a day, too.
 */
export const demoSettings = (today: Temporal.PlainDate) => ({
  calendars: Object.fromEntries(countries.map(country => [country.toLowerCase(), { country, open: [today.toString()] }])),
  administrations: {
    [demoCompany.code]: {
      name: demoCompany.name,
      country: 'NL',
      language: 'nl',
      currency: 'EUR',
      timeZone: 'Europe/Amsterdam',
      iban: demoCompany.iban,
      postalAddress: `${demoCompany.street}\n${demoCompany.postcode} ${demoCompany.city}`,
    },
  },
  paymentLinks: {
    administrations: { [demoCompany.code]: {} },
    methods: { NL: ['ideal', 'creditcard', 'paypal'], BE: ['bancontact', 'creditcard'], PL: ['blik', 'przelewy24'] },
  },
  credit: { on: true },
  workflows: {
    standard: {
      title: 'Standard',
      minimumAmount: '25.00',
      steps: [
        { name: 'reminder', type: 'email', after: { days: 1 }, template: 'reminder_first' },
        { name: 'dunning', type: 'email', after: { days: 14 }, template: 'reminder_second' },
        { name: 'call', type: 'call', after: { days: 28 }, conditions: 'overdue:>1000' },
        { name: 'final_notice', type: 'letter', after: { days: 42 }, template: 'final_notice' },
        { name: 'collection', type: 'hand_over', after: { days: 60 } },
      ],
    },
    short: {
      title: 'Short: weak companies',
      steps: [
        { name: 'call', type: 'call', after: { days: 1 } },
        { name: 'dunning', type: 'email', after: { days: 14 }, template: 'reminder_second' },
        { name: 'second_call', type: 'call', after: { days: 18 } },
        { name: 'final_notice', type: 'letter', after: { days: 31 }, template: 'final_notice' },
        { name: 'collection', type: 'hand_over', after: { days: 45 } },
      ],
    },
  },
  assignment: { default: { workflow: 'standard' } },
  // From the first minute on: a demo that is started before dawn plans its day, too.
  dunning: { planAt: '00:00' },
  matrix: {
    cells: {
      weak: {
        small: { stance: 'reinforce', workflow: 'short' },
        medium: { stance: 'reduce', workflow: 'short' },
        large: { stance: 'stop', workflow: 'short' },
      },
    },
  },
})

/** Invented rates against the euro, as a file of reference rates, so that its British and Polish debtors are counted, too. */
export const demoRates = (today: Temporal.PlainDate): string => `Date,GBP,PLN\n${today.toString()},0.86,4.27\n`
