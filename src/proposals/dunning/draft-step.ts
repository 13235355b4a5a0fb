import type { Temporal } from 'temporal-polyfill'
import { type DraftLanguage, draftLanguage, draftReminder, draftSms, reminderTemplates, textSays, transferFor, withWording } from '#drafting'
import { type ConsumerFault, consumerFaults, type UntoldCharge, type WrittenAction } from '#dunning'
import { linesOf, postalContact, type Tone } from '#ledger'
import type { Clock, ContactModel, Db } from '#platform'
import type { ProposalRules, ProposalsDeps } from '../deps.ts'
import type { EntryDebtor } from '../entries/kinds/kind.ts'
import type { FollowUpMail } from '../follow-ups/follow-up-mail.ts'
import { writeTo } from '../follow-ups/write-to.ts'
import { toneOf } from '../tone-of.ts'
import { type Asked, asItem, askedOf } from './asked.ts'
import type { WrittenChannel } from './channel.ts'
import type { StepLetter, StepSms } from './letter-and-sms.ts'
import { mobileNumber } from './mobile-number.ts'
import { sumsOf } from './why-step.ts'

type Drafting = { db: Db; clock: Clock; timeZone: string; rules: ProposalRules; debtor: EntryDebtor; today: Temporal.PlainDate } & Pick<
  ProposalsDeps,
  'payLinks'
>
type Addressee = { language: DraftLanguage; tone: Tone; contactName: string | undefined }

/** `days`: every ISO day that it may name. `untold`: charges that it should tell and cannot. */
export type WrittenStep = { untold: UntoldCharge[] } & (
  | { kind: 'mail'; mail: FollowUpMail; days: string[] }
  | { kind: 'letter'; letter: StepLetter; days: string[] }
  | { kind: 'sms'; sms: StepSms; days: string[] }
)
export type DraftedStep = WrittenStep | { kind: 'nobody' } | { kind: 'refused'; faults: ConsumerFault[] }

const daysToPay = 7
/** What the law gives a private person. */
const daysToPayAfterNotice = 14

/**
 * What a step writes as things stand now: what is open of its items, what the debtor disputes beside them, where to pay, and what delay costs
 * where the step says so. Refused where consumer law does not let it leave today. `written`: what a person wrote in the place of the mail's text,
 * of which the law wants the same.
 */
export async function draftStep(
  drafting: Drafting,
  action: WrittenAction,
  channel: WrittenChannel,
  wanted: string,
  written: string | undefined,
): Promise<DraftedStep> {
  switch (channel) {
    case 'email':
      return draftMail(drafting, action, wanted, written)
    case 'letter':
      return draftLetter(drafting, action, wanted)
    case 'sms':
      return draftText(drafting, action)
    default:
      return channel satisfies never
  }
}

async function draftMail(drafting: Drafting, action: WrittenAction, wanted: string, ownText: string | undefined): Promise<DraftedStep> {
  const { db, clock, timeZone, debtor } = drafting
  const written = await writeTo({ db, clock, timeZone, step: action.step.tone }, debtor, null)
  if (!written) return { kind: 'nobody' }
  const { drafted, asked, faults } = await draftFor(drafting, action, 'email', wanted, written, ownText)
  if (faults.length > 0) return { kind: 'refused', faults }
  const { mailboxId, to, language, tone } = written
  const { subject, text, amounts, days } = drafted
  return {
    kind: 'mail',
    mail: { mailboxId, messageId: null, threadId: null, to, subject, text, language, tone, amounts, written: false },
    days,
    untold: untoldOf(asked, action.step),
  }
}

