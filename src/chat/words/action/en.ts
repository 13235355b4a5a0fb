/** What Duncan would do, as a card says it, in English. */
export const actionEn = {
  send_reply: (to: string) => `Send the reply to ${to}`,
  send_invoice_copies: (invoices: string, to: string) => `Send copies of ${invoices} to ${to}`,
  copies_missing: (numbers: string) => `PDF not found: ${numbers}`,
  register_promise: (what: string, when: string, invoices: string) => `Register promise to pay ${what}${when && ` by ${when}`}${invoices && ` (${invoices})`}`,
  conditional: 'only under a condition',
  place_hold: (invoices: string, until: string) => `Hold dunning on ${invoices}${until && ` until ${until}`}`,
  open_dispute: (reason: string, invoices: string) => `Open dispute (${reason}) on ${invoices}`,
  mark_payment_claimed: (what: string, when: string, until: string) => `Note claimed payment of ${what}${when && ` on ${when}`}, hold until ${until}`,
  mark_address_bounced: (address: string, permanent: boolean) => (permanent ? `Stop mail to ${address}` : `Note delivery trouble at ${address}`),
  register_absence: (address: string, until: string, standIn: string) =>
    `Note absence of ${address}${until && ` until ${until}`}${standIn && `, stand-in ${standIn}`}`,
  update_contact: (what: string) => `Update contact: ${what}`,
  register_po_number: (number: string, invoices: string) => `Register PO number ${number} on ${invoices}`,
  create_task: (title: string) => `Create task: ${title}`,
}

export type ActionWords = typeof actionEn
