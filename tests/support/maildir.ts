import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/** A folder of its own for one test. */
export function temporaryFolder(t: Pick<TestContext, 'after'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Delivers a mail as a mail server does: written aside, then renamed into `new`. Returns the file's name. */
export function deliver(maildir: string, source: string | Buffer): string {
  for (const name of ['tmp', 'new', 'cur']) mkdirSync(join(maildir, name), { recursive: true })
  const name = `${Date.now()}.${randomUUID()}.test`
  writeFileSync(join(maildir, 'tmp', name), source)
  renameSync(join(maildir, 'tmp', name), join(maildir, 'new', name))
  return name
}

/** A small mail; header lines given by name replace or extend the usual ones. */
export function aMail({ text = 'We pay on Friday.', ...headers }: { text?: string } & Record<string, string> = {}): string {
  const lines = {
    From: 'Ann Brook <ann@brook.example>',
    To: 'ar@seller.example',
    Subject: 'Invoice 2026-0412',
    Date: 'Mon, 2 Mar 2026 09:00:00 +0100',
    'Message-ID': `<${randomUUID()}@brook.example>`,
    ...headers,
  }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}`)
  return `${head.join('\r\n')}\r\n\r\n${text}\r\n`
}
