import { errorText, type Log } from '#platform'
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
      const ownReading = await local.read(message, context)
      const other = llm && ownReading.engine !== 'structure' ? await askModel(llm, message, context, log) : undefined
      const reading = other ? combineReadings(ownReading, other) : ownReading
      return { ...reading, quarantine: [...quarantine, ...reading.quarantine.filter(({ kind }) => !quarantine.some(known => known.kind === kind))] }
    },
  }
}

// A model that is down, over budget or talks nonsense leaves the local reading alone; it is counted where it is asked.
async function askModel(llm: ReadingEngine, message: MessageToRead, context: ReadingContext, log: Log): Promise<Reading | undefined> {
  try {
    return await llm.read(message, context)
  } catch (error) {
    log.warn({ reason: errorText(error).slice(0, 200) }, 'The language model gave no reading; the local one stands alone')
    return undefined
  }
}
