import type { MessageToRead, ReadingContext } from '../../src/triage/reading.ts'

/** A mail of Monday 23 November 2026, from a debtor that is known. */
export const aMessage = (replyText: string, over: Partial<MessageToRead> = {}): MessageToRead => ({
  kind: 'mail',
  subject: '',
  replyText,
  fullText: replyText,
  html: undefined,
  from: { address: 'jan@noordhout.example', name: 'Jan Noord' },
  replyTo: [],
  attachmentNames: [],
  headers: [],
  date: '2026-11-23',
  senderVerified: 'unknown',
  ...over,
})

export const aContext = (over: Partial<ReadingContext> = {}): ReadingContext => ({
  invoiceNumbers: ['F-1001', 'F-1002', 'F-1003', '2026-0412'],
  invoiceNumberShapes: ['A-9999', '9999-9999'],
  country: 'NL',
  currency: 'EUR',
  knownDomains: ['noordhout.example', 'bakkerij-linden.example'],
  contactAddresses: ['jan@noordhout.example'],
  ...over,
})
