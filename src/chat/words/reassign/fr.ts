import type { reassignEn } from './en.ts'

/** What is said of work that is moved to a colleague, in French. */
export const reassignFr: typeof reassignEn = {
  help: 'confier le travail d’une personne à une autre',
  usage:
    'Dites quel travail va à qui : /duncan reassign @jan to @eva, suivi d’une recherche pour certains débiteurs seulement : /duncan reassign @jan to @eva country:BE.',
  open: 'Confier ce travail à quelqu’un',
  title: (from, to) => `Confier le travail de ${from} à ${to}`,
  to: 'À',
  search: 'Seulement les débiteurs de cette recherche ; vide : tous',
  preview: 'Voir ce qui passerait',
  debtors: 'Débiteurs',
  proposals: 'Mails en attente de décision',
  tasks: 'Tâches ouvertes',
  follows: 'Relances, appels et autres écritures suivent leur débiteur. Un import ne change le gestionnaire que s’il en apporte un autre qu’avant.',
  unseen: (count, name) => `Débiteurs qui restent, car ${name} ne les voit pas : ${count}`,
  nothing: 'Il n’y a rien à confier.',
  move: 'Confier',
  changed: 'Ce n’est plus la même chose. Voici ce qui passerait maintenant.',
  moved: (from, to) => `Confié par ${from} à ${to}`,
  undo: 'Rendre',
  movedBack: (from, to) => `Rendu par ${from} à ${to}`,
  gone: 'Cela a déjà été rendu.',
  notThem: 'Choisissez deux personnes actives ; celle qui reçoit le travail peut décider des propositions.',
}
