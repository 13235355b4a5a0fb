import { type PaymentChoice, type PaymentDecisionOutcome, paymentChoiceSchema, reportingTotal, settlePaymentIn } from '#ledger'
import { codeInSight, judge, may, readRightsPolicy, type Staff, sightOf } from '#people'
import { type Db, fromInstant, Prisma, recordAudit } from '#platform'
import type { ProposalsDeps } from './deps.ts'
import { paymentsChanged } from './payments-changed.ts'
import { isId } from './store.ts'

/** `version`: of the payment as the person saw it. `withdraw` takes a first vote back, one's own or another's. */
export type PaymentRequest = {
  paymentId: number
  staffId: number
  version: number
  choice: PaymentChoice | { kind: 'second_vote' } | { kind: 'withdraw' }
}

export type PaymentOutcome =
  | PaymentDecisionOutcome
  /** It counts as the first of two votes. */
  | { kind: 'needs_second' }
  | { kind: 'not_allowed'; why: 'no_right' | 'own_first_vote' | 'not_staff' }

type Paying = { tx: Db; deps: ProposalsDeps; person: Staff; payment: SeenPayment; request: PaymentRequest }
type SeenPayment = { id: number; version: number; amount: Prisma.Decimal; currency: string }

// A bank payment comes from no mail, so it has no proposal; who may decide what follows the same table of rights.

/**
 * Takes a person's word on a bank payment: within their sight, on the payment as they saw it; above their limit, or where the settings
 * want two people, it waits for a second vote by somebody else. Cards and replies of the debtors concerned follow at once.
 */
export async function decidePayment(deps: ProposalsDeps, request: PaymentRequest): Promise<PaymentOutcome> {
  const outcome = await deps.client.$transaction<PaymentOutcome>(
    async tx => {
      const person = await tx.staff.findUnique({ where: { id: request.staffId } })
      if (!person?.active) return { kind: 'not_allowed', why: 'not_staff' }
      const payment = await paymentInSight(tx, person, request.paymentId)
      if (!payment) return { kind: 'not_found' }
      if (!may(person, request.choice.kind === 'second_vote' ? 'second_vote' : 'decide')) return { kind: 'not_allowed', why: 'no_right' }
      if (payment.version !== request.version) return { kind: 'changed' }
      const paying = { tx, deps, person, payment, request }
      if (request.choice.kind === 'second_vote') return secondVote(paying)
      if (request.choice.kind === 'withdraw') return withdraw(paying)
      return firstVote(paying, request.choice)
    },
    { maxWait: 20_000, timeout: 120_000 }, // it may wait for an import that is being merged
  )
  if (outcome.kind === 'done') await paymentsChanged(deps, outcome.debtorIds)
  return outcome
}

async function paymentInSight(tx: Db, person: Staff, id: number): Promise<SeenPayment | undefined> {
  if (!isId(id)) return undefined
  const [payment] = await tx.$queryRaw<SeenPayment[]>`
    SELECT p.id, p.version, p.amount, p.currency FROM "Payment" p JOIN "Administration" a ON a.id = p."administrationId"
    WHERE p.id = ${id} AND p.source = 'bank' AND ${codeInSight(sightOf(person), Prisma.sql`a.code`)}`
  return payment
}

async function firstVote(paying: Paying, choice: PaymentChoice): Promise<PaymentOutcome> {
  const { tx, deps, person, payment } = paying
  const standing = await voteOn(tx, payment)
  if (standing) return { kind: 'changed' } // what one person approved is not replaced by another's word: it is agreed to or withdrawn
  const total = await stakeOf(deps, tx, payment)
  const verdict = judge(person, await readRightsPolicy(tx), { vote: 'first', stake: { total, kinds: [{ kind: 'allocate_payment', amount: total }] } })
  if (verdict.kind === 'refused') return { kind: 'not_allowed', why: 'no_right' }
  if (verdict.kind === 'allowed') return settle(paying, choice)
  // What cannot be carried out is told to who says it, not to who agrees: it is tried and taken back.
  await tx.$executeRaw`SAVEPOINT first_vote`
  const tried = await settle(paying, choice)
  await tx.$executeRaw`ROLLBACK TO SAVEPOINT first_vote`
  if (tried.kind !== 'done') return tried
  await tx.paymentVote.deleteMany({ where: { paymentId: payment.id, version: { not: payment.version } } })
  const vote = { paymentId: payment.id, version: payment.version, choice, staffId: person.id, createdAt: fromInstant(deps.clock.now()) }
  const { count } = await tx.paymentVote.createMany({ data: vote, skipDuplicates: true })
  if (count === 0) return { kind: 'changed' }
  await audit(paying, 'payment.first_vote', { choice: choice.kind, secondVote: verdict.why })
  return { kind: 'needs_second' }
}

async function secondVote(paying: Paying): Promise<PaymentOutcome> {
  const { tx, person, payment } = paying
  const vote = await voteOn(tx, payment)
  if (!vote) return { kind: 'changed' }
  const verdict = judge(person, await readRightsPolicy(tx), { vote: 'second', makers: [vote.staffId] })
  if (verdict.kind === 'refused') return { kind: 'not_allowed', why: verdict.why === 'own_decision' ? 'own_first_vote' : 'no_right' }
  if (!(await claimVote(paying))) return { kind: 'changed' }
  await audit(paying, 'payment.second_vote', { firstVoteBy: vote.staffId })
  return settle(paying, paymentChoiceSchema.parse(vote.choice))
}

async function withdraw(paying: Paying): Promise<PaymentOutcome> {
  const vote = await voteOn(paying.tx, paying.payment)
  if (!vote || !(await claimVote(paying))) return { kind: 'changed' }
  await audit(paying, 'payment.vote_withdrawn', { firstVoteBy: vote.staffId })
  return { kind: 'done', debtorIds: [] }
}

/** Takes the vote away, for one click only. What cannot be carried out any more is to be decided anew. */
async function claimVote({ tx, payment }: Paying): Promise<boolean> {
  const { count } = await tx.paymentVote.deleteMany({ where: { paymentId: payment.id, version: payment.version } })
  return count === 1
}

/** The first vote on the payment as it stands now. */
const voteOn = (tx: Db, { id, version }: SeenPayment) => tx.paymentVote.findFirst({ where: { paymentId: id, version } })

const settle = ({ tx, deps, person, payment }: Paying, choice: PaymentChoice): Promise<PaymentDecisionOutcome> =>
  settlePaymentIn(
    tx,
    { clock: deps.clock, calendars: deps.rules().calendars, promises: deps.rules().promises },
    { paymentId: payment.id, actor: `staff:${person.id}`, version: payment.version, choice },
  )

/** The whole payment in the reporting currency; null when it cannot be converted: that counts as above every limit. */
async function stakeOf({ rules, clock, config }: ProposalsDeps, tx: Db, { currency, amount }: SeenPayment): Promise<Prisma.Decimal | null> {
  const total = await reportingTotal(tx, [{ currency, amount: amount.abs() }], rules().reporting, clock.today(config.DUNCAN_TIME_ZONE))
  return total.kind === 'total' ? total.amount : null
}

const audit = ({ tx, person, payment }: Paying, event: string, detail: Prisma.InputJsonObject): Promise<unknown> =>
  recordAudit(tx, { actor: `staff:${person.id}`, event, subject: `payment:${payment.id}`, detail })
