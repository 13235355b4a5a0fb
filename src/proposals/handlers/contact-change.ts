import { z } from 'zod'
import type { Fact } from '#triage'
import { evidenceOf, factsOf, type Situation, textOf } from '../situation.ts'
import type { Handler } from './handler.ts'

type ContactFact = 'contact_name' | 'contact_email' | 'contact_phone' | 'contact_address'

/**
 * Changes the sender's own contact, or adds the person they name; where nothing was read from the mail, or two values of one kind of which neither is known
 * already (an old address beside the new one), a person reads it.
 */
export const contactChange: Handler = situation => {
  const kinds = ['contact_name', 'contact_email', 'contact_phone', 'contact_address'] as const
  const news = kinds.map(kind => newValues(situation, kind))
  const isClear = news.every(values => values.length <= 1)
  const facts = news.flatMap(values => values.slice(0, 1))
  const evidence = evidenceOf(situation, 'contact_change', facts)
  const read = Object.fromEntries(facts.map(fact => [fact.kind.replace('contact_', ''), textOf(fact)])) as Partial<
    Record<'name' | 'email' | 'phone' | 'address', string>
  >
  const isComplete = isClear && facts.length > 0 && (read.email === undefined || z.email().safeParse(read.email).success)
  if (!isComplete) return { actions: [{ kind: 'create_task', payload: { about: { code: 'contact_details' } }, evidence }] }
  const contactId = ownContact(situation, read.name)
  return {
    actions: [{ kind: 'update_contact', payload: { ...(contactId !== undefined && { contactId }), ...read }, evidence }],
    sections: [{ template: 'contact_updated', slots: {} }],
  }
}

/** What a mail tells of one kind, without what the debtor's contacts have already; each value once. */
function newValues(situation: Situation, kind: ContactFact): Fact[] {
  const told = [...new Map(factsOf(situation, kind).map(fact => [comparable(textOf(fact)), fact])).values()]
  const known = new Set((situation.debtor?.contacts ?? []).flatMap(({ email, phone }) => [email, phone]).flatMap(value => (value ? [comparable(value)] : [])))
  const isName = kind === 'contact_name'
  return told.length > 1 && !isName ? told.filter(fact => !known.has(comparable(textOf(fact)))) : told
}

const comparable = (value: string): string => value.toLowerCase().replaceAll(/[\s().-]/g, '')

/** The sender's contact, unless the mail names somebody else ("from now on please write to ..."). */
function ownContact({ debtor, input }: Situation, name: string | undefined): number | undefined {
  const sender = debtor?.contacts.find(({ email }) => email !== null && email === input.message.from?.address.toLowerCase())
  const isSomebodyElse = name !== undefined && sender?.name != null && sender.name.toLowerCase() !== name.toLowerCase()
  return isSomebodyElse ? undefined : sender?.id
}
