import { evidenceOf, factsOf, textOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/** Notes who is away until when; the dunning workflow goes on as it was. */
export const outOfOffice: Handler = situation => {
  const address = situation.input.message.from?.address
  if (!situation.debtor || address === undefined) return {}
  const [until] = factsOf(situation, 'return_date')
  const [standIn] = factsOf(situation, 'stand_in')
  const evidence = evidenceOf(situation, 'out_of_office', [...(until ? [until] : []), ...(standIn ? [standIn] : [])])
  return {
    actions: [
      {
        kind: 'register_absence',
        payload: { address: address.toLowerCase(), ...(until && { until: textOf(until) }), ...(standIn && { standIn: textOf(standIn) }) },
        evidence,
      },
    ],
  }
}
