import type { SegmentWords } from './en.ts'

/** What is said about segments, in French. */
export const segmentsFr: SegmentWords = {
  help: 'les segments avec leurs débiteurs, et ceux qui seraient possibles',
  title: 'Segments du portefeuille',
  none: 'Les paramètres n’ont pas encore de segments.',
  debtors: count => `Débiteurs : ${count}`,
  counted: (count, leading) => `Débiteurs : ${count}, segment principal de ${leading}`,
  inNone: 'Dans aucun segment',
  showDebtors: 'Voir ses débiteurs',
  suggest: 'Proposer des segments',
  suggested: 'Segments proposés',
  suggestedText: 'Appuyez sur l’un d’eux pour l’ajouter aux paramètres. Il peut y être modifié et annulé.',
  suggestedNone: 'Rien à proposer : le grand livre est vide, ou les paramètres ont déjà ces segments.',
  ofAll: (count, all) => `${count} débiteurs sur ${all}`,
  accept: title => `Accepter « ${title} »`,
  confirm: query => `Les paramètres reçoivent une nouvelle version avec ce segment : ${query}`,
  yes: 'Ajouter aux paramètres',
  accepted: (title, version) => `« ${title} » est dans les paramètres, version ${version}.`,
  changed: 'Le portefeuille ou les paramètres ont changé entre-temps ; rien n’a été écrit.',
  because: {
    balance_share: percent => `ils doivent ${percent} % du solde`,
    inside: countries => `en ${countries}`,
    outside: countries => `hors de ${countries}`,
    legal_form: forms => `forme juridique ${forms}`,
    pays_late: 'en retard, promesses non tenues ou postes anciens',
  },
}
