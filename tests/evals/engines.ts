import { DuncanError, openDatabase, readConfig, readEnvironment, silentLog, systemClock } from '#platform'
import { combineReadings, createLlmEngine, createTriage, type MessageToRead, type Reading, triageConfig } from '#triage'
import { type LabelledMail, messageOf } from './corpus.ts'

/** Reads a labelled mail; `message` stands in for the mail as it is, e.g. with a history below. */
export type ReadMail = (mail: LabelledMail, message?: MessageToRead) => Promise<Reading>

const settings: Record<string, { country: string; currency: string }> = {
  nl: { country: 'NL', currency: 'EUR' },
  fr: { country: 'FR', currency: 'EUR' },
  de: { country: 'DE', currency: 'EUR' },
  pl: { country: 'PL', currency: 'PLN' },
  en: { country: 'GB', currency: 'GBP' },
  es: { country: 'ES', currency: 'EUR' },
  it: { country: 'IT', currency: 'EUR' },
}
/** Invoices that the ledger has and no mail names. */
const otherInvoices = ['2026-0001', '2026-0002', 'INV-10001']

/** What live triage would know: the debtor's country and invoices, the named ones among them. */
export const contextOf = ({ language, facts }: LabelledMail) => ({
  invoiceNumbers: [...(facts.invoice_numbers ?? []), ...otherInvoices],
  invoiceNumberShapes: [],
  country: settings[language]?.country,
  currency: settings[language]?.currency ?? 'EUR',
  knownDomains: ['debtor.example'],
  contactAddresses: ['someone@debtor.example'],
})

/** The whole local reading, as live triage does it. */
export const readLocally = (): ReadMail => {
  const triage = createTriage({ log: silentLog })
  return (mail, message = messageOf(mail)) => triage.readMessage(message, contextOf(mail))
}

export type EngineName = 'local' | 'llm' | 'combined'
export type Engines = { of: Partial<Record<EngineName, ReadMail>>; close: () => Promise<void> }

/**
 * The engines to judge: the local one, and where a language model is configured (environment or `.env`) that model alone and
 * both combined, as live triage combines them. The model is asked once a mail; its calls count against the same daily budget.
 */
export const openEngines = (): Engines => {
  const local = readLocally()
  const env = readEnvironment()
  const config = readConfig(triageConfig, env)
  if (config.DUNCAN_LLM_MODEL === undefined) return { of: { local }, close: async () => {} }
  if (env.DATABASE_URL === undefined) {
    throw new DuncanError(
      'config.invalid',
      'The language model counts its calls in the database, which is not set.',
      'Set DATABASE_URL, or unset DUNCAN_LLM_MODEL.',
    )
  }
  const database = openDatabase(env.DATABASE_URL)
  const engine = createLlmEngine(config, { client: database.client, clock: systemClock, log: silentLog })
  const answers = new Map<MessageToRead, Promise<Reading>>()
  const llm: ReadMail = (mail, message = messageOf(mail)) => {
    const answer = answers.get(message) ?? engine.read(message, contextOf(mail))
    answers.set(message, answer)
    return answer
  }
  const combined: ReadMail = async (mail, message = messageOf(mail)) => {
    const own = await local(mail, message)
    return own.engine === 'structure' ? own : combineReadings(own, await llm(mail, message))
  }
  return { of: { local, llm, combined }, close: () => database.close() }
}
