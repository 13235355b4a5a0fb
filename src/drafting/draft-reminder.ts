import type { WorkingLine } from '#dunning'
import { Prisma } from '#platform'
import { amountsIn, opening, type ReplyFrame, renderTemplate } from './draft-reply.ts'
import { daysIn } from './outbound/find-days.ts'
import type { ReminderTemplate } from './reminder-templates.ts'

type Money = { amount: string; currency: string }

/** An invoice that is asked for: days are ISO, `open` is what is asked for of it, `stage` the text of its own step. */
export type ReminderItem = {
  number: string
  invoiceDate: string | null
  due: string
  /** Calendar days; below 1 it is not late. */
  daysLate: number
  open: Money
  stage: string
  /** Whose debt it is, where one mail holds several debtors of a central file. */
  owner?: ItemOwner | undefined
}

/** The name of an administration, and the customer number and name that a debtor has there. */
export type ItemOwner = { administration: string; number: string; debtor: string }

/** Where a debtor pays, and what delay costs it. */
type Settling = {
  /** Our own account, as the settings have it. */
  account?: { name: string; iban: string; bic?: string | undefined } | undefined
  references?: readonly { invoice: string; reference: string }[] | undefined
  /** A page to pay it on, and one with all that is open. */
  link?: string | undefined
  allLink?: string | undefined
  /** What delay costs or will cost, with its working; `rate`: percent a year, of interest that begins after the notice. */
  charges?: { kind: 'announce' | 'claim'; working: readonly WorkingLine[]; rate?: string | undefined } | undefined
}

type Creditor = { name: string; companyNumber?: string | undefined }

type OwnSettling = Settling & { owner?: ItemOwner | undefined }

export type Reminder = Settling & {
  template: ReminderTemplate
  channel: 'email' | 'letter'
  items: readonly ReminderItem[]
  /** What the debtor disputes: left out, and said so. */
  disputed?: readonly { number: string; open: Money }[] | undefined
  /** The last day, ISO. */
  payBy?: string | undefined
  /** The same of each debtor, where one mail may hold several, in the place of what it says for one; `owner`: as its items have it. */
  apart?: readonly OwnSettling[] | undefined
  creditor: Creditor
  /** Who else is owed, where one mail holds debts to several. */
  otherCreditors?: readonly Creditor[] | undefined
  /** Whose law gives a consumer time. */
  country: string
}

/**
 * A text with what the check of outbound mails has to know: every amount and every ISO day that it may name. `overview`: the table of its items
 * and their totals, as it stands in the text.
 */
export type DraftedReminder = { subject: string; text: string; overview: string; amounts: string[]; days: string[] }

/** The mail or letter of a step between greeting and closing, as plain text. Subtotals are sums of its items, and totals of all of them. */
export function draftReminder(frame: Omit<ReplyFrame, 'subject'>, reminder: Reminder): DraftedReminder {
  const { language, tone = 'neutral', templates, contactName, senderName, administration } = frame
  const render = (template: string, slots: object) => renderTemplate(template, language, { ...slots, tone }, templates).trim()
  const slots = slotsOf(reminder)
  const overview = render('reminder_overview', slots)
  const payment = slots.payments.map(part => render('reminder_payment', part)).join('\n\n')
  const charges = slots.charges.map(part => render('reminder_charges', part)).join('\n\n')
  // What is asked for belongs to the list of what is to be paid; what is only announced comes after the day to pay by.
  const isClaimed = slots.charges.some(({ kind }) => kind === 'claim')
  const filled = { ...slots, overview: isClaimed ? `${overview}\n\n${charges}` : overview, charges: isClaimed ? '' : charges, payment }
  const [subject = '', ...lines] = render(reminder.template, filled).split('\n')
  const body = opening(lines.join('\n').trim(), language)
  const table = evenly(render('reminder_overview', { ...slots, disputed: [] }))
  const text = evenly(renderTemplate('reply', language, { body, contactName, senderName, administration, tone }, templates))
  return { subject: subject.trim(), text, overview: table, amounts: amountsIn([{ template: reminder.template, slots }]), days: daysIn(text) }
}

const evenly = (text: string) => text.replaceAll(/\n{3,}/g, '\n\n')

