import type { PayLinkWords } from './en.ts'

/** Links on which debtors pay, and what they paid there, in Dutch. */
export const payLinksNl: PayLinkWords = {
  help: 'pagina’s waarop een debiteur betaalt: maak een link, zie wat ervan kwam, trek hem in',
  show: 'Betaallinks',
  title: debtor => `Betaallinks · ${debtor}`,
  none: 'Er is nu geen link die ergens heen leidt.',
  makeAll: 'Link naar alles wat openstaat',
  makeOne: 'Link',
  made: debtor => `Betaallink voor ${debtor}`,
  copy: until => `Kopieer hem in uw bericht. Hij vraagt wat er op dat moment openstaat en werkt tot ${until}.`,
  scope: { reminder: 'Herinnering', invoice: 'Factuur', debtor: 'Alles wat openstaat' },
  lasts: (made, until) => `gemaakt op ${made}, tot ${until}`,
  opened: times => `${times} × geopend`,
  started: 'betaling begonnen',
  paid: 'betaald',
  revoke: 'Intrekken',
  revoked: 'Hij werkt niet meer.',
  gone: 'Deze link werkte al niet meer.',
  payments: 'Via een link betaald',
  status: {
    starting: 'wordt begonnen',
    open: 'begonnen, niet betaald',
    paid: 'betaald, nog niet geboekt',
    settled: 'betaald en geboekt',
    failed: 'mislukt',
    canceled: 'afgebroken',
    expired: 'verlopen',
  },
  takenBack: amount => `${amount} teruggeboekt`,
  off: 'Betaallinks zijn hier niet ingesteld.',
}
