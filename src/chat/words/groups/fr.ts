import type { GroupsWords } from './en.ts'

/** A central file, in French. */
export const groupsFr: GroupsWords = {
  help: 'le dossier groupe d’un débiteur : ses débiteurs, leur encours total et qui reçoit les relances',
  button: 'Dossier groupe',
  alone: (debtor: string) => `${debtor} ne fait partie d’aucun dossier groupe.`,
  count: (debtors: number) => (debtors === 1 ? '1 débiteur' : `${debtors} débiteurs`),
  inReporting: (currency: string) => `Total en ${currency}`,
  leads: 'reçoit les relances',
  nobodyLeads: 'Le destinataire des relances sera choisi lors de la prochaine relance.',
  more: (debtors: number) => `et ${debtors} autres débiteurs`,
  choose: 'Destinataire des relances',
  chooseFor: (group: string) => `Qui reçoit les relances pour ${group} ?`,
  debtor: 'Débiteur',
  chosen: (debtor: string) => `Les relances sont désormais envoyées à ${debtor}.`,
}
