import type { PayLinkWords } from './en.ts'

/** Links on which debtors pay, and what they paid there, in Polish. */
export const payLinksPl: PayLinkWords = {
  help: 'strony, na których dłużnik płaci: utwórz link, zobacz, co z niego wynikło, unieważnij go',
  show: 'Linki do płatności',
  title: debtor => `Linki do płatności · ${debtor}`,
  none: 'Żaden link teraz nie działa.',
  makeAll: 'Link do wszystkiego, co otwarte',
  makeOne: 'Link',
  made: debtor => `Link do płatności dla ${debtor}`,
  copy: until => `Skopiuj go do wiadomości. Prosi o to, co będzie wtedy otwarte, i działa do ${until}.`,
  scope: { reminder: 'Przypomnienie', invoice: 'Faktura', debtor: 'Wszystko, co otwarte' },
  lasts: (made, until) => `utworzono ${made}, ważny do ${until}`,
  opened: times => `otwarto ${times} ×`,
  started: 'rozpoczęto płatność',
  paid: 'zapłacono',
  revoke: 'Unieważnij',
  revoked: 'Link już nie działa.',
  gone: 'Ten link już wcześniej nie działał.',
  payments: 'Zapłacono przez link',
  status: {
    starting: 'rozpoczynana',
    open: 'rozpoczęta, niezapłacona',
    paid: 'zapłacona, jeszcze niezaksięgowana',
    settled: 'zapłacona i zaksięgowana',
    failed: 'nieudana',
    canceled: 'anulowana',
    expired: 'wygasła',
  },
  takenBack: amount => `zwrócono lub cofnięto ${amount}`,
  off: 'Linki do płatności nie są tu skonfigurowane.',
}