/** What a reminder's templates are filled with; `payments` and `charges`: once for each debtor. */
function slotsOf({ items: written, disputed = [], otherCreditors = [], account, references, link, allLink, charges, apart, ...given }: Reminder) {
  // The first line is the subject: an imported number must not end it.
  const items = written.map(item => ({ ...item, number: item.number.replaceAll(/\s+/g, ' ') }))
  const parts: readonly OwnSettling[] = apart ?? [{ account, references, link, allLink, charges }]
  const rates = new Set(parts.map(part => part.charges?.rate))
  const charged = chargesOf(parts, items, given.payBy)
  return {
    ...given,
    disputed,
    otherCreditors,
    numbers: items.map(({ number }) => number),
    upcoming: items.every(({ daysLate }) => daysLate < 1),
    mixed: new Set(items.map(({ stage }) => stage)).size > 1,
    sections: sectionsOf(items),
    totals: sumsOf(items.map(({ open }) => open)),
    costs: sumsOf(charged.flatMap(({ costLines }) => costLines.map(({ amount }) => amount))),
    interestRate: rates.size === 1 ? [...rates][0] : undefined,
    payments: parts
      .filter(part => !part.owner || part.account || part.link)
      .map(part => ({ owner: part.owner, account: part.account, references: part.references ?? [], link: part.link, allLink: part.allLink })),
    charges: charged,
  }
}

/** What delay costs each of the debtors, with the sum of all beneath the last one. */
function chargesOf(parts: readonly OwnSettling[], items: readonly ReminderItem[], payBy: string | undefined) {
  const charged = parts.flatMap(({ owner, charges }) => {
    const working = charges?.working.filter(({ amount }) => amount.amount.gt(0)) ?? [] // nobody is told of what rounds to nothing
    if (!charges || working.length === 0) return []
    const own = items.filter(item => !owner || keyOf(item.owner) === keyOf(owner)).map(({ open }) => open)
    return [{ owner, payBy, ...chargesSlots(charges.kind, working, own) }]
  })
  const isClaimed = charged.some(({ kind }) => kind === 'claim')
  const grandTotal = isClaimed && parts.length > 1 ? sumsOf([...items.map(({ open }) => open), ...charged.flatMap(({ extra }) => extra)]) : undefined
  return charged.map((part, index) => ({ ...part, continued: index > 0, ...(index === charged.length - 1 && { grandTotal }) }))
}

function chargesSlots(kind: string, working: readonly WorkingLine[], open: readonly Money[]) {
  const interestLines = working.flatMap(line => (line.kind === 'interest' ? [{ ...line, principal: plain(line.principal), amount: plain(line.amount) }] : []))
  const costLines = working.flatMap(line => (line.kind === 'compensation' ? [{ invoice: line.invoice, amount: plain(line.amount) }] : []))
  const extra = [...interestLines, ...costLines].map(({ amount }) => amount)
  return { kind, interestLines, costLines, extra, all: sumsOf([...open, ...extra]) }
}

const plain = ({ amount, currency }: { amount: Prisma.Decimal; currency: string }): Money => ({ amount: amount.toFixed(), currency })

const keyOf = (owner: ItemOwner | undefined): string => JSON.stringify(owner ? [owner.administration, owner.number] : [])

/** The items by whose they are and by their step, in the order in which they were given. */
function sectionsOf(items: readonly ReminderItem[]) {
  const byOwner = Map.groupBy(items, ({ owner }) => keyOf(owner))
  return [...byOwner.values()].map(own => ({
    ...own[0]?.owner,
    groups: [...Map.groupBy(own, ({ stage }) => stage)].map(([stage, group]) => ({
      stage,
      items: group.map(({ owner: _owner, daysLate, ...item }) => ({ ...item, daysLate: daysLate > 0 ? String(daysLate) : '' })),
    })),
    subtotals: sumsOf(own.map(({ open }) => open)),
  }))
}

function sumsOf(amounts: readonly Money[]): Money[] {
  const byCurrency = Map.groupBy(amounts, ({ currency }) => currency)
  return [...byCurrency].map(([currency, own]) => ({
    currency,
    amount: own.reduce((sum, { amount }) => sum.add(amount), new Prisma.Decimal(0)).toFixed(),
  }))
}
