import { z } from 'zod'
import { evidenceOf, factsOf, textOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/**
 * Notes who is away until when, and proposes their stand-in as a contact where the mail gives an address; what was written to them is
 * proposed to the stand-in then (`propose-stand-in.ts`). The dunning workflow goes on as it was.
 */
export const outOfOffice: Handler = situation => {
  const address = situation.input.message.from?.address.toLowerCase()
  if (!situation.debtor || address === undefined) return {}
  const [until] = factsOf(situation, 'return_date')
  const standIns = factsOf(situation, 'stand_in')
  const [standIn] = standIns
  const evidence = evidenceOf(situation, 'out_of_office', [...(until ? [until] : []), ...(standIn ? [standIn] : [])])
  const email = standIns.map(fact => textOf(fact).toLowerCase()).find(text => z.email().safeParse(text).success)
  // Telephone numbers are named as stand-ins, too.
  const name = standIns.map(textOf).find(text => !/[@\d]/.test(text))
  const isNew = email !== undefined && email !== address && !situation.debtor.contacts.some(contact => contact.email === email)
  return {
    actions: [
      {
        kind: 'register_absence',
        payload: { address, ...(until && { until: textOf(until) }), ...(standIn && { standIn: email ?? textOf(standIn) }) },
        evidence,
      },
      ...(isNew ? [{ kind: 'update_contact' as const, payload: { email, ...(name && { name }) }, evidence: standIns.map(fact => fact.evidence) }] : []),
    ],
  }
}
