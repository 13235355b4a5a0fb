import type { GroupsWords } from './en.ts'

/** A central file, in German. */
export const groupsDe: GroupsWords = {
  help: 'die Unternehmensgruppe eines Debitors: ihre Debitoren, was sie zusammen schulden und wer die Mahnungen erhält',
  button: 'Unternehmensgruppe',
  alone: (debtor: string) => `${debtor} gehört zu keiner Unternehmensgruppe.`,
  count: (debtors: number) => (debtors === 1 ? '1 Debitor' : `${debtors} Debitoren`),
  inReporting: (currency: string) => `Alles in ${currency}`,
  leads: 'Mahnungen gehen hierhin',
  nobodyLeads: 'Wer die Mahnungen erhält, wird bei der nächsten Mahnung bestimmt.',
  more: (debtors: number) => `und ${debtors} weitere Debitoren`,
  choose: 'Empfänger der Mahnungen',
  chooseFor: (group: string) => `Wer erhält die Mahnungen für ${group}?`,
  debtor: 'Debitor',
  chosen: (debtor: string) => `Mahnungen gehen ab jetzt an ${debtor}.`,
}
