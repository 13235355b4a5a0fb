import { DuncanError, openDatabase, readConfig, readEnvironment, silentLog, systemClock } from '#platform'
import { createLlmEngine, createTriage, type MessageToRead, type Reading, type ReadingContext, type ReadingEngine, triageConfig } from '#triage'
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
 * both combined, as live triage combines them. The model is asked once a mail; its calls count against the same daily budget,
 * and a spent budget ends the judging. A mail that it gives no answer to is one that it reads nothing in.
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
  const engine = askOnce(createLlmEngine(config, { client: database.client, clock: systemClock, log: silentLog }))
  const triage = createTriage({ llm: engine, log: silentLog })
  const llm: ReadMail = (mail, message = ownMessage(mail)) => engine.read(message, contextOf(mail)).catch(error => nothingRead(engine, error))
  const combined: ReadMail = (mail, message = ownMessage(mail)) => triage.readMessage(message, contextOf(mail))
  return { of: { local, llm, combined }, close: () => database.close() }
}

const ownMessages = new WeakMap<LabelledMail, MessageToRead>()
/** The message of a mail, the same one each time, so that its answer is found again. */
const ownMessage = (mail: LabelledMail): MessageToRead => {
  const message = ownMessages.get(mail) ?? messageOf(mail)
  ownMessages.set(mail, message)
  return message
}

const askOnce = (engine: ReadingEngine): ReadingEngine => {
  const answers = new Map<MessageToRead, Promise<Reading>>()
  const read = (message: MessageToRead, context: ReadingContext) => {
    const answer = answers.get(message) ?? engine.read(message, context)
    answers.set(message, answer)
    return answer
  }
  return { ...engine, read }
}

const nothingRead = ({ model }: ReadingEngine, error: unknown): Reading => {
  if (!(error instanceof DuncanError) || error.code === 'llm.over_budget') throw error
  const nothing: Reading = { engine: 'llm', language: 'und', intents: [], facts: [], quarantine: [], disagreements: [] }
  return model === undefined ? nothing : { ...nothing, model: { ...model, problem: error.code } }
}
