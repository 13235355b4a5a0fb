import type { DailyWords } from './en.ts'

/** The morning list and the list of what waits, in French. */
export const dailyFr: DailyWords = {
  goodMorning: (name: string) => `Bonjour ${name}, voici votre matinée`,
  since: (needs: number, handled: number, day: string) => `${needs} vous attendent · ${handled} traités depuis le ${day}`,
  held: 'Rappels arrivés pendant vos heures de silence',
  openSince: (time: string) => `ouvert depuis le ${time}`,
  today: (handled: number, needs: number) => `aujourd’hui ${handled} traités, ${needs} vous attendent`,
  sorted: {
    oldest: 'la plus longue attente d’abord',
    risk: 'plus gros risque d’abord',
    amount: 'le solde le plus élevé d’abord',
    due: 'l’échéance la plus ancienne d’abord',
    invoices: 'le plus de factures d’abord',
  },
  sort: {
    oldest: 'Plus longue attente',
    risk: 'Plus gros risque',
    amount: 'Solde le plus élevé',
    due: 'Échéance la plus ancienne',
    invoices: 'Le plus de factures',
  },
  onlyMailbox: (key: string) => `Seulement la boîte ${key}`,
  onlyPromise: 'Seulement les promesses échues',
  only: {
    second: 'Seulement ce qui attend votre second vote',
    snoozed: 'Seulement ce qui revient aujourd’hui',
    dunning: 'Seulement relances, appels et tâches',
    calls: 'Seulement les appels',
    tasks: 'Seulement les tâches',
  },
  /** What people may type in this language instead of the English word. */
  typed: {
    mine: 'moi mes',
    team: 'équipe tous',
    oldest: 'ancien anciens',
    risk: 'risque',
    amount: 'montant solde',
    due: 'échéance aujourd’hui',
    invoices: 'factures plus',
    promise: 'promesse promesses',
    second: 'vote votes',
    snoozed: 'reporté reportés',
    dunning: 'relances relance',
    calls: 'appels appel',
    tasks: 'tâches tâche',
  },
  open: 'Ouvrir',
  unfiltered: 'Sans filtre',
  atRisk: (amount: string) => `${amount} à risque`,
  balance: (amount: string) => `${amount} à payer`,
  invoices: (count: number) => (count === 1 ? '1 facture ouverte' : `${count} factures ouvertes`),
  dueSince: (day: string) => `échue depuis le ${day}`,
  next: (left: number) => `Suivant (encore ${left})`,
  listDone: 'Rien d’autre n’attend dans cette liste.',
  usage: (word: string) =>
    `« ${word} » n’est pas un choix. Tapez : /actions [mine | team | @nom] [oldest | risk | amount | due | invoices] [mailbox:<clé>] [promise | dunning | calls | tasks]`,
}
