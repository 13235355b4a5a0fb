import type { PayLinkWords } from './en.ts'

/** Links on which debtors pay, and what they paid there, in German. */
export const payLinksDe: PayLinkWords = {
  help: 'Seiten, auf denen ein Debitor zahlt: Link erstellen, sehen, was daraus wurde, zurückziehen',
  show: 'Zahlungslinks',
  title: debtor => `Zahlungslinks · ${debtor}`,
  none: 'Zurzeit führt kein Link irgendwohin.',
  makeAll: 'Link zu allem, was offen ist',
  makeOne: 'Link',
  made: debtor => `Zahlungslink für ${debtor}`,
  copy: until => `Kopieren Sie ihn in Ihre Nachricht. Er fragt nach dem, was dann offen ist, und gilt bis ${until}.`,
  scope: { reminder: 'Mahnung', invoice: 'Rechnung', debtor: 'Alles, was offen ist' },
  lasts: (made, until) => `erstellt am ${made}, bis ${until}`,
  opened: times => `${times} × geöffnet`,
  started: 'Zahlung begonnen',
  paid: 'bezahlt',
  revoke: 'Zurückziehen',
  revoked: 'Er führt nirgendwohin mehr.',
  gone: 'Dieser Link führte schon nirgendwohin mehr.',
  payments: 'Per Link gezahlt',
  status: {
    starting: 'wird begonnen',
    open: 'begonnen, nicht bezahlt',
    paid: 'bezahlt, noch nicht gebucht',
    settled: 'bezahlt und gebucht',
    failed: 'fehlgeschlagen',
    canceled: 'abgebrochen',
    expired: 'abgelaufen',
  },
  takenBack: amount => `${amount} erstattet oder zurückgebucht`,
  off: 'Zahlungslinks sind hier nicht eingerichtet.',
}
