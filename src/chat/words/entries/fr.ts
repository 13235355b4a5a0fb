import type { EntryWords } from './en.ts'

/** What colleagues enter about a debtor by themselves, in French. */
export const entriesFr: EntryWords = {
  helpPromise: 'enregistrer une promesse de paiement entendue vous-même',
  helpDispute: 'ouvrir un litige dont vous avez entendu parler vous-même',
  helpHold: 'suspendre les relances d’un débiteur jusqu’à une date',
  helpEntries: 'ce que des collègues ont saisi et qui attend votre second vote',
  kind: { promise: 'Promesse de paiement', dispute: 'Litige', hold: 'Suspension des relances' },
  save: { promise: 'Enregistrer la promesse', dispute: 'Ouvrir le litige', hold: 'Suspendre les relances' },
  said: 'Ce que dit le débiteur',
  invoices: 'Factures',
  open: (amount: string, items: number) => `${amount} ouverts, en ${items === 1 ? '1 poste' : `${items} postes`}`,
  status: { awaiting_second: 'Attend un second vote', done: 'Fait', withdrawn: 'Retiré', undone: 'Repris' },
  entered: (name: string, time: string) => `Saisi par ${name}, ${time}`,
  agreed: (name: string, time: string) => `Second vote de ${name}, ${time}`,
  withdrawn: (name: string, time: string) => `Retiré par ${name}, ${time}`,
  undone: (name: string, time: string) => `Repris par ${name}, ${time}`,
  told: (people: string) => `Il faut une seconde personne. Prévenus : ${people}. Rien n’est fait avant l’accord de l’un d’eux.`,
  nobody: 'Il faut une seconde personne, et aucun autre collègue qui voit ce débiteur ne peut donner le second vote. Demandez à un manager.',
  unknown: (numbers: string) => `Pas une facture ouverte de ce débiteur : ${numbers}`,
  nothingOpen: 'Rien n’est ouvert qui puisse être promis.',
  dayIsOver: 'Choisissez aujourd’hui ou un jour suivant.',
  changed: 'La situation a changé entre-temps. Regardez à nouveau.',
  withdraw: 'Retirer',
  undo: 'Reprendre',
  waiting: 'Saisi par des collègues',
  none: 'Rien de ce qu’un collègue a saisi n’attend votre second vote.',
}
