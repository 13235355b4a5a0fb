import type { MessageToRead, Quarantine, ReadingContext } from '../reading.ts'
import { findBankChange } from './bank-change.ts'

/** Why a message is not to be trusted; empty for an ordinary one. Each reason is a sentence for a person. */
export function findQuarantine(message: MessageToRead, _context: ReadingContext): Quarantine[] {
  return [...findBankChange(message)]
}
