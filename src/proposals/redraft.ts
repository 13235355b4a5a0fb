import { amountsIn, type DraftLanguage, daysIn, draftLanguage, draftReply } from '#drafting'
import type { Db } from '#platform'
import { applyWording } from './corrections/wording.ts'
import type { ProposalsDeps } from './deps.ts'
import type { DisputeRules } from './disputes/disputes-kind.ts'
import type { ReplySection } from './proposal.ts'
import { type Basis, isMail, type MailAction, type StoredAction, type StoredProposal } from './store.ts'

type Redrafting = { tx: Db; deps: Pick<ProposalsDeps, 'rules'>; proposal: StoredProposal }

/**
 * Brings the reply in line with facts that a person changed: it must not confirm the old date. A reply whose text a person wrote
 * stays as they wrote it.
 */
export async function redraft({ tx, deps, proposal }: Redrafting, before: StoredAction[]): Promise<{ actions: StoredAction[]; basis: Basis }> {
  const { basis, actions } = proposal
  const changes = actions.flatMap(action => {
    const old = before.find(({ id }) => id === action.id)
    return old && old.payload !== action.payload && !isMail(action) ? [{ old, action }] : []
  })
  const isToned = actions.some(action => soundsOtherwise(action, before))
  if (changes.length === 0 && !isToned) return { actions, basis }
  const known = { ...(await invoicesOf(tx, actions)), types: deps.rules().disputes.types, language: draftLanguage(proposal.language) }
  const sections = basis.sections.map(section => changes.reduce((changed, { old, action }) => withFacts(changed, old, action, known), section))
  const isSame = JSON.stringify(sections) === JSON.stringify(basis.sections)
  if (isSame && !isToned) return { actions, basis }

  const rewritten: StoredAction[] = []
  for (const action of actions) {
    const isOurs = isMail(action) && !action.edited && action.status === 'pending'
    rewritten.push(isOurs ? ({ ...action, payload: await draftAgain({ tx, deps, proposal }, action, sections) } as StoredAction) : action)
  }
  return { actions: rewritten, basis: { ...basis, sections } }
}

const soundsOtherwise = (action: StoredAction, before: StoredAction[]): boolean =>
  isMail(action) && before.some(old => old.id === action.id && isMail(old) && old.payload.tone !== action.payload.tone)

/** The payload of a reply with its text written anew from these sections. */
export async function draftAgain(
  { tx, deps, proposal: { debtorId, basis } }: Redrafting,
  { payload }: MailAction,
  sections: ReplySection[],
): Promise<MailAction['payload']> {
  const debtor = debtorId === null ? null : await tx.debtor.findUnique({ where: { id: debtorId }, select: { administration: true, contacts: true } })
  const { to, subject, language, tone } = payload
  const contactName = debtor?.contacts.find(({ email }) => email === to[0])?.name ?? undefined
  const administration = debtor?.administration.name ?? ''
  const { templates } = deps.rules()
  const drafted = draftReply({ language: draftLanguage(language), tone, subject, contactName, administration, templates }, sections)
  const text = applyWording(
    drafted.text,
    (basis.learned ?? []).filter(({ about }) => about.startsWith(`${language} `)),
  )
  return { ...payload, text, amounts: amountsIn(sections), days: daysIn(text) }
}

type Known = { numbers: Map<number, string>; currencies: Map<number, string>; types: DisputeRules['types']; language: DraftLanguage }

function withFacts(section: ReplySection, old: StoredAction, action: StoredAction, { numbers, currencies, types, language }: Known): ReplySection {
  const named = (ids: number[]) => ids.flatMap(id => numbers.get(id) ?? [])
  if (
    action.kind === 'register_promise' &&
    old.kind === 'register_promise' &&
    section.template === 'promise_confirmed' &&
    section.slots.promisedOn === old.payload.promisedOn
  ) {
    const { promisedOn, amount, currency, invoiceIds } = action.payload
    const invoices = isChanged(old.payload.invoiceIds, invoiceIds) ? named(invoiceIds) : section.slots.invoices
    return { ...section, slots: { ...section.slots, promisedOn, invoices, ...(amount && currency && { amount: { amount, currency } }) } }
  }
  if (action.kind === 'agree_payment_plan' && old.kind === 'agree_payment_plan' && section.template === 'payment_plan_agreed') {
    const { currency, instalments, invoiceIds } = action.payload
    const invoices = isChanged(old.payload.invoiceIds, invoiceIds) ? named(invoiceIds) : section.slots.invoices
    return {
      ...section,
      slots: { ...section.slots, invoices, instalments: instalments.map(({ dueOn, amount }) => ({ on: dueOn, amount: { amount, currency } })) },
    }
  }
  if (action.kind === 'open_dispute' && old.kind === 'open_dispute' && section.template === 'dispute_acknowledged') {
    const { invoiceIds, reason, amount } = action.payload
    const { about: _about, amount: _amount, ...slots } = section.slots
    const about = types[reason]?.acknowledgement?.[language]
    const money = amount === undefined ? undefined : { amount, currency: currencies.get(invoiceIds[0] ?? 0) }
    const invoices = isChanged(old.payload.invoiceIds, invoiceIds) ? named(invoiceIds) : section.slots.invoices
    return { ...section, slots: { ...slots, invoices, type: reason, ...(about && { about }), ...(money && { amount: money }) } }
  }
  if (action.kind === 'mark_payment_claimed' && old.kind === 'mark_payment_claimed' && section.template === 'payment_noted') {
    const { invoiceIds } = action.payload
    if (!isChanged(old.payload.invoiceIds, invoiceIds)) return section
    const invoices = named(invoiceIds)
    return { ...section, slots: { ...section.slots, invoices, claim: { ...(section.slots.claim as object | undefined), invoiceIds, invoices } } }
  }
  if (action.kind === 'register_po_number' && section.template === 'po_number_noted') {
    return { ...section, slots: { poNumber: action.payload.poNumber, invoices: named(action.payload.invoiceIds) } }
  }
  return section
}

const isChanged = (before: number[], now: number[]) => before.join() !== now.join()

async function invoicesOf(tx: Db, actions: StoredAction[]): Promise<Pick<Known, 'numbers' | 'currencies'>> {
  const ids = actions.flatMap(({ payload }) => ('invoiceIds' in payload ? payload.invoiceIds : []))
  const invoices = await tx.invoice.findMany({ where: { id: { in: ids } }, select: { id: true, number: true, currency: true } })
  return { numbers: new Map(invoices.map(({ id, number }) => [id, number])), currencies: new Map(invoices.map(({ id, currency }) => [id, currency])) }
}
