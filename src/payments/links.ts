import { isDeepStrictEqual } from 'node:util'
import { type Db, DuncanError, fromInstant, type PaymentLinkModel, Prisma, recordAudit } from '#platform'
import { parseQuery, readSegments, whyItFits, withSegments } from '#search'
import type { PaymentsDeps } from './deps.ts'
import { hashOf, newSeed, tokenOf } from './link-token.ts'

type Deps = Pick<PaymentsDeps, 'clock' | 'log' | 'secrets' | 'base' | 'rules' | 'search' | 'timeZone'>

/** The addresses of a link: of what it asks for, and of all that is open. */
export type LinkAddresses = { pay: string; all: string }
export type LinkSubject = { debtorId: number; invoiceIds: number[] }
/** Of a reminder. `charges`: interest and costs that it claims, a decimal string. */
export type ReminderSubject = LinkSubject & { dunningActionId: number; charges?: { amount: string; currency: string } | undefined }

/**
 * The link of a reminder: made once, the same ever after, leading to what the reminder asks for now. Undefined where the settings give the
 * debtor none, where it was revoked, or where there is no key to make one with.
 */
export async function reminderLink(deps: Deps, tx: Db, { dunningActionId, charges, ...named }: ReminderSubject): Promise<LinkAddresses | undefined> {
  if (!(await isWanted(deps, tx, named.debtorId))) return undefined
  const subject = { ...named, charges: charges ? new Prisma.Decimal(charges.amount) : null, chargesCurrency: charges?.currency ?? null }
  try {
    const known = await tx.paymentLink.findUnique({ where: { dunningActionId_debtorId: { dunningActionId, debtorId: named.debtorId } } })
    const link = known ?? (await makeLink(deps, tx, { ...subject, scope: 'reminder', dunningActionId, staffId: null }))
    if (link.revokedAt) return undefined
    // It is sent now, or later than when it was made.
    const isLater = link.expiresAt < expiry(deps)
    const isOther = !isDeepStrictEqual([link.invoiceIds, link.charges?.toFixed()], [subject.invoiceIds, subject.charges?.toFixed()])
    if (isLater || isOther) await tx.paymentLink.update({ where: { id: link.id }, data: { ...subject, expiresAt: expiry(deps) } })
    return addressesOf(link, await tokenOf(tx, deps.secrets, link.seed))
  } catch (error) {
    if (!(error instanceof DuncanError) || !error.code.startsWith('secrets.')) throw error
    deps.log.error({ debtor: named.debtorId, code: error.code }, 'a reminder goes without its link to pay')
    return undefined
  }
}

/** A link that a colleague asks for, for one invoice or (without any) for all that is open: the one that stands, or a new one. Throws `secrets.no_key`. */
export async function linkFor(deps: Deps, tx: Db, { staffId, ...subject }: LinkSubject & { staffId: number }): Promise<PaymentLinkModel & LinkAddresses> {
  const scope = subject.invoiceIds.length > 0 ? 'invoice' : 'debtor'
  const lasting = { debtorId: subject.debtorId, scope, revokedAt: null, base: deps.base, expiresAt: { gt: fromInstant(deps.clock.now().add({ hours: 24 })) } }
  const standing = await tx.paymentLink.findFirst({ where: { ...lasting, invoiceIds: { equals: subject.invoiceIds } }, orderBy: { id: 'desc' } })
  const link = standing ?? (await makeLink(deps, tx, { ...subject, scope, staffId, dunningActionId: null }))
  return { ...link, ...addressesOf(link, await tokenOf(tx, deps.secrets, link.seed)) }
}

/** Has a link lead nowhere from now on; false when it does so already. */
export async function revokeLink(tx: Db, id: number, { now, staffId }: { now: Date; staffId: number }): Promise<boolean> {
  const { count } = await tx.paymentLink.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })
  if (count === 1) await recordAudit(tx, { actor: `staff:${staffId}`, event: 'payment_link.revoked', subject: `payment_link:${id}` })
  return count === 1
}

/** The link that leads somewhere by what stands in its address; undefined for one that is unknown, expired or revoked. */
export async function findLink(db: Db, { clock }: Pick<PaymentsDeps, 'clock'>, token: string): Promise<PaymentLinkModel | undefined> {
  // Found by a hash of 256 bits: how long that takes tells nothing about any token.
  const link = await db.paymentLink.findUnique({ where: { tokenHash: hashOf(token) } })
  return link && leadsSomewhere(link, { clock }) ? link : undefined
}

