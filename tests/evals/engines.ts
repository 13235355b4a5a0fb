import { DuncanError, openDatabase, readConfig, readEnvironment, silentLog, systemClock } from '#platform'
import { createLlmEngine, createTriage, type Reading, triageConfig } from '#triage'
import { type LabelledMail, messageOf } from './corpus.ts'

export type ReadMail = (mail: LabelledMail) => Promise<Reading>

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
  return mail => triage.readMessage(messageOf(mail), contextOf(mail))
}

/** The language model alone, as configured in the environment or `.env`; its calls count against the same daily budget. */
export const readByModel = (): { read: ReadMail; close: () => Promise<void> } => {
  const env = readEnvironment()
  const config = readConfig(triageConfig, env)
  if (config.DUNCAN_LLM_MODEL === undefined || env.DATABASE_URL === undefined) {
    throw new DuncanError(
      'config.invalid',
      'The language model is not configured for the evaluation.',
      'Set DUNCAN_LLM_MODEL (and its endpoint), and DATABASE_URL for the budget counters.',
    )
  }
  const database = openDatabase(env.DATABASE_URL)
  const engine = createLlmEngine(config, { client: database.client, clock: systemClock, log: silentLog })
  return { read: mail => engine.read(messageOf(mail), contextOf(mail)), close: () => database.close() }
}
