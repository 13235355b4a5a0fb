import type { ActionWords } from './en.ts'

/** What Duncan would do, as a card says it, in Polish. */
export const actionPl: ActionWords = {
  send_reply: to => `Wyślij odpowiedź do ${to}`,
  send_invoice_copies: (invoices, to) => `Wyślij kopie ${invoices} do ${to}`,
  copies_missing: numbers => `Nie znaleziono PDF: ${numbers}`,
  register_promise: (what, when, invoices) => `Zapisz obietnicę zapłaty: ${what}${when && ` do ${when}`}${invoices && ` (${invoices})`}`,
  conditional: 'tylko pod warunkiem',
  place_hold: (invoices, until) => `Wstrzymaj windykację: ${invoices}${until && ` do ${until}`}`,
  open_dispute: (reason, invoices) => `Otwórz spór (${reason}): ${invoices}`,
  mark_payment_claimed: (what, when, until) => `Zapisz zgłoszoną płatność: ${what}${when && ` z ${when}`}, wstrzymaj do ${until}`,
  mark_address_bounced: (address, permanent) => (permanent ? `Nie wysyłaj więcej na ${address}` : `Zapisz problem z doręczeniem na ${address}`),
  register_absence: (address, until, standIn) => `Zapisz nieobecność ${address}${until && ` do ${until}`}${standIn && `, zastępstwo ${standIn}`}`,
  update_contact: what => `Zmień kontakt: ${what}`,
  register_po_number: (number, invoices) => `Zapisz numer zamówienia ${number}: ${invoices}`,
  create_task: title => `Utwórz zadanie: ${title}`,
}
