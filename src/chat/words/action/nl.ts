import type { ActionWords } from './en.ts'

/** What Duncan would do, as a card says it, in Dutch. */
export const actionNl: ActionWords = {
  send_reply: to => `Antwoord sturen aan ${to}`,
  send_invoice_copies: (invoices, to) => `Kopie van ${invoices} sturen aan ${to}`,
  copies_missing: numbers => `PDF niet gevonden: ${numbers}`,
  register_promise: (what, when, invoices) => `Betaalbelofte vastleggen: ${what}${when && ` uiterlijk ${when}`}${invoices && ` (${invoices})`}`,
  conditional: 'alleen onder een voorwaarde',
  place_hold: (invoices, until) => `Aanmanen stilleggen voor ${invoices}${until && ` tot en met ${until}`}`,
  open_dispute: (reason, invoices) => `Geschil openen (${reason}) over ${invoices}`,
  mark_payment_claimed: (what, when, until) => `Gemelde betaling van ${what}${when && ` op ${when}`} noteren, stilleggen tot en met ${until}`,
  mark_address_bounced: (address, permanent) => (permanent ? `Geen mail meer aan ${address}` : `Bezorgprobleem bij ${address} noteren`),
  register_absence: (address, until, standIn) => `Afwezigheid van ${address} noteren${until && ` tot en met ${until}`}${standIn && `, vervanger ${standIn}`}`,
  update_contact: what => `Contact bijwerken: ${what}`,
  register_po_number: (number, invoices) => `Inkoopnummer ${number} vastleggen bij ${invoices}`,
  create_task: title => `Taak maken: ${title}`,
}
