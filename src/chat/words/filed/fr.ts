import type { FiledWords } from './en.ts'

/** Mails that were filed without a card, in French. */
export const filedFr: FiledWords = {
  help: 'e-mails qui ne demandaient rien, classés sans carte',
  title: 'Classés sans question',
  none: "Rien n'a été classé sans question ces 7 derniers jours.",
  count: (count: number) => `${count} ces 7 derniers jours`,
  sample: (count: number) => `Classés sans question : ${count}. Quelques-uns à vérifier :`,
  reopen: 'À examiner',
  reopened: 'Sa carte vous attend maintenant.',
}
