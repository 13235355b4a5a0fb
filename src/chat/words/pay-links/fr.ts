import type { PayLinkWords } from './en.ts'

/** Links on which debtors pay, and what they paid there, in French. */
export const payLinksFr: PayLinkWords = {
  help: 'pages sur lesquelles un débiteur paie : créer un lien, voir ce qu’il a donné, le révoquer',
  show: 'Liens de paiement',
  title: debtor => `Liens de paiement · ${debtor}`,
  none: 'Aucun lien ne mène quelque part pour le moment.',
  makeAll: 'Lien vers tout ce qui est ouvert',
  makeOne: 'Lien',
  made: debtor => `Lien de paiement pour ${debtor}`,
  copy: until => `Copiez-le dans votre message. Il demande ce qui est ouvert à ce moment-là et vaut jusqu’au ${until}.`,
  scope: { reminder: 'Relance', invoice: 'Facture', debtor: 'Tout ce qui est ouvert' },
  lasts: (made, until) => `créé le ${made}, jusqu’au ${until}`,
  opened: times => `ouvert ${times} ×`,
  started: 'paiement commencé',
  paid: 'payé',
  revoke: 'Révoquer',
  revoked: 'Il ne mène plus nulle part.',
  gone: 'Ce lien ne menait déjà plus nulle part.',
  payments: 'Payé par lien',
  status: {
    starting: 'en cours de création',
    open: 'commencé, non payé',
    paid: 'payé, pas encore comptabilisé',
    settled: 'payé et comptabilisé',
    failed: 'échoué',
    canceled: 'annulé',
    expired: 'expiré',
  },
  takenBack: amount => `${amount} remboursés ou rejetés`,
  off: 'Les liens de paiement ne sont pas configurés ici.',
}
