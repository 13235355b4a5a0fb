const debtors = (count: number) => (count === 1 ? '1 debtor' : `${count} debtors`)

/** How credit risk is looked at: lists, the company's card, history, coverage and tips, in English. */
export const creditViewEn = {
  // the portfolio
  weighed: (value: string, open: string, count: number) => `${value} at risk of ${open} open, at ${debtors(count)}`,
  ofOpen: (value: string, open: string) => `${value} of ${open}`,
  insured: (amount: string) => `${amount} insured`,
  limitUsed: (percent: string) => `limit used ${percent}`,
  noLimit: 'no credit advised',
  unrated: 'not rated',
  wasRated: (before: string) => `was ${before} a week ago`,
  scoreMoved: (points: string) => `score ${points} in a week`,
  weights: (letters: string, facts: string) => `At risk is what is open and not insured, by its weight: ${letters}; ${facts}. The highest counts.`,
  weightNames: {
    unrated: 'not rated',
    judgment: 'judgment or privilege',
    longOverdue: 'overdue for 90 days',
    inactive: 'not active',
    insolvency: 'insolvency',
  },
  dataOf: (at: string) => `Bureau data of ${at}.`,
  onlyRating: (letter: string) => `Only ${letter}`,
  everyRating: 'Every rating',
  weekly: (administration: string) => `Risk of the week: ${administration}`,
  // one debtor
  bureauSays: (bureau: string, day: string) => `${bureau}, ${day ? `report of ${day}` : 'no report yet'}`,
  ledgerSays: (day: string) => `Your own ledger, ${day}`,
  weight: 'Weight of risk',
  since: (value: string, day: string) => `${value} (since ${day})`,
  moved: (value: string, points: string, day: string) => `${value} (${points} since ${day})`,
  industry: (days: string) => `its industry ${days}`,
  parentLower: 'The parent company stands lower than the debtor itself',
  aboveContract: 'Open order above the contract limit',
  orderAbove: (order: string, amount: string, limit: string) => `Order ${order}: ${amount}, advised per contract ${limit}`,
  available: 'Also at the bureau',
  sections: {
    financialStatements: 'annual accounts',
    localFinancialStatements: 'local accounts',
    directors: 'directors',
    shareCapitalStructure: 'shareholders',
    groupStructure: 'group',
    negativeInformation: 'court records',
    paymentData: 'payment data',
  },
  used: 'Advised limit used',
  tags: 'Tags',
  company: 'Company',
  // who the company is
  who: (company: string) => `Company: ${company}`,
  identity: {
    name: 'Legal name',
    tradeName: 'Trade name',
    registrationNumber: 'Registration number',
    vatNumber: 'VAT number',
    court: 'Court',
    legalForm: 'Legal form',
    founded: 'Founded',
    capital: 'Share capital',
    activity: 'Activity',
    telephone: 'Telephone',
    website: 'Website',
  },
  // history
  historyOf: (criterion: string, company: string) => `${criterion}: ${company}`,
  timesTold: (count: number, day: string) => `${count} values since ${day}`,
  pickCriterion: 'What moved',
  former: (bureau: string) => `Earlier, at ${bureau}; it counts for nothing today`,
  told: (text: string) => `told as “${text}”`,
  day: 'Day',
  value: 'Value',
  from: 'From',
  all: 'All criteria',
  // coverage and status
  statusTitle: 'Credit bureaus',
  state: {
    off: 'Off: nothing is asked. An administrator turns it on in the settings (credit.on).',
    no_login: 'On, but there is no login for the bureau.',
    refused: 'The bureau refuses the login; it is not tried again until it changes.',
    waiting: 'On; the first run is tonight at 23:00 in Brussels.',
    active: 'Connected.',
  },
  activeSince: (at: string) => `Connected since ${at}.`,
  watched: (monitored: number, inScope: number) => `${monitored} of ${inScope} debtors monitored.`,
  lastRun: 'Last run',
  reports: 'Reports ordered this year',
  reportsLeft: 'Reports left',
  quota: (country: string, left: string, paid: string) => `${country} ${left} of ${paid}`,
  coverage: 'Covered, of what is open',
  stages: { valid: 'Valid company number', identified: 'Company known', monitored: 'Monitored', fresh: 'Data of the last 24 hours' },
  share: (percent: string, amount: string, open: string) => `${percent} (${amount} of ${open})`,
  nothingOpen: 'Nothing is open.',
  byAdministration: 'Monitored, by administration',
  helpStatus: 'whether credit bureaus are connected, what the last run brought, how much of what is open is covered',
  helpCompany: 'who a debtor is, as the credit bureau knows it',
  helpTips: 'one tip about your own data as it is now',
  // tips
  tipTitle: 'Tip',
  nextTip: 'Another tip',
  showDebtors: 'Show them',
  noTip: 'Nothing stands out now: no tip.',
  rank: (place: number, of: number) => `${place} of ${of}`,
  tips: {
    insolvent: (count: number, open: string) =>
      `Reminders may still go to ${debtors(count)} with a reported insolvency (${open} open). Put a hold on them and file your claim.`,
    over_limit: (count: number, open: string) =>
      `More than the advised limit is used by ${debtors(count)} (${open} open). Ask for a prepayment, or decide on a limit of your own.`,
    falling_promiser: (count: number, open: string) =>
      `A promise was broken while the score fell: ${debtors(count)}, ${open} open. Call before the next reminder.`,
    bad_number: (count: number, open: string) => `Nobody watches ${debtors(count)} with ${open} open, because the company number is not valid. Correct it.`,
    no_number: (count: number, open: string) => `Nobody watches ${debtors(count)} with ${open} open, because country or company number is missing. Add it.`,
    ambiguous: (count: number, open: string) =>
      `Nobody watches ${debtors(count)} with ${open} open, because it is not clear which company it is. Choose the right one.`,
    bad_rating_undue: (count: number, open: string) =>
      `Rated D or E, with nothing overdue yet: ${debtors(count)}, ${open} open. Look at the terms while it is early.`,
    slower_elsewhere: (count: number, open: string) =>
      `Others are paid more than 20 days late, you still on time: ${debtors(count)}, ${open} open. You may be next.`,
    unreachable: (count: number, open: string) => `Overdue, and no contact that mail can be sent to: ${debtors(count)}, ${open} open. Add one.`,
    unapplied: (count: number, open: string) =>
      `Overdue, with payments that stand on no invoice yet: ${debtors(count)}, ${open} open. Allocate them before you remind.`,
    good_but_disputed: (count: number, open: string) =>
      `Rated A, and payment waits for the answer to a dispute: ${debtors(count)}, ${open} open. Answer it: the money is there.`,
  },
  // help
  helpTopic: 'Credit risk: how it works',
  helpLines: [
    'Every night at 23:00 Duncan asks the credit bureau what changed about the debtors with open items. Paid reports are ordered only where something happened.',
    'Insolvencies, judgments and privileges stand on a card at once, the rest on the card of the night. Nothing changes by itself: an option on a card asks for a decision first.',
    'A debtor is found by the company number of its country. Without a valid one it is not monitored, and listed with the reason.',
    'Off, nothing is asked and nothing is paid. Reminders go on as before, on or off.',
  ],
}

export type CreditViewWords = typeof creditViewEn
