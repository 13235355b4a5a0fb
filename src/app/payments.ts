import { endHold, heldByDispute, placeHold, seenToElsewhere } from '#dunning'
import { createMollie, createPayments, payPagesUrl } from '#payments'
import type { Ground } from './ground.ts'

/** The links to pay: reminders carry them, the portal shows their pages, the queue follows what was paid there. */
export const openPayments = ({ client, clock, log, queue, ops, secrets, timeZone, config, publicUrl, current, search }: Ground) =>
  createPayments({
    client,
    clock,
    log,
    queue,
    ops,
    secrets,
    timeZone,
    base: payPagesUrl(config, publicUrl),
    rules: current.paymentLinks,
    provider: config.DUNCAN_PAYMENT_KEY ? createMollie({ url: config.DUNCAN_PAYMENT_URL, key: config.DUNCAN_PAYMENT_KEY }) : undefined,
    search,
    holds: {
      place: (tx, held) => placeHold(tx, { ...held, reason: 'payment_claim' }),
      end: (tx, ids, at) => endHold(tx, { ids }, at),
      elsewhere: seenToElsewhere,
      disputed: (db, debtorId, invoiceIds) => heldByDispute(db, debtorId, [...invoiceIds, null]),
    },
  })
