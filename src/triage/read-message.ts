import { DuncanError, type Log } from '#platform'
import { combineReadings } from './combine.ts'
import { findQuarantine } from './guards/find-quarantine.ts'
import { createLocalEngine } from './local-engine.ts'
import type { MessageToRead, Reading, ReadingContext, ReadingEngine } from './reading.ts'

export type Triage = {
  /** What a message asks, says and is; stores nothing. Never throws for what a mail holds. */
  readMessage: (message: MessageToRead, context: ReadingContext) => Promise<Reading>
}

/** The reader of messages: the local engine always, the language model beside it when one is given, and the guards. */
export function createTriage({ llm, log, local = createLocalEngine() }: { llm?: ReadingEngine | undefined; log: Log; local?: ReadingEngine }): Triage {
  return {
    readMessage: async (message, context) => {
      const quarantine = findQuarantine(message, context)
      const own = await local.read(message, context)
      const reading = llm && own.engine !== 'structure' ? await readBeside(own, llm, message, context, log) : own
      return { ...reading, quarantine: [...quarantine, ...reading.quarantine.filter(({ kind }) => !quarantine.some(known => known.kind === kind))] }
    },
  }
}

// A model that is down, over budget or talks nonsense leaves the local reading alone, which says why; it is counted where it is asked.
async function readBeside(own: Reading, llm: ReadingEngine, message: MessageToRead, context: ReadingContext, log: Log): Promise<Reading> {
  try {
    return combineReadings(own, await llm.read(message, context))
  } catch (error) {
    // Only faults of our own words are told: another one's may hold the mail.
    const problem = error instanceof DuncanError ? `${error.code}: ${error.message}` : 'llm.failed'
    log.warn({ problem }, 'The language model gave no reading; the local one stands alone')
    return llm.model ? { ...own, model: { ...llm.model, problem } } : own
  }
}
