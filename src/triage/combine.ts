import { byWeight } from './order-intents.ts'
import { assertedFrom, assertedIntents, type Fact, type FactKind, type Reading } from './reading.ts'

/** Facts that an action would rest on: engines that differ here must not be averaged. */
const matters: FactKind[] = [
  'promised_date',
  'promised_amount',
  'paid_date',
  'paid_amount',
  'invoice_number',
  'dispute_reason',
  'disputed_amount',
  'return_date',
  'instalment',
  'contact_email',
]
/** What is left of a confidence when the engines differ: shown, but below what counts as asserted by much. */
const disputedFactor = 0.6

/**
 * One reading of two engines. Agreement raises confidence (two independent looks); where they differ on an asserted
 * intent or a fact that matters, both stay at lowered confidence and the difference is named, so that it asks.
 */
export function combineReadings(local: Reading, llm: Reading): Reading {
  const { intents, differences } = combineIntents(local, llm)
  const facts = combineFacts(local.facts, llm.facts)
  return {
    engine: 'combined',
    language: llm.language === 'und' ? local.language : llm.language,
    intents,
    facts: facts.facts,
    quarantine: [...local.quarantine, ...llm.quarantine.filter(({ kind }) => !local.quarantine.some(known => known.kind === kind))],
    disagreements: [...differences, ...facts.differences],
    ...(llm.model && { model: llm.model }),
  }
}

function combineIntents(local: Reading, llm: Reading): { intents: Reading['intents']; differences: string[] } {
  const [ofLocal, ofLlm] = [new Set(assertedIntents(local)), new Set(assertedIntents(llm))]
  const names = new Set([...local.intents, ...llm.intents].map(({ intent }) => intent))
  const differences: string[] = []
  const intents = [...names].map(intent => {
    const [a, b] = [local, llm].map(reading => reading.intents.find(found => found.intent === intent))
    const evidence = a?.evidence ?? b?.evidence
    const [x, y] = [a?.confidence ?? 0, b?.confidence ?? 0]
    if (ofLocal.has(intent) !== ofLlm.has(intent)) {
      differences.push(ofLlm.has(intent) ? `Only the language model reads ${intent}` : `Only the local engine reads ${intent}`)
      // Still asserted when one is certain: a card that shows too much is better than one that hides.
      return { intent, confidence: Math.max(x, y) * disputedFactor, ...(evidence && { evidence }) }
    }
    const both = ofLocal.has(intent) ? 1 - (1 - x) * (1 - y) : Math.max(x, y)
    return { intent, confidence: Math.min(both, 0.99), ...(evidence && { evidence }) }
  })
  return { intents: intents.toSorted(byWeight), differences }
}

const valueOf = ({ value }: Fact): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** What two engines may write differently and mean alike: 1200 and 1200.00, F 1001 and F-1001, days in another order. */
function meaningOf({ kind, value }: Fact): string {
  if (typeof value !== 'string') return JSON.stringify([value.count, value.amount && plainAmount(value.amount), value.dates.toSorted()])
  if (kind.endsWith('_amount')) return plainAmount(value)
  return kind.endsWith('_date') ? value : value.toUpperCase().replace(/[^\p{L}\p{N}@.]/gu, '')
}

const plainAmount = (amount: string): string => (amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount)

/** An amount without a currency agrees with the same in one. */
const isSame = (a: Fact, b: Fact): boolean => a.kind === b.kind && meaningOf(a) === meaningOf(b) && (!a.currency || !b.currency || a.currency === b.currency)

const isDisputed = (fact: Fact, others: Fact[]): boolean =>
  fact.confidence >= assertedFrom && matters.includes(fact.kind) && !others.some(other => isSame(fact, other))

function combineFacts(local: Fact[], llm: Fact[]): { facts: Fact[]; differences: string[] } {
  const differences: string[] = []
  const fromLocal = local.map(fact => {
    const other = llm.find(candidate => isSame(fact, candidate))
    if (other) {
      if ((fact.conditional ?? false) !== (other.conditional ?? false)) {
        differences.push(`The engines differ on whether ${fact.kind} ${valueOf(fact)} is conditional`)
        return { ...fact, conditional: true, confidence: fact.confidence * disputedFactor }
      }
      return { ...fact, confidence: Math.min(0.99, 1 - (1 - fact.confidence) * (1 - other.confidence)) }
    }
    if (!isDisputed(fact, llm)) return fact
    differences.push(`Only the local engine reads ${fact.kind} ${valueOf(fact)}`)
    return { ...fact, confidence: fact.confidence * disputedFactor }
  })
  const offset = Math.max(0, ...local.map(({ promise }) => promise ?? 0))
  const fromLlm = llm
    .filter(fact => !local.some(other => isSame(fact, other)))
    .map(fact => {
      const promise = fact.promise === undefined ? undefined : (samePromise(fact, local, llm) ?? fact.promise + offset)
      const regrouped = { ...fact, ...(promise !== undefined && { promise }) }
      if (!isDisputed(fact, local)) return regrouped
      differences.push(`Only the language model reads ${fact.kind} ${valueOf(fact)}`)
      return { ...regrouped, confidence: fact.confidence * disputedFactor }
    })
  return { facts: [...fromLocal, ...fromLlm], differences }
}

/** The number that a promise of the language model has in the local reading, known by a fact that they share. */
function samePromise(fact: Fact, local: Fact[], llm: Fact[]): number | undefined {
  const siblings = llm.filter(({ promise }) => promise === fact.promise)
  return local.find(own => own.promise !== undefined && siblings.some(sibling => isSame(own, sibling)))?.promise
}
