import type { CallWords } from './en.ts'

/** Les appels que demandent les scénarios, en français. */
export const callsFr: CallWords = {
  line: (debtor: string) => `Appel · ${debtor}`,
  late: (days: number) => (days === 0 ? 'à échéance aujourd’hui' : days === 1 ? '1 jour de retard' : `${days} jours de retard`),
  tried: (times: number) => (times === 1 ? 'Appelé une fois, sans réponse.' : `Appelé ${times} fois, sans réponse.`),
  why: (step: string, workflow: string, version: string, since: string, days: string) =>
    `Pourquoi maintenant : l’étape « ${step} » du scénario « ${workflow} » (paramètres ${version}) est arrivée le ${since} ; le poste le plus ancien a ${days} jours de retard.`,
  phone: 'Téléphone',
  noPhone: 'Aucun numéro dans la comptabilité',
  toAsk: 'À demander',
  nothingOpen: 'Plus rien n’est ouvert pour cet appel. Il quitte la liste de lui-même.',
  reached: 'Joint',
  noAnswer: (day: string) => `Sans réponse → ${day}`,
  skip: 'Sauter cet appel',
  note: 'Écrire une note',
  outcome: 'Résultat',
  outcomes: { promise: 'Promesse de paiement', dispute: 'Litige', paid: 'Dit avoir payé', reached: 'Joint, rien d’autre' },
  amount: (currency: string) => `Montant promis ou contesté (${currency}), vide : la totalité`,
  disputeReason: 'En cas de litige : à quel sujet',
  said: 'Ce qui a été dit',
  formHint: 'Remplissez ce qui correspond au résultat. Ce qui a été dit est gardé comme note, ou avec le litige.',
  skipReasons: {
    in_contact: 'Nous sommes déjà en contact',
    no_number: 'Aucun numéro à appeler',
    not_useful: 'Un appel ne servirait à rien',
    other: 'Autre raison',
  },
  skipHint: 'Le scénario continue avec l’étape suivante.',
  amountOfOne: 'Un montant concerne un seul débiteur : indiquez les factures d’un seul, ou laissez le montant vide.',
  over: 'Cet appel n’attend plus.',
  wasDone: (debtor: string) => `Noté : ${debtor} a été appelé. Le scénario continue.`,
  wasMoved: (debtor: string, day: string) => `Personne n’a répondu chez ${debtor} : à rappeler le ${day}.`,
  wasSkipped: (debtor: string) => `Sauté : ${debtor} ne sera pas appelé. Le scénario continue.`,
  takeBack: 'Reprendre',
  tooLate: 'Cela ne peut plus être repris : la journée est passée, ou le parcours a continué.',
  wasTakenBack: (debtor: string) => `Repris : ${debtor} est de nouveau à appeler. Ce qui a été noté reste.`,
}
