import { type Db, DuncanError, fromInstant, type PaymentLinkModel } from '#platform'
import type { PaymentsDeps } from './deps.ts'
import { followPayment } from './follow-payment.ts'
import { findLink, type LinkAddresses, type LinkSubject, linkFor, linksBeside, type ReminderSubject, reminderLink } from './links.ts'
import { type PayAsked, payAsked } from './pay-items.ts'
import { settlePayments } from './settle-payments.ts'
import { type PayClick, type PayStart, startPayment } from './start-payment.ts'
import { isPaymentOfOurs, tellUnknownPayments } from './unknown-payments.ts'

export type Payments = {
  /** The addresses that a reminder tells; undefined where its debtor is given none. */
  reminderLink: (tx: Db, reminder: ReminderSubject) => Promise<LinkAddresses | undefined>
  /** A link that a colleague asks for. Throws `secrets.no_key` where nothing can be sealed. */
  linkFor: (tx: Db, asked: LinkSubject & { staffId: number }) => Promise<PaymentLinkModel & LinkAddresses>
  /** The link of a token that leads somewhere. */
  findLink: (token: string) => Promise<PaymentLinkModel | undefined>
  /** The pages of the other debtors whom the message of a link asks, with what stands in their addresses. */
  beside: (link: PaymentLinkModel) => Promise<(PaymentLinkModel & { token: string })[]>
  /** What a link asks for at this moment, or all that is open of its debtor. */
  asked: (link: PaymentLinkModel, all: boolean) => Promise<PayAsked>
  /** Counts that the page of a link was looked at. */
  opened: (link: PaymentLinkModel) => Promise<void>
  /** Whether money can be taken online, and the ways to pay of a country as the provider calls them; none: all that it offers. */
  isOnline: () => boolean
  ways: (country: string) => readonly string[]
  start: (link: PaymentLinkModel, click: PayClick) => Promise<PayStart>
  /** Follows what a provider says by its webhook: an id of ours is asked about; false for one that is not known. */
  heard: (provider: string, externalId: string) => Promise<boolean>
  /** The same for one that is not known: what a page of ours began is told to people, anything else is passed over. */
  heardUnknown: (provider: string, externalId: string) => Promise<void>
  /** Asks about the payments of a link that are not settled, as far as the provider answers; returns the newest one's state. */
  lookAgain: (link: Pick<PaymentLinkModel, 'id'>) => Promise<string | undefined>
  /** Asks about all payments of which nothing was heard for a while, and lets go of those that the ledger shows. */
  follow: () => Promise<void>
  /** Tells people of what was paid by pages of ours and is not known here; a provider that does not answer is asked the next time. */
  tellUnknown: () => Promise<void>
}

/** After so long without a word of an open payment the provider is asked. */
const quietFor = { minutes: 15 }
/** What was paid may be taken back for so long (chargebacks of cards), and is asked about once a day. */
const watchedFor = { hours: 24 * 120 }
const atOnce = 200

/** Links to pay, and the payments that come of them. */
export function createPayments(deps: PaymentsDeps): Payments {
  const { client, clock, log, provider } = deps

  /** One that the provider does not answer about does not keep the others from being asked about. */
  async function tryFollow(id: number): Promise<void> {
    try {
      await followPayment(deps, id)
    } catch (error) {
      if (!(error instanceof DuncanError)) throw error
      log.warn({ payment: id, code: error.code }, 'how an online payment stands is not known')
    }
  }

  async function askAgain(): Promise<void> {
    const now = clock.now()
    const [quiet, daily] = [fromInstant(now.subtract(quietFor)), fromInstant(now.subtract({ hours: 24 }))]
    const waiting = { status: 'open', createdAt: { lt: quiet }, OR: [{ checkedAt: null }, { checkedAt: { lt: quiet } }] }
    const watched = { status: 'paid', paidAt: { gt: fromInstant(now.subtract(watchedFor)) }, OR: [{ checkedAt: null }, { checkedAt: { lt: daily } }] }
    const payments = await client.onlinePayment.findMany({ where: { OR: [waiting, watched] }, orderBy: { id: 'asc' }, take: atOnce, select: { id: true } })
    for (const { id } of payments) await tryFollow(id)
    // Its process died while it was being begun: nobody was led to it.
    await client.onlinePayment.updateMany({ where: { status: 'starting', createdAt: { lt: quiet } }, data: { status: 'failed' } })
  }

  return {
    reminderLink: (tx, reminder) => reminderLink(deps, tx, reminder),
    linkFor: (tx, asked) => linkFor(deps, tx, asked),
    findLink: token => findLink(client, deps, token),
    beside: link => linksBeside(deps, client, link),
    asked: (link, all) => payAsked(client, deps, link, all),
    opened: async ({ id, openedAt }) => {
      const first = openedAt === null ? { openedAt: fromInstant(clock.now()) } : {}
      await client.paymentLink.updateMany({ where: { id }, data: { ...first, openings: { increment: 1 } } })
    },
    isOnline: () => provider !== undefined,
    ways: country => deps.rules().methods[country] ?? [],
    start: (link, click) => startPayment(deps, link, click),
    heard: async (name, externalId) => {
      const payment = await client.onlinePayment.findFirst({ where: { provider: name, externalId }, select: { id: true } })
      if (payment) await followPayment(deps, payment.id)
      return payment !== null
    },
    heardUnknown: async (name, externalId) => {
      if (name === provider?.name && (await isPaymentOfOurs(deps, externalId))) await tellUnknownPayments(deps)
    },
    lookAgain: async ({ id: linkId }) => {
      const newest = await client.onlinePayment.findFirst({ where: { linkId }, orderBy: { id: 'desc' }, select: { id: true } })
      if (!newest) return undefined
      await tryFollow(newest.id)
      return (await client.onlinePayment.findUniqueOrThrow({ where: newest, select: { status: true } })).status
    },
    follow: async () => {
      if (provider) await askAgain()
      await settlePayments(deps)
    },
    tellUnknown: async () => {
      try {
        await tellUnknownPayments(deps)
      } catch (error) {
        if (!(error instanceof DuncanError)) throw error
        log.warn({ code: error.code }, 'whether all online payments are known is not known')
      }
    },
  }
}
