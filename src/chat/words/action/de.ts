import type { ActionWords } from './en.ts'

/** What Duncan would do, as a card says it, in German. */
export const actionDe: ActionWords = {
  send_reply: to => `Antwort an ${to} senden`,
  send_invoice_copies: (invoices, to) => `Kopie von ${invoices} an ${to} senden`,
  copies_missing: numbers => `PDF nicht gefunden: ${numbers}`,
  register_promise: (what, when, invoices) => `Zahlungszusage erfassen: ${what}${when && ` bis ${when}`}${invoices && ` (${invoices})`}`,
  conditional: 'nur unter einer Bedingung',
  place_hold: (invoices, until) => `Mahnstopp für ${invoices}${until && ` bis ${until}`}`,
  open_dispute: (reason, invoices) => `Reklamation (${reason}) zu ${invoices} eröffnen`,
  mark_payment_claimed: (what, when, until) => `Gemeldete Zahlung von ${what}${when && ` am ${when}`} vermerken, Mahnstopp bis ${until}`,
  mark_address_bounced: (address, permanent) => (permanent ? `Keine Mail mehr an ${address}` : `Zustellproblem bei ${address} vermerken`),
  register_absence: (address, until, standIn) => `Abwesenheit von ${address} vermerken${until && ` bis ${until}`}${standIn && `, Vertretung ${standIn}`}`,
  update_contact: what => `Kontakt aktualisieren: ${what}`,
  register_po_number: (number, invoices) => `Bestellnummer ${number} bei ${invoices} erfassen`,
  create_task: title => `Aufgabe anlegen: ${title}`,
}
