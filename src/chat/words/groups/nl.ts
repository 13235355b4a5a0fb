import type { GroupsWords } from './en.ts'

/** A central file, in Dutch. */
export const groupsNl: GroupsWords = {
  help: 'het centrale dossier van een debiteur: wie erin staan, wat zij samen openhebben en wie de herinneringen krijgt',
  button: 'Centraal dossier',
  alone: (debtor: string) => `${debtor} staat in geen centraal dossier.`,
  count: (debtors: number) => (debtors === 1 ? '1 debiteur' : `${debtors} debiteuren`),
  inReporting: (currency: string) => `Alles in ${currency}`,
  leads: 'herinneringen gaan hierheen',
  nobodyLeads: 'Wie de herinneringen krijgt, wordt gekozen bij de eerstvolgende herinnering.',
  more: (debtors: number) => `en nog ${debtors} debiteuren`,
  choose: 'Wie krijgt de herinneringen',
  chooseFor: (group: string) => `Wie krijgt de herinneringen voor ${group}?`,
  debtor: 'Debiteur',
  chosen: (debtor: string) => `Herinneringen gaan voortaan naar ${debtor}.`,
}