async function draftLetter(drafting: Drafting, action: WrittenAction, wanted: string): Promise<DraftedStep> {
  const { debtor, today } = drafting
  const contact = postalContact(await drafting.db.contact.findMany({ where: { debtorId: debtor.id }, orderBy: { id: 'asc' } }))
  if (!contact?.address) return { kind: 'nobody' }
  const addressee = await addresseeOf(drafting, contact, action.step.tone)
  const { drafted, asked, isMixed, faults } = await draftFor(drafting, action, 'letter', wanted, addressee)
  if (faults.length > 0) return { kind: 'refused', faults }
  const { administration } = debtor
  const { language, tone } = addressee
  const { subject, text, overview, amounts, days } = drafted
  const sections = asked.map(({ owner, items }) => ({ owner, items: items.map(item => asItem(item, '')), subtotals: sumsOf(items) }))
  const letter: StepLetter = {
    language,
    tone,
    date: today.toString(),
    sender: {
      name: administration.name,
      address: linesOf(administration.postalAddress ?? ''),
      ...(administration.companyNumber !== null && { companyNumber: administration.companyNumber }),
    },
    to: addressLines(debtor, { name: contact.name, address: contact.address }),
    country: administration.country,
    customerNumber: debtor.number,
    subject,
    text,
    overview,
    // Where items stand at several steps, the text tells which; a plain table would not.
    ...(!isMixed && { table: { sections, totals: sumsOf(action.items) } }),
    transfers: asked.flatMap(each => transfersOf(each, action.step)),
    amounts,
  }
  return { kind: 'letter', letter, days, untold: untoldOf(asked, action.step) }
}

async function draftText(drafting: Drafting, action: WrittenAction): Promise<DraftedStep> {
  const { db, debtor, rules, today } = drafting
  const country = debtor.country ?? debtor.administration.country
  const contact = await contactWith(drafting, ({ phone }) => phone !== null && mobileNumber(phone, country) !== undefined)
  const to = contact?.phone && mobileNumber(contact.phone, country)
  if (!contact || !to) return { kind: 'nobody' }
  const { language, tone } = await addresseeOf(drafting, contact, action.step.tone)
  const totals = sumsOf(action.items)
  const numbers = action.items.map(({ number }) => number)
  const asked = await askedOf(drafting, action)
  // The page of the first one leads to those of the others. No charges: the text tells none.
  const links: (string | undefined)[] = []
  for (const each of asked) links.push((await linksOf(drafting, action, { ...each, charges: undefined }))?.link)
  const link = links.find(address => address !== undefined)
  const text = draftSms({ language, tone, administration: debtor.administration.name, templates: rules.templates, numbers, totals, link })
  const faults = await consumerFaults(db, action, { on: today, says: textSays(text), costs: costsOf(asked) })
  if (faults.length > 0) return { kind: 'refused', faults }
  return { kind: 'sms', sms: { to, text, language, tone, amounts: totals.map(({ amount }) => amount) }, days: [], untold: [] }
}

/** Mail or letter of a step; `faults`: what keeps it from leaving. */
async function draftFor(drafting: Drafting, action: WrittenAction, channel: 'email' | 'letter', wanted: string, to: Addressee, ownText?: string) {
  const { db, rules, debtor, today } = drafting
  const template = knownTemplate(wanted)
  const { step } = action
  const { administration } = debtor
  const payBy = today.add({ days: template === 'consumer_notice' ? daysToPayAfterNotice : daysToPay }).toString()
  const asked = await askedOf(drafting, action)
  const stages = new Map(action.stages.map(({ step: name, template: text }) => [name, knownTemplate(text)]))
  const shown = asked.flatMap(({ owner, items }) => items.map(item => ({ ...asItem(item, stages.get(item.stepName) ?? template), owner })))
  // A letter has the code of a transfer: nobody types such an address.
  const apart: ReturnType<typeof settlingOf>[] = []
  for (const each of asked) apart.push({ ...settlingOf(each, step), ...(channel === 'email' && (await linksOf(drafting, action, each))) })
  const others = new Map(asked.map(({ debtor: { administration: own } }) => [own.id, own]))
  others.delete(administration.id)
  const drafted = draftReminder(
    { ...to, administration: administration.name, templates: withWording(rules.templates, wanted) },
    {
      template,
      channel,
      items: shown,
      disputed: asked.flatMap(({ disputed }) => disputed),
      payBy,
      apart,
      creditor: creditorOf(administration),
      otherCreditors: [...others.values()].map(creditorOf),
      country: debtor.country ?? administration.country,
    },
  )
  const faults = await consumerFaults(db, action, { on: today, says: textSays(ownText ?? drafted.text), costs: costsOf(asked) })
  return { drafted, asked, isMixed: new Set(shown.map(({ stage }) => stage)).size > 1, faults }
}

const creditorOf = ({ name, companyNumber }: EntryDebtor['administration']) => ({ name, companyNumber: companyNumber ?? undefined })

