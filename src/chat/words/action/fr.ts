import type { ActionWords } from './en.ts'

/** What Duncan would do, as a card says it, in French. */
export const actionFr: ActionWords = {
  send_reply: to => `Envoyer la réponse à ${to}`,
  send_invoice_copies: (invoices, to) => `Envoyer copie de ${invoices} à ${to}`,
  copies_missing: numbers => `PDF introuvable : ${numbers}`,
  register_promise: (what, when, invoices) => `Noter la promesse de paiement : ${what}${when && ` au plus tard le ${when}`}${invoices && ` (${invoices})`}`,
  conditional: 'sous condition seulement',
  place_hold: (invoices, until) => `Suspendre les relances pour ${invoices}${until && ` jusqu’au ${until}`}`,
  open_dispute: (reason, invoices) => `Ouvrir un litige (${reason}) sur ${invoices}`,
  mark_payment_claimed: (what, when, until) => `Noter le paiement annoncé de ${what}${when && ` le ${when}`}, suspendre jusqu’au ${until}`,
  mark_address_bounced: (address, permanent) => (permanent ? `Ne plus écrire à ${address}` : `Noter un problème de remise à ${address}`),
  register_absence: (address, until, standIn) => `Noter l’absence de ${address}${until && ` jusqu’au ${until}`}${standIn && `, suppléant ${standIn}`}`,
  update_contact: what => `Mettre à jour le contact : ${what}`,
  register_po_number: (number, invoices) => `Noter le n° de commande ${number} sur ${invoices}`,
  create_task: title => `Créer une tâche : ${title}`,
}
