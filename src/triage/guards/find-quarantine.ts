import type { Quarantine } from '../quarantine.ts'
import type { MessageToRead, ReadingContext } from '../reading.ts'
import { findBankChange } from './bank-change.ts'
import { findHiddenText } from './hidden-text.ts'
import { findInjection } from './injection.ts'
import { findLookAlike } from './look-alike.ts'

/** Why a message is not to be trusted; empty for an ordinary one. */
export function findQuarantine(message: MessageToRead, context: ReadingContext): Quarantine[] {
  return [
    ...findInjection(message),
    ...findHiddenText(message),
    ...(message.kind === 'bounce' ? [] : findBankChange(message, context)),
    ...findLookAlike(message, context),
    ...findUnverified(message),
  ]
}

const findUnverified = ({ senderVerified }: MessageToRead): Quarantine[] =>
  senderVerified === 'fail' ? [{ kind: 'sender_unverified', code: 'not_from_domain' }] : []
