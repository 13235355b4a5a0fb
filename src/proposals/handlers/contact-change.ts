import { z } from 'zod'
import { evidenceOf, factsOf, type Situation, textOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/** Changes the sender's own contact, or adds the person they name; where nothing was read from the mail a person reads it. */
export const contactChange: Handler = situation => {
  const facts = (['contact_name', 'contact_email', 'contact_phone', 'contact_address'] as const).flatMap(kind => factsOf(situation, kind).slice(0, 1))
  const evidence = evidenceOf(situation, 'contact_change', facts)
  const read = Object.fromEntries(facts.map(fact => [fact.kind.replace('contact_', ''), textOf(fact)])) as Partial<
    Record<'name' | 'email' | 'phone' | 'address', string>
  >
  const isComplete = facts.length > 0 && (read.email === undefined || z.email().safeParse(read.email).success)
  if (!isComplete)
    return { actions: [{ kind: 'create_task', payload: { title: 'The debtor reports changed contact details: read the mail and change them' }, evidence }] }
  const contactId = ownContact(situation, read.name)
  return {
    actions: [{ kind: 'update_contact', payload: { ...(contactId !== undefined && { contactId }), ...read }, evidence }],
    sections: [{ template: 'contact_updated', slots: {} }],
  }
}

/** The sender's contact, unless the mail names somebody else ("from now on please write to ..."). */
function ownContact({ debtor, input }: Situation, name: string | undefined): number | undefined {
  const sender = debtor?.contacts.find(({ email }) => email !== null && email === input.message.from?.address.toLowerCase())
  const isSomebodyElse = name !== undefined && sender?.name != null && sender.name.toLowerCase() !== name.toLowerCase()
  return isSomebodyElse ? undefined : sender?.id
}
