import type { CreditViewWords } from './en.ts'

const debtors = (count: number) => (count === 1 ? '1 débiteur' : `${count} débiteurs`)

/** How credit risk is looked at: lists, the company's card, history, coverage and tips, in French. */
export const creditViewFr: CreditViewWords = {
  // the portfolio
  weighed: (value: string, open: string, count: number) => `${value} en risque sur ${open} d’encours, chez ${debtors(count)}`,
  ofOpen: (value: string, open: string) => `${value} sur ${open}`,
  insured: (amount: string) => `${amount} assurés`,
  limitUsed: (percent: string) => `limite utilisée à ${percent}`,
  noLimit: 'aucun crédit conseillé',
  unrated: 'non noté',
  wasRated: (before: string) => `${before} il y a une semaine`,
  scoreMoved: (points: string) => `score ${points} en une semaine`,
  weights: (letters: string, facts: string) => `Est en risque l’encours non assuré, selon son poids : ${letters} ; ${facts}. Le plus élevé compte.`,
  weightNames: {
    unrated: 'non noté',
    judgment: 'jugement ou privilège',
    longOverdue: 'échu depuis 90 jours',
    inactive: 'inactif',
    insolvency: 'insolvabilité',
  },
  dataOf: (at: string) => `Données de l’agence du ${at}.`,
  onlyRating: (letter: string) => `Seulement ${letter}`,
  everyRating: 'Toutes les notes',
  weekly: (administration: string) => `Risque de la semaine : ${administration}`,
  // one debtor
  bureauSays: (bureau: string, day: string) => `${bureau}, ${day ? `rapport du ${day}` : 'pas encore de rapport'}`,
  ledgerSays: (day: string) => `Votre comptabilité, ${day}`,
  weight: 'Poids du risque',
  since: (value: string, day: string) => `${value} (depuis le ${day})`,
  moved: (value: string, points: string, day: string) => `${value} (${points} depuis le ${day})`,
  industry: (days: string) => `dans son secteur ${days}`,
  parentLower: 'La société mère est moins bien notée que le débiteur lui-même',
  aboveContract: 'Commande ouverte au-dessus de la limite par contrat',
  orderAbove: (order: string, amount: string, limit: string) => `Commande ${order} : ${amount}, conseillé par contrat ${limit}`,
  available: 'Aussi auprès de l’agence',
  sections: {
    financialStatements: 'comptes annuels',
    localFinancialStatements: 'comptes locaux',
    directors: 'dirigeants',
    shareCapitalStructure: 'actionnaires',
    groupStructure: 'groupe',
    negativeInformation: 'données judiciaires',
    paymentData: 'données de paiement',
  },
  used: 'Limite conseillée utilisée',
  tags: 'Étiquettes',
  company: 'Entreprise',
  // who the company is
  who: (company: string) => `Entreprise : ${company}`,
  identity: {
    name: 'Dénomination',
    tradeName: 'Nom commercial',
    registrationNumber: 'Numéro d’immatriculation',
    vatNumber: 'Numéro de TVA',
    court: 'Tribunal',
    legalForm: 'Forme juridique',
    founded: 'Création',
    capital: 'Capital social',
    activity: 'Activité',
    telephone: 'Téléphone',
    website: 'Site web',
  },
  // history
  historyOf: (criterion: string, company: string) => `${criterion} : ${company}`,
  timesTold: (count: number, day: string) => `${count} valeurs depuis le ${day}`,
  pickCriterion: 'Ce qui a bougé',
  former: (bureau: string) => `Auparavant, chez ${bureau} ; ne compte plus aujourd’hui`,
  told: (text: string) => `communiqué comme « ${text} »`,
  day: 'Jour',
  value: 'Valeur',
  from: 'Origine',
  all: 'Tous les critères',
  // coverage and status
  statusTitle: 'Agences de crédit',
  state: {
    off: 'Arrêté : rien n’est demandé. Un administrateur l’active dans les réglages (credit.on).',
    no_login: 'Activé, mais sans identifiants pour l’agence.',
    refused: 'L’agence refuse les identifiants ; ils ne sont plus essayés tant qu’ils ne changent pas.',
    waiting: 'Activé ; le premier passage est ce soir à 23 h à Bruxelles.',
    active: 'Connecté.',
  },
  activeSince: (at: string) => `Connecté depuis le ${at}.`,
  watched: (monitored, inScope) => `${monitored} débiteurs surveillés sur ${inScope}.`,
  lastRun: 'Dernier passage',
  reports: 'Rapports commandés cette année',
  reportsLeft: 'Rapports restants',
  quota: (country, left, paid) => `${country} ${left} sur ${paid}`,
  coverage: 'Couvert, sur l’encours',
  stages: { valid: 'Numéro d’entreprise valable', identified: 'Entreprise identifiée', monitored: 'Surveillé', fresh: 'Données des dernières 24 heures' },
  share: (percent: string, amount: string, open: string) => `${percent} (${amount} sur ${open})`,
  nothingOpen: 'Rien n’est ouvert.',
  byAdministration: 'Surveillé, par dossier',
  helpStatus: 'si des agences de crédit sont connectées, ce que le dernier passage a apporté, quelle part de l’encours est couverte',
  helpCompany: 'qui est un débiteur, tel que l’agence de crédit le connaît',
  helpTips: 'un conseil sur vos propres données du moment',
  // tips
  tipTitle: 'Conseil',
  nextTip: 'Autre conseil',
  showDebtors: 'Les afficher',
  noTip: 'Rien ne ressort pour l’instant : pas de conseil.',
  rank: (place: number, of: number) => `${place} sur ${of}`,
  tips: {
    insolvent: (count: number, open: string) =>
      `Des relances peuvent encore partir vers ${debtors(count)} en insolvabilité déclarée (${open} d’encours). Suspendez-les et déclarez votre créance.`,
    over_limit: (count: number, open: string) =>
      `Au-delà de la limite conseillée : ${debtors(count)} (${open} d’encours). Demandez un acompte ou fixez votre propre limite.`,
    falling_promiser: (count: number, open: string) =>
      `Promesse non tenue pendant que le score baissait : ${debtors(count)}, ${open} d’encours. Appelez avant la prochaine relance.`,
    bad_number: (count: number, open: string) =>
      `Personne ne surveille ${debtors(count)} avec ${open} d’encours, car le numéro d’entreprise n’est pas valable. Corrigez-le.`,
    no_number: (count: number, open: string) =>
      `Personne ne surveille ${debtors(count)} avec ${open} d’encours, car le pays ou le numéro d’entreprise manque. Ajoutez-le.`,
    ambiguous: (count: number, open: string) =>
      `Personne ne surveille ${debtors(count)} avec ${open} d’encours, car on ne sait pas de quelle entreprise il s’agit. Choisissez la bonne.`,
    bad_rating_undue: (count: number, open: string) =>
      `Note D ou E et rien d’échu pour l’instant : ${debtors(count)}, ${open} d’encours. Revoyez les conditions tant qu’il est temps.`,
    slower_elsewhere: (count: number, open: string) =>
      `Les autres sont payés avec plus de 20 jours de retard, vous encore à l’heure : ${debtors(count)}, ${open} d’encours. Vous pourriez être les prochains.`,
    unreachable: (count: number, open: string) => `Échu, sans contact à qui écrire : ${debtors(count)}, ${open} d’encours. Ajoutez-en un.`,
    unapplied: (count: number, open: string) =>
      `Échu, avec des paiements affectés à aucune facture : ${debtors(count)}, ${open} d’encours. Affectez-les avant de relancer.`,
    good_but_disputed: (count: number, open: string) =>
      `Note A, et le paiement attend la réponse à un litige : ${debtors(count)}, ${open} d’encours. Répondez : l’argent est là.`,
  },
  // help
  helpTopic: 'Risque de crédit : comment ça marche',
  helpLines: [
    'Chaque nuit à 23 h, Duncan demande à l’agence de crédit ce qui a changé chez les débiteurs ayant des postes ouverts. Un rapport payant n’est commandé que s’il s’est passé quelque chose.',
    'Insolvabilités, jugements et privilèges arrivent aussitôt sur une carte, le reste sur la carte de la nuit. Rien ne change tout seul : une option sur une carte demande d’abord une décision.',
    'Un débiteur est trouvé par le numéro d’entreprise de son pays. Sans numéro valable, il n’est pas surveillé et figure sur une liste avec le motif.',
    'Arrêté, rien n’est demandé et rien n’est payé. Les relances continuent comme avant, dans les deux cas.',
  ],
}
