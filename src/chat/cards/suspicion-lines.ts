import type { TaskSubject } from '#ledger'
import { type Quarantine, quarantineSchema } from '#triage'
import type { CardElement } from '../card.ts'
import { tell } from '../words/sentences.ts'
import { oneLine } from './cut.ts'
import type { CardContext } from './proposal-card.ts'

/** Why a mail is not to be trusted, a line for each kind of suspicion. */
export function suspicionLines(quarantine: readonly Quarantine[], { words, format }: CardContext): string[] {
  return [...new Set(quarantine.map(({ kind }) => kind))].map(kind => {
    const found = quarantine.filter(each => each.kind === kind).map(each => tell(words.suspicion, each, format))
    return `${words.quarantine[kind]}. ${oneLine(found.join(' '), 400)}`
  })
}

/** The same on the card of the task to verify such a mail. */
export function suspicions({ about }: TaskSubject, context: CardContext): CardElement[] {
  const found = about?.code === 'suspicious_mail' ? quarantineSchema.array().parse(about.found) : []
  return suspicionLines(found, context).map(text => ({ type: 'text', text, tone: 'neutral', weight: 'normal' }))
}
