/** What is at risk, in English. */
export const riskEn = {
  help: 'what is at risk: of one debtor, of your accounts, or of the whole portfolio',
  title: 'Risk of the portfolio',
  ownTitle: 'Risk of your accounts',
  summary: (value: string, debtors: number) => `${value} at risk at ${debtors === 1 ? '1 debtor' : `${debtors} debtors`}`,
  none: 'Nothing is overdue and no grave matter runs: nothing is at risk.',
  overdueShare: 'Overdue share',
  share: (overdue: string, balance: string, percent: string) => `${percent} (${overdue} of ${balance})`,
  over90: 'Overdue for more than 90 days',
  meaning: 'At risk is what is overdue, and everything that is open where an insolvency or a legal matter runs.',
  noBureau: 'No credit bureau is connected: ratings and credit limits are not known.',
  debtorTitle: (name: string) => `Risk of ${name}`,
  atRisk: 'At risk',
  oldest: 'Oldest overdue item',
  days: (count: number) => `${count} days late`,
  pays: 'How it pays',
  broken: (count: number) => (count === 1 ? '1 broken promise' : `${count} broken promises`),
  disputes: (count: number) => (count === 1 ? '1 dispute' : `${count} disputes`),
  grave: 'insolvency or legal matter',
  signs: 'Signs',
  noSigns: 'none',
  rating: 'Rating and limit',
  mine: 'Only my accounts',
  all: 'Whole portfolio',
  back: 'All that is at risk',
}

export type RiskWords = typeof riskEn
