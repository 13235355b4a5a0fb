import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { finished } from 'node:stream/promises'
import { byteOrderMark, type Encoding, encodeText } from './encoding.ts'
import type { RejectFormat, SourceRow } from './table-source.ts'

export type RejectFile = {
  add: (row: SourceRow, problem: string) => void
  /** Waits when the disk is slower than the file. */
  flush: () => Promise<void>
  /** Finishes the file; null when nothing was rejected. */
  end: () => Promise<string | null>
  discard: () => Promise<void>
}

/** The rejected rows of one run, in the format and encoding of the file they came from; written when there is a first one. */
export function openRejectFile(path: string, format: RejectFormat, encoding: Encoding): RejectFile {
  let stream: WriteStream | undefined
  let gathered = ''

  const send = async () => {
    if (gathered === '') return
    if (!stream) {
      await mkdir(dirname(path), { recursive: true })
      stream = createWriteStream(path, { mode: 0o600 }) // names and addresses of people
      stream.write(encodeText(byteOrderMark(encoding) + format.head, encoding))
    }
    const isWritable = stream.write(encodeText(gathered, encoding))
    gathered = ''
    if (!isWritable) await once(stream, 'drain')
  }

  return {
    add: (row, problem) => void (gathered += format.row(row, problem)),
    flush: async () => {
      if (gathered.length > 65_536) await send()
    },
    end: async () => {
      await send()
      if (!stream) return null
      stream.end(encodeText(format.tail, encoding))
      await finished(stream)
      return path
    },
    discard: async () => {
      if (!stream) return
      stream.destroy()
      await rm(path, { force: true })
    },
  }
}
