/** So many messages within so long, and no more. */
export type Limit = { messages: number; perMs: number }

/** What a platform takes: in one conversation, and from Duncan as a whole. */
export type Pace = { conversation: readonly Limit[]; platform: readonly Limit[] }

/**
 * Says when a conversation may be written to, by the limits of its platform and by the rests that the platform asked for. Moments are in
 * milliseconds of a clock that only goes forward. What it knows ends with the process: the platform itself asks to wait then.
 */
export function createPacer({ conversation: ofConversation, platform: ofPlatform }: Pace) {
  const written = new Map<string, number[]>()
  const writtenAtAll: number[] = []
  const rests = new Map<string, number>()
  const longest = Math.max(0, ...ofConversation.map(({ perMs }) => perMs))

  const readyAt = (conversation: string): number => Math.max(rests.get(conversation) ?? 0, freeAt(written.get(conversation) ?? [], ofConversation))
  const platformReadyAt = (): number => freeAt(writtenAtAll, ofPlatform)

  return {
    wrote: (conversation: string, at: number): void => {
      written.set(conversation, [...(written.get(conversation) ?? []).filter(before => before > at - longest), at])
      writtenAtAll.push(at)
      writtenAtAll.splice(0, writtenAtAll.length - Math.max(1, ...ofPlatform.map(({ messages }) => messages)))
    },
    rest: (conversation: string, until: number): void => void rests.set(conversation, until),
    /** The conversations that are not to be written to yet. */
    resting: (now: number): string[] => [...new Set([...rests.keys(), ...written.keys()])].filter(conversation => !forget(conversation, now)),
    isReady: (now: number): boolean => platformReadyAt() <= now,
    /** When the next of what rests now may be written to; undefined when nothing rests. */
    nextAt: (now: number): number | undefined => {
      const later = [platformReadyAt(), ...[...new Set([...rests.keys(), ...written.keys()])].map(readyAt)].filter(at => at > now)
      return later.length === 0 ? undefined : Math.min(...later)
    },
  }

  /** Whether a conversation may be written to; what is over is forgotten. */
  function forget(conversation: string, now: number): boolean {
    if (readyAt(conversation) > now) return false
    rests.delete(conversation)
    if ((written.get(conversation)?.at(-1) ?? 0) <= now - longest) written.delete(conversation)
    return true
  }
}

/** When one more message keeps all limits, after those at these moments. */
const freeAt = (times: readonly number[], limits: readonly Limit[]): number =>
  Math.max(0, ...limits.map(({ messages, perMs }) => (times.at(-messages) ?? -perMs) + perMs))
