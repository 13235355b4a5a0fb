import type { InsuranceWords } from './en.ts'

export const insuranceFr: InsuranceWords = {
  help: 'noter que des impayés ont été déclarés à l’assureur-crédit',
  title: 'Assurance-crédit',
  reported: 'Déclaré',
  reportedOn: 'Déclaré le',
  reference: 'Numéro de dossier de l’assureur',
  invoices: 'Factures (numéros, séparés par des virgules ; vide : tous les impayés non déclarés)',
  dayToCome: 'Ce jour n’est pas encore venu.',
  nothingToReport: 'Aucun de ces postes n’est à la fois assuré et impayé, ou tous sont déjà déclarés.',
  policy: (insurer, number) => `Assurance-crédit : ${insurer}, police ${number}`,
  beyondExtension: (moneyOn, until, invoices) =>
    `L’argent doit venir le ${moneyOn}. Sans l’accord de l’assureur, une prorogation n’est garantie que jusqu’au ${until} (${invoices}) : approuver peut faire perdre la garantie.`,
  mustReport: (by, invoices) => `Impayé et non déclaré : ${invoices}. L’assureur doit le savoir au plus tard le ${by}, avant que cet argent ne vienne.`,
  hadToReport: (by, invoices) => `Impayé et non déclaré : ${invoices}. L’assureur devait le savoir au plus tard le ${by}.`,
  beyond: 'Cela dépasse ce que permet la police d’assurance. Rien n’est encore fait : lisez ce que cela signifie, puis approuvez ou refusez.',
  atMost: (insurer, day) => `${insurer} garantit une prorogation jusqu’au ${day} au plus tard`,
  reportBy: (day, items) => `à déclarer avant le ${day} inclus (${items})`,
  lateReport: (day, items) => `non déclaré au ${day} (${items})`,
  handOverBy: (day, items) => `à remettre au recouvrement avant le ${day} inclus (${items})`,
  lateHandOver: (day, items) => `non remis au recouvrement au ${day} (${items})`,
  reportedItems: (day, items) => `déclaré le ${day} (${items})`,
  inTime: 'aucune échéance',
  discretionary: amount => `limite discrétionnaire ${amount}`,
  mustHear: tasks => (tasks === 1 ? '1 tâche pour l’assureur-crédit a une échéance' : `${tasks} tâches pour l’assureur-crédit ont une échéance`),
  toReport: 'À déclarer à l’assureur',
}
