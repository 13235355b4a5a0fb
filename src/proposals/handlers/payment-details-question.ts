import { friendlyFormatIBAN } from 'ibantools'
import { invoicesOf } from '../assign-invoices.ts'
import { evidenceOf, type Situation } from '../situation.ts'
import type { Handler } from './handler.ts'

/** A longer list of references is no answer to a question. */
const mostReferences = 10

/**
 * Tells the account that the settings have for the administration, with the structured references of what is asked about; a person decides, as on
 * everything about bank data. Without such an account nothing is told: the reply points at the invoices, and a person is told to call.
 */
export const paymentDetailsQuestion: Handler = situation => {
  const { administration } = situation
  if (administration?.iban) {
    const { iban, bic, accountName, name } = administration
    const slots = { iban: friendlyFormatIBAN(iban) ?? iban, ...(bic && { bic }), accountName: accountName ?? name, references: referencesOf(situation) }
    return { sections: [{ template: 'payment_account', slots }] }
  }
  return {
    actions: [
      {
        kind: 'create_task',
        payload: { about: { code: 'bank_details' } },
        evidence: evidenceOf(situation, 'payment_details_question', []),
      },
    ],
    sections: [{ template: 'payment_details', slots: {} }],
  }
}

function referencesOf(situation: Situation): { invoice: string; reference: string }[] {
  const named = invoicesOf(situation, 'payment_details_question').flatMap(({ invoice }) => (invoice?.isOpen ? [invoice] : []))
  const about = [...new Map((named.length > 0 ? named : situation.open).map(invoice => [invoice.id, invoice])).values()]
  const references = about.flatMap(({ number, paymentReference }) => (paymentReference ? [{ invoice: number, reference: paymentReference }] : []))
  return references.slice(0, mostReferences)
}
