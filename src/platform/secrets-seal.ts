import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { DuncanError } from './errors.ts'
import type { SecretKey } from './secrets-key.ts'

export type Sealed = { keyId: string; sealed: Uint8Array<ArrayBuffer> }

const algorithm = 'aes-256-gcm'
const [nonceLength, tagLength] = [12, 16]

/** The text under AES-256-GCM, bound to the name: nonce, tag and ciphertext in one piece. */
export function seal({ id, bytes }: SecretKey, name: string, plain: string): Sealed {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv(algorithm, bytes, nonce, { authTagLength: tagLength }).setAAD(boundTo(name))
  const content = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return { keyId: id, sealed: Uint8Array.from(Buffer.concat([nonce, cipher.getAuthTag(), content])) }
}

/** The text again. Throws `secrets.key_missing` when none of the keys sealed it, `secrets.damaged` when it is not what was sealed. */
export function unseal(keys: SecretKey[], name: string, { keyId, sealed }: Sealed): string {
  const key = keys.find(({ id }) => id === keyId)
  if (!key) {
    const remedy = 'Add that key behind the first one, separated by a comma; if it is lost, connect the mailbox again with `duncan connect`.'
    throw new DuncanError('secrets.key_missing', `The secret ${name} is locked with the key ${keyId}, which DUNCAN_SECRET_KEY does not hold.`, remedy)
  }
  try {
    const decipher = createDecipheriv(algorithm, key.bytes, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
    decipher.setAAD(boundTo(name)).setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength))
    return decipher.update(sealed.subarray(nonceLength + tagLength), undefined, 'utf8') + decipher.final('utf8')
  } catch (error) {
    const remedy = 'Connect the mailbox again with `duncan connect`, and find out who changed the database.'
    throw new DuncanError('secrets.damaged', `The secret ${name} is not what was stored under this name.`, remedy, { cause: error })
  }
}

/** A row that is copied to another name must not open there. */
const boundTo = (name: string): Buffer => Buffer.from(`duncan secret 1\0${name}`)
