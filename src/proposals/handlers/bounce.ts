import type { Handler } from './handler.ts'

/** More recipients than a person would ever look through on a card. */
const most = 20

/** Stops mail to an address that is gone for good, at once, and asks a person for a new one; a passing trouble is only noted. */
export const bounce: Handler = ({ input }) => ({
  actions: input.bounced.slice(0, most).flatMap(({ recipient, status, permanent, reason }) => [
    {
      kind: 'mark_address_bounced' as const,
      payload: { address: recipient.toLowerCase(), permanent, status, reason },
      evidence: input.reading.intents.flatMap(({ intent, evidence }) => (intent === 'bounce' && evidence ? [evidence] : [])),
      protective: permanent,
    },
    ...(permanent ? [{ kind: 'create_task' as const, payload: { title: `Find a new address for ${recipient.toLowerCase()}` }, evidence: [] }] : []),
  ]),
})