const leadsSomewhere = ({ revokedAt, expiresAt }: PaymentLinkModel, { clock }: Pick<PaymentsDeps, 'clock'>): boolean =>
  revokedAt === null && expiresAt > fromInstant(clock.now())

/**
 * The pages of the other debtors whom the message of a link asks, with what stands in their addresses: told by the page of the first one alone, so that who
 * gets another one by itself sees nothing of the rest.
 */
export async function linksBeside(
  deps: Pick<Deps, 'clock' | 'secrets'>,
  db: Db,
  { id, dunningActionId }: PaymentLinkModel,
): Promise<(PaymentLinkModel & { token: string })[]> {
  if (dunningActionId === null) return []
  const [first, ...others] = await db.paymentLink.findMany({ where: { dunningActionId }, orderBy: { id: 'asc' } })
  if (first?.id !== id) return []
  const beside: (PaymentLinkModel & { token: string })[] = []
  for (const link of others.filter(each => leadsSomewhere(each, deps))) beside.push({ ...link, token: await tokenOf(db, deps.secrets, link.seed) })
  return beside
}

/** Which of these addresses are of pages of these debtors, word for word, that were not revoked. */
export async function ownLinksIn(db: Db, addresses: readonly string[], debtorIds: readonly number[]): Promise<string[]> {
  const own: string[] = []
  for (const address of new Set(addresses)) {
    const [, base, token] = /^(https?:\/\/.+)\/pay\/([\w-]{22})(?:\/all)?$/.exec(address) ?? []
    if (base === undefined || token === undefined) continue
    const found = await db.paymentLink.count({ where: { tokenHash: hashOf(token), base, debtorId: { in: [...debtorIds] }, revokedAt: null } })
    if (found > 0) own.push(address)
  }
  return own
}

async function makeLink(
  deps: Deps,
  tx: Db,
  made: LinkSubject &
    Partial<Pick<PaymentLinkModel, 'charges' | 'chargesCurrency'>> & { scope: string; dunningActionId: number | null; staffId: number | null },
): Promise<PaymentLinkModel> {
  const seed = newSeed()
  const tokenHash = hashOf(await tokenOf(tx, deps.secrets, seed))
  const row = { ...made, seed, tokenHash, base: deps.base, createdAt: fromInstant(deps.clock.now()), expiresAt: expiry(deps) }
  const { count } = await tx.paymentLink.createMany({ data: row, skipDuplicates: true })
  // Of two drafts of one reminder at once, the second takes the first one's.
  const link = await tx.paymentLink.findUniqueOrThrow({
    where: count === 1 ? { tokenHash } : { dunningActionId_debtorId: { dunningActionId: made.dunningActionId ?? 0, debtorId: made.debtorId } },
  })
  const actor = made.staffId === null ? 'duncan' : `staff:${made.staffId}`
  if (count === 1) await recordAudit(tx, { actor, event: 'payment_link.made', subject: `payment_link:${link.id}`, detail: { scope: made.scope } })
  return link
}

/** Whether the settings give this debtor links. */
async function isWanted({ rules, search }: Deps, db: Db, debtorId: number): Promise<boolean> {
  const { administrations } = rules()
  if (Object.keys(administrations).length === 0) return false
  const debtor = await db.debtor.findUnique({ where: { id: debtorId }, select: { administration: { select: { code: true } } } })
  const rule = debtor && administrations[debtor.administration.code]
  if (!rule) return false
  if (rule.wanted === undefined) return true
  const parsed = parseQuery(rule.wanted)
  if (parsed.kind === 'problem') return false // the settings refuse it; one of an earlier release gives none
  const [fits] = (await whyItFits(db, [parsed.query], withSegments(await search(db), await readSegments(db)), debtorId)) ?? []
  return Boolean(fits)
}

/** At the end of a day, since people are told the day. */
const expiry = ({ clock, rules, timeZone }: Deps): Date =>
  fromInstant(
    clock
      .today(timeZone)
      .add({ days: rules().expiryDays + 1 })
      .toZonedDateTime(timeZone)
      .toInstant()
      .subtract({ seconds: 1 }),
  )
const addressesOf = ({ base }: PaymentLinkModel, token: string): LinkAddresses => ({ pay: `${base}/pay/${token}`, all: `${base}/pay/${token}/all` })
