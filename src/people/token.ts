import { createHash, randomBytes } from 'node:crypto'

/** A fresh secret of 256 bits, safe in a URL and a cookie. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is kept of a token. A plain sha256 is enough: a random token of 256 bits cannot be guessed from a dictionary. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')