/** What delay costs each debtor beside interest, by its id. */
const costsOf = (asked: readonly Asked[]): Map<number, string[]> =>
  new Map(
    asked.map(({ debtor, charges }) => [
      debtor.id,
      (charges?.working ?? []).flatMap(line => (line.kind === 'compensation' ? [line.amount.amount.toFixed()] : [])),
    ]),
  )

/** Charges that it should tell and cannot. Interest that begins with this very reminder is none that an announcement could tell. */
const untoldOf = (asked: readonly Asked[], step: WrittenAction['step']): UntoldCharge[] =>
  asked.flatMap(({ charges }) => charges?.untold ?? []).filter(({ why }) => step.charges === 'claim' || why !== 'not_reminded')

/** The pages on which a debtor pays what is asked of it, and all else that is open. */
async function linksOf(
  { db, payLinks }: Drafting,
  { id: dunningActionId, step }: WrittenAction,
  { debtor, items, charges }: Pick<Asked, 'debtor' | 'items' | 'charges'>,
) {
  if (step.paymentLink === false) return undefined
  const [claimed, ...others] = sumsOf(claimedOf(step, charges))
  const invoiceIds = items.map(({ invoiceId }) => invoiceId)
  const asked = { debtorId: debtor.id, invoiceIds, charges: others.length === 0 ? claimed : undefined }
  const links = await payLinks?.reminderLink(db, { ...asked, dunningActionId })
  return links && { link: links.pay, allLink: links.all }
}

/** Where a debtor pays what is asked of it, and what delay costs it. */
function settlingOf({ debtor: { administration }, owner, items, charges }: Asked, step: WrittenAction['step']) {
  const { iban, accountName, name, bic } = administration
  return {
    owner,
    ...(iban !== null && { account: { name: accountName ?? name, iban, bic: bic ?? undefined } }),
    references: items.flatMap(({ number, paymentReference }) => (paymentReference ? [{ invoice: number, reference: paymentReference }] : [])),
    ...(charges && step.charges !== 'none' && { charges: { kind: step.charges, working: charges.working, rate: charges.rate } }),
  }
}

/** The first verified contact of the ledger that has what it takes. */
async function contactWith({ db, debtor }: Drafting, has: (contact: ContactModel) => boolean): Promise<ContactModel | undefined> {
  return (await db.contact.findMany({ where: { debtorId: debtor.id, verified: true }, orderBy: { id: 'asc' } })).find(has)
}

async function addresseeOf({ db, clock, timeZone, debtor }: Drafting, { name, language }: ContactModel, step: Tone | undefined): Promise<Addressee> {
  const known = draftLanguage(language ?? debtor.language ?? debtor.administration.language)
  return { language: known, tone: await toneOf(db, { clock, timeZone, step }, debtor.id), contactName: name ?? undefined }
}

/** As it stands in the window of the envelope; abroad with its country, as the office where it is posted reads it. */
function addressLines({ name, country, administration }: EntryDebtor, contact: { name: string | null; address: string }): string[] {
  const isAbroad = country !== null && country !== administration.country
  const abroad = isAbroad ? new Intl.DisplayNames(administration.language, { type: 'region' }).of(country)?.toUpperCase() : undefined
  const lines = [name, contact.name, ...linesOf(contact.address), abroad].flatMap(line => line ?? [])
  return lines.filter((line, index) => lines.indexOf(line) === index)
}

/** What a step asks for beside the invoices. */
const claimedOf = (step: WrittenAction['step'], charges: Asked['charges']) =>
  step.charges === 'claim' ? (charges?.working ?? []).map(({ amount }) => amount) : []

/**
 * What a transfer in each currency would pay of all that is asked of a debtor: by the reference of the only invoice or of the debtor, else by the
 * numbers. Costs in a currency of their own belong to all of its invoices.
 */
function transfersOf({ debtor, owner, items, charges }: Asked, step: WrittenAction['step']): StepLetter['transfers'] {
  return sumsOf([...items, ...claimedOf(step, charges)]).flatMap(sum => {
    const own = items.filter(({ currency }) => currency === sum.currency)
    const transfer = transferFor(debtor.administration, debtor, own.length > 0 ? own : items, sum)
    return transfer ? [{ owner, ...transfer }] : []
  })
}

/** The text that a step names; the first reminder for one that this release does not have. */
const knownTemplate = (name: string) => reminderTemplates.find(template => template === name.split('.')[0]) ?? 'reminder_first'
