import {
  type DebtorMatch,
  matchCompanyNumbers,
  matchContactDomains,
  matchContacts,
  matchDebtors,
  matchInvoiceNumbers,
  matchNames,
  matchPaymentReferences,
  searchName,
} from '#ledger'
import type { Db } from '#platform'
import type { FoundReference, FoundReferences } from './find-references.ts'
import { domainOf, isSharedDomain } from './link/shared-domains.ts'
import { type DebtorLink, type Evidence, weighEvidence } from './link/weigh-evidence.ts'

export type { DebtorLink, LinkReason } from './link/weigh-evidence.ts'

/** What linking looks at: plain values, so that a stored mail and a file of a replay link alike. */
export type LinkableMessage = {
  direction: 'in' | 'out'
  fromAddress: string | undefined
  fromName: string | undefined
  /** Addresses of To and Cc: the debtor's side of a mail that we sent. */
  recipients: readonly string[]
  /** The recipients that a bounce names: the debtor's side of a bounce. */
  bounced: readonly string[]
  references: FoundReferences
  /** The debtor that the message's thread is linked to already. */
  threadDebtorId: number | undefined
  /** The administrations that the mailbox serves; all when undefined. */
  administrationIds?: readonly number[]
}

/**
 * Which debtor each message belongs to, and why; same order. One debtor must explain all strong evidence, else the
 * message is ambiguous and names its candidates: nothing is guessed. A fixed number of statements for the whole batch.
 */
export async function linkDebtors(db: Db, messages: readonly LinkableMessage[]): Promise<DebtorLink[]> {
  const wanted = messages.map(keysOf)
  const [contacts, domains, invoices, payments, companies, threads] = [
    await matchContacts(db, unique(wanted.flatMap(({ addresses }) => addresses))),
    await matchContactDomains(db, unique(wanted.flatMap(keys => keys.domains))),
    await matchInvoiceNumbers(db, unique(messages.flatMap(({ references }) => references.numbers.map(({ key }) => key)))),
    await matchPaymentReferences(db, unique(messages.flatMap(({ references }) => references.paymentReferences.map(({ key }) => key)))),
    await matchCompanyNumbers(db, unique(messages.flatMap(({ references }) => references.companyNumbers.map(({ key }) => key)))),
    await matchDebtors(db, [...new Set(messages.flatMap(({ threadDebtorId }) => threadDebtorId ?? []))]),
  ].map(byKey)
  const evidence = messages.map((message, at) => {
    const { addresses, domains: hosts } = wanted[at] ?? keysOf(message)
    const within = (found: DebtorMatch[]) => inAdministrations(found, message.administrationIds)
    const items: Evidence[] = []
    for (const address of addresses) add(items, 'sender', 'strong', within(contacts?.get(address) ?? []))
    addReferences(items, 'invoice_number', message.references.numbers, key => within(invoices?.get(key) ?? []))
    addReferences(items, 'payment_reference', message.references.paymentReferences, key => within(payments?.get(key) ?? []))
    addReferences(items, 'company_number', message.references.companyNumbers, key => within(companies?.get(key) ?? []))
    if (message.threadDebtorId !== undefined) add(items, 'thread', 'medium', within(threads?.get(String(message.threadDebtorId)) ?? []))
    for (const host of hosts) add(items, 'contact_domain', 'medium', within(domains?.get(host) ?? []))
    return items
  })
  await addNames(db, messages, evidence)
  return evidence.map(weighEvidence)
}

type Keys = { addresses: string[]; domains: string[] }

/** The addresses on the debtor's side, and their domains where a domain says something. */
function keysOf(message: LinkableMessage): Keys {
  const addresses = unique(debtorSide(message))
  const domains = unique(addresses.map(domainOf)).filter(domain => domain !== '' && !isSharedDomain(domain))
  return { addresses, domains }
}

function debtorSide({ direction, fromAddress, recipients, bounced }: LinkableMessage): string[] {
  if (direction === 'out') return [...recipients]
  if (bounced.length > 0) return [...bounced]
  return fromAddress ? [fromAddress] : []
}

function add(items: Evidence[], reason: Evidence['reason'], strength: Evidence['strength'], found: DebtorMatch[]): void {
  if (found.length > 0) items.push({ reason, strength, debtors: found })
}

/** What stands in quoted history only, or means little alone, never contradicts and never links against better evidence. */
function addReferences(items: Evidence[], reason: Evidence['reason'], references: FoundReference[], find: (key: string) => DebtorMatch[]): void {
  // "FS 402/2025" is that invoice, not the 402/2025 of somebody else.
  const isPart = (key: string) => references.some(other => other.key.length > key.length && other.key.endsWith(key) && find(other.key).length > 0)
  for (const { key, place, weak } of references.filter(reference => !isPart(reference.key)))
    add(items, reason, weak ? 'weak' : place === 'quoted' ? 'medium' : 'strong', find(key))
}

/** Names are looked up for those messages only that nothing else speaks for: it is the one costly look-up. */
async function addNames(db: Db, messages: readonly LinkableMessage[], evidence: Evidence[][]): Promise<void> {
  const names = messages.map((message, at) => {
    const isOpen = message.direction === 'in' && message.bounced.length === 0 && !evidence[at]?.some(({ strength }) => strength !== 'weak')
    return isOpen ? namesOf(message) : []
  })
  const found = byKey(await matchNames(db, unique(names.flat()).slice(0, mostNames)))
  for (const [at, wanted] of names.entries()) {
    for (const name of wanted) {
      const matches = inAdministrations(found.get(name) ?? [], messages[at]?.administrationIds)
      const same = matches.filter(({ similarity }) => similarity >= 0.95)
      add(evidence[at] ?? [], 'name', 'name', same.length > 0 ? same : [])
      if (same.length === 0) add(evidence[at] ?? [], 'name', 'weak', matches)
    }
  }
}

const shortestName = 5
/** Names looked up in one batch: a first sync of strangers' mail must not wait for them; those beyond stay unknown. */
const mostNames = 40

function namesOf({ fromName, references }: LinkableMessage): string[] {
  const written = [...(fromName?.split(/\s*(?:\||,| - | via | namens | @ )\s*/) ?? []), ...references.companyNames]
  return unique(written.slice(0, 6).map(searchName)).filter(name => name.length >= shortestName)
}

const inAdministrations = <T extends DebtorMatch>(found: T[], administrationIds: readonly number[] | undefined): T[] =>
  administrationIds ? found.filter(({ administrationId }) => administrationIds.includes(administrationId)) : found

function byKey<T extends { key: string }>(found: T[]): Map<string, T[]> {
  const map = new Map<string, T[]>()
  for (const match of found) map.set(match.key, [...(map.get(match.key) ?? []), match])
  return map
}

const unique = (values: string[]): string[] => [...new Set(values)]
