import type { Temporal } from 'temporal-polyfill'

/** An order to a provider of payments. Amounts are decimal strings with as many places as the currency has. */
export type PaymentOrder = {
  amount: string
  currency: string
  /** What the debtor reads on their statement; at most 255 letters. */
  description: string
  /** Ours, told back with the payment. */
  reference: string
  /** Ways to pay as the provider calls them; empty: all that it offers. */
  methods: readonly string[]
  /** BCP 47 with an underscore, as in nl_NL. */
  locale: string
  redirectUrl: string
  webhookUrl: string
  /** Orders of one key are one payment. */
  idempotencyKey: string
}

/** A payment as its provider knows it now. `takenBack`: what was refunded or charged back. Amounts are decimal strings. */
export type ProviderPayment = {
  id: string
  status: 'open' | 'paid' | 'failed' | 'canceled' | 'expired'
  amount: string
  currency: string
  takenBack: string
  method: string | undefined
  reference: string | undefined
  /** Where the provider tells how it goes on. */
  webhookUrl: string | undefined
  /** Where the debtor pays, while it is open. */
  checkoutUrl: string | undefined
}

/**
 * Who takes the money. What it says by itself is a call to our webhook with an id in it, of which nothing is believed: it is asked then.
 * Its methods throw `payments.unreachable` where it does not answer and `payments.refused` where it says no.
 */
export type PaymentProvider = {
  /** Stands in the address of its webhook. */
  name: string
  createPayment: (order: PaymentOrder) => Promise<ProviderPayment>
  getPayment: (id: string) => Promise<ProviderPayment>
  /** All that were begun since then, whoever began them. */
  paymentsSince: (since: Temporal.Instant) => Promise<ProviderPayment[]>
  /** The ways to pay that it offers, as it calls them: whether the key is right, too. */
  methods: () => Promise<string[]>
}
