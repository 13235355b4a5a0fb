/** Size of the hash space that words, letter groups and concepts share. */
export const bucketCount = 1 << 17

/** What one step of a bucket's importance is worth. */
export const importanceStep = 1 / 16

const seed = 0x811c9dc5

/** FNV-1a of a text, or of one that goes on where an earlier state ended. */
export const hashState = (text: string, from: number = seed): number => {
  let value = from
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value
}

/** A state folded to the hash space. */
export const bucketOf = (state: number): number => ((state >>> 16) ^ state) & (bucketCount - 1)

/** The bucket of a text. */
export const hash = (text: string): number => bucketOf(hashState(text))
