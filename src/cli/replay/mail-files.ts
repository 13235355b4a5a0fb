import { createReadStream, existsSync, statSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { DuncanError } from '#platform'

export type MailFile = { file: string; source: Buffer }

/** Throws `replay.missing` when there is nothing at a path. */
export function assertExists(path: string): void {
  if (!existsSync(path))
    throw new DuncanError('replay.missing', `There is no file or folder ${path}.`, 'Name a folder of .eml files, a Maildir or an mbox file.')
}

/** The mails below a folder of .eml files, in a Maildir, or in an mbox file, in the order of their names or places. */
export async function* mailFiles(path: string): AsyncGenerator<MailFile> {
  if (!existsSync(path))
    throw new DuncanError('replay.missing', `There is no file or folder ${path}.`, 'Name a folder of .eml files, a Maildir or an mbox file.')
  if (statSync(path).isDirectory()) yield* filesOf(path)
  else if (path.endsWith('.eml')) yield { file: path, source: await readFile(path) }
  else yield* mboxMails(path)
}

async function* filesOf(folder: string): AsyncGenerator<MailFile> {
  const isMaildir = existsSync(join(folder, 'cur')) || existsSync(join(folder, 'new'))
  const files = isMaildir ? await maildirFiles(folder) : await emlFiles(folder)
  if (files.length === 0) throw new DuncanError('replay.empty', `${folder} holds no mails.`, 'Name a folder of .eml files, a Maildir or an mbox file.')
  for (const file of files) yield { file: relative(folder, file), source: await readFile(file) }
}

async function emlFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile() && entry.name.toLowerCase().endsWith('.eml'))
  return files.map(entry => join(entry.parentPath, entry.name)).toSorted()
}

async function maildirFiles(folder: string): Promise<string[]> {
  const lists = await Promise.all(
    ['cur', 'new'].map(async part => (existsSync(join(folder, part)) ? (await readdir(join(folder, part))).map(name => join(folder, part, name)) : [])),
  )
  return lists.flat().toSorted((a, b) => (a.slice(a.lastIndexOf('/')) < b.slice(b.lastIndexOf('/')) ? -1 : 1))
}

const newline = 0x0a
const fromLine = Buffer.from('From ')

/** Mails of an mbox (RFC 4155): each begins with a line `From `; in bodies such lines are escaped with `>` (mboxrd). */
async function* mboxMails(path: string): AsyncGenerator<MailFile> {
  let [lines, number]: [Buffer[], number] = [[], 0]
  const mail = () => ({ file: `${path}#${number}`, source: Buffer.concat(lines) })
  for await (const line of bufferLines(path)) {
    if (line.subarray(0, 5).equals(fromLine)) {
      if (lines.length > 0) yield mail()
      ;[lines, number] = [[], number + 1]
    } else if (number === 0) {
      throw new DuncanError('replay.mbox', `${path} is not an mbox file: its first line does not begin with "From ".`, 'Give single mails the ending .eml.')
    } else {
      lines.push(/^>+From $/.test(line.subarray(0, line.indexOf(0x20) + 1).toString('latin1')) ? line.subarray(1) : line)
    }
  }
  if (lines.length > 0) yield mail()
}

async function* bufferLines(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const block = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let start = 0
    for (let end = block.indexOf(newline); end >= 0; end = block.indexOf(newline, start)) {
      yield block.subarray(start, end + 1)
      start = end + 1
    }
    rest = block.subarray(start)
  }
  if (rest.length > 0) yield rest
}
