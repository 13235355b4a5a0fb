/** A central file: several debtors that are looked at, and written to, as one; in English. */
export const groupsEn = {
  help: 'a debtor’s central file: its debtors, what they owe together, and who gets the reminders',
  button: 'Central file',
  alone: (debtor: string) => `${debtor} stands in no central file.`,
  count: (debtors: number) => (debtors === 1 ? '1 debtor' : `${debtors} debtors`),
  inReporting: (currency: string) => `All in ${currency}`,
  leads: 'reminders go here',
  nobodyLeads: 'Who gets the reminders is chosen when the next one is planned.',
  more: (debtors: number) => `and ${debtors} more debtors`,
  choose: 'Who gets the reminders',
  chooseFor: (group: string) => `Who gets the reminders for ${group}?`,
  debtor: 'Debtor',
  chosen: (debtor: string) => `Reminders go to ${debtor} from now on.`,
}

export type GroupsWords = typeof groupsEn
