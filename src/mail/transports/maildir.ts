import { createHash } from 'node:crypto'
import { mkdir, open, rename } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { errorText } from '#platform'
import type { MailTransport, Transmission } from './transport.ts'

/** A transport that delivers into the Maildir `folder` instead of sending: for the demo and for trying Duncan out. */
export function createMaildirOutbox(folder: string): MailTransport {
  return { send: source => deliver(folder, source) }
}

async function deliver(folder: string, source: Buffer): Promise<Transmission> {
  // Named after the content: delivering the same mail again replaces the file rather than doubling it.
  const name = `${createHash('sha256').update(source).digest('hex').slice(0, 32)}.${hostname().replaceAll(/[/:]/g, '_')}`
  try {
    await Promise.all(['tmp', 'new', 'cur'].map(part => mkdir(join(folder, part), { recursive: true })))
    const file = await open(join(folder, 'tmp', name), 'w')
    await file.writeFile(source)
    await file.sync()
    await file.close()
    await rename(join(folder, 'tmp', name), join(folder, 'new', name))
    return { kind: 'accepted', refused: [] }
  } catch (error) {
    return { kind: 'refused', permanent: false, problem: errorText(error) }
  }
}
