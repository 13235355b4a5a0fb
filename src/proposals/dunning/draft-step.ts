import type { Temporal } from 'temporal-polyfill'
import { draftReminder, type ReminderItem, reminderTemplates, textSays } from '#drafting'
import { type ActionItem, consumerFaults, lateChargesOf, type WrittenAction } from '#dunning'
import { type Clock, type Db, toPlainDate } from '#platform'
import type { ProposalRules } from '../deps.ts'
import type { EntryDebtor } from '../entries/kinds/kind.ts'
import type { FollowUpMail } from '../follow-ups/follow-up-mail.ts'
import { writeTo } from '../follow-ups/write-to.ts'

type Drafting = { db: Db; clock: Clock; timeZone: string; rules: ProposalRules; debtor: EntryDebtor; today: Temporal.PlainDate }

/** `days`: every ISO day that it may name. */
type StepMail = { mail: FollowUpMail; days: string[] }
export type DraftedStep = StepMail | { kind: 'nobody' } | { kind: 'refused'; why: string }

const daysToPay = 7
/** What the law gives a private person. */
const daysToPayAfterNotice = 14

/**
 * The mail of a step as things stand now: what is open of its items, what the debtor disputes beside them, where to pay, and what delay costs
 * where the step says so. Refused where consumer law does not let it leave today.
 */
export async function draftStep({ db, clock, timeZone, rules, debtor, today }: Drafting, action: WrittenAction, wanted: string): Promise<DraftedStep> {
  const written = await writeTo({ db, clock, timeZone }, debtor, null)
  if (!written) return { kind: 'nobody' }
  const template = knownTemplate(wanted)
  const { step, items } = action
  const { administration } = debtor
  const payBy = today.add({ days: template === 'consumer_notice' ? daysToPayAfterNotice : daysToPay }).toString()
  const charges =
    step.charges === 'none'
      ? undefined
      : await lateChargesOf(db, rules.lateCharges, {
          debtorId: debtor.id,
          items: items.filter(({ isCharged }) => isCharged).map(({ invoiceId, amount }) => ({ invoiceId, amount: amount.toFixed() })),
          until: today,
        })
  const stages = new Map(action.stages.map(({ step: name, template: text }) => [name, knownTemplate(text)]))
  const drafted = draftReminder(
    { ...written, administration: administration.name, templates: rules.templates },
    {
      template,
      channel: 'email',
      items: items.map(item => asItem(item, stages.get(item.stepName) ?? template)),
      disputed: await disputedParts(db, debtor.id, items),
      payBy,
      ...(administration.iban !== null && {
        account: { name: administration.accountName ?? administration.name, iban: administration.iban, bic: administration.bic ?? undefined },
      }),
      references: items.flatMap(({ number, paymentReference }) => (paymentReference ? [{ invoice: number, reference: paymentReference }] : [])),
      ...(charges && step.charges !== 'none' && { charges: { kind: step.charges, working: charges.working, rate: charges.rate } }),
      creditor: { name: administration.name, companyNumber: administration.companyNumber ?? undefined },
      country: debtor.country ?? administration.country,
    },
  )
  const costs = charges?.working.flatMap(line => (line.kind === 'compensation' ? [line.amount.amount.toFixed()] : [])) ?? []
  const [fault] = await consumerFaults(db, action, { on: today, says: textSays(drafted.text), costs })
  if (fault) {
    return {
      kind: 'refused',
      why:
        fault.kind === 'missing'
          ? `Consumer law wants it to say more than it does: ${fault.field.replaceAll('_', ' ')}.`
          : `Consumer law does not let it leave today (${fault.invoice}): ${fault.from === null ? 'the notice before it was not sent' : `not before ${fault.from}`}.`,
    }
  }
  const { mailboxId, to, language, tone } = written
  const { subject, text, amounts, days } = drafted
  return { mail: { mailboxId, messageId: null, threadId: null, to, subject, text, language, tone, amounts, written: false }, days }
}

/** The text that a step names; the first reminder for one that this release does not have. */
const knownTemplate = (name: string) => reminderTemplates.find(template => template === name) ?? 'reminder_first'

const asItem = ({ number, invoiceDate, dueDate, daysLate, amount, currency }: ActionItem, stage: string): ReminderItem => ({
  number,
  invoiceDate: invoiceDate && toPlainDate(invoiceDate).toString(),
  due: toPlainDate(dueDate).toString(),
  daysLate,
  open: { amount: amount.toFixed(), currency },
  stage,
})

/** What is contested of these invoices and left out of what is asked for. */
async function disputedParts(db: Db, debtorId: number, items: readonly ActionItem[]) {
  const held = await db.dunningHold.findMany({
    where: { debtorId, reason: 'dispute', endedAt: null, amount: { not: null }, invoiceId: { in: items.map(({ invoiceId }) => invoiceId) } },
    orderBy: { id: 'asc' },
  })
  return held.flatMap(({ invoiceId, amount }) => {
    const item = items.find(each => each.invoiceId === invoiceId)
    return item && amount ? [{ number: item.number, open: { amount: amount.toFixed(), currency: item.currency } }] : []
  })
}
