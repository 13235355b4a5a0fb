/** What is said about segments, in English. */
export const segmentsEn = {
  help: 'segments with their debtors, and what could be one',
  title: 'Segments',
  none: 'The settings have no segments yet.',
  debtors: (count: string) => `Debtors: ${count}`,
  counted: (count: string, leading: string) => `Debtors: ${count}, leading for ${leading}`,
  inNone: 'In no segment',
  showDebtors: 'Show its debtors',
  suggest: 'Suggest segments',
  suggested: 'Suggested segments',
  suggestedText: 'Press one to put it into the settings. There it can be changed and rolled back.',
  suggestedNone: 'Nothing is suggested: the ledger is empty, or the settings have these segments.',
  ofAll: (count: string, all: string) => `${count} of ${all} debtors`,
  accept: (title: string) => `Accept “${title}”`,
  confirm: (query: string) => `The settings get a new version with this segment: ${query}`,
  yes: 'Put into the settings',
  accepted: (title: string, version: string) => `“${title}” is in the settings, version ${version}.`,
  changed: 'The portfolio or the settings changed meanwhile; nothing was written.',
  because: {
    balance_share: (percent: string) => `they owe ${percent}% of the balance`,
    inside: (countries: string) => `in ${countries}`,
    outside: (countries: string) => `outside ${countries}`,
    legal_form: (forms: string) => `legal form ${forms}`,
    pays_late: 'late, or with broken promises or old items',
  },
}

export type SegmentWords = typeof segmentsEn
