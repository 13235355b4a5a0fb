/** Links on which debtors pay, and what they paid there, in English. */
export const payLinksEn = {
  help: 'pages on which a debtor pays: make a link, see what came of it, revoke it',
  show: 'Links to pay',
  title: (debtor: string) => `Links to pay · ${debtor}`,
  none: 'No link leads anywhere now.',
  makeAll: 'Link to all that is open',
  makeOne: 'Link',
  made: (debtor: string) => `Link to pay for ${debtor}`,
  copy: (until: string) => `Copy it into your message. It asks for what is open at that moment, and leads nowhere after ${until}.`,
  scope: { reminder: 'Reminder', invoice: 'Invoice', debtor: 'All that is open' },
  lasts: (made: string, until: string) => `made on ${made}, until ${until}`,
  opened: (times: number) => `opened ${times} ×`,
  started: 'payment begun',
  paid: 'paid',
  revoke: 'Revoke',
  revoked: 'It leads nowhere any more.',
  gone: 'This link led nowhere any more already.',
  payments: 'Paid by link',
  status: {
    starting: 'being begun',
    open: 'begun, not paid',
    paid: 'paid, not in the ledger yet',
    settled: 'paid, in the ledger',
    failed: 'failed',
    canceled: 'canceled',
    expired: 'expired',
  },
  takenBack: (amount: string) => `${amount} refunded or charged back`,
  off: 'Links to pay are not set up here.',
}

export type PayLinkWords = typeof payLinksEn
