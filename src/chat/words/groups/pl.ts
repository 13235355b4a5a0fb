import type { GroupsWords } from './en.ts'

/** A central file, in Polish. */
export const groupsPl: GroupsWords = {
  help: 'grupa dłużnika: kto do niej należy, ile razem zalegają i kto otrzymuje przypomnienia',
  button: 'Grupa dłużników',
  alone: (debtor: string) => `${debtor} nie należy do żadnej grupy.`,
  count: (debtors: number) => `Dłużnicy: ${debtors}`,
  inReporting: (currency: string) => `Razem w ${currency}`,
  leads: 'tu trafiają przypomnienia',
  nobodyLeads: 'Odbiorca przypomnień zostanie wybrany przy następnym przypomnieniu.',
  more: (debtors: number) => `i jeszcze dłużników: ${debtors}`,
  choose: 'Odbiorca przypomnień',
  chooseFor: (group: string) => `Kto otrzymuje przypomnienia za ${group}?`,
  debtor: 'Dłużnik',
  chosen: (debtor: string) => `Przypomnienia będą odtąd trafiać do: ${debtor}.`,
}
