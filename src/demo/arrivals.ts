import { randomUUID } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { demoMailSource, demoMails } from './mail-source.ts'
import type { DemoFolder } from './prepare.ts'

/** Delivers a mail into the demo's Maildir, as a mail server would: written aside, then renamed into `new`. */
export async function deliver(mailbox: string, source: Buffer): Promise<void> {
  const name = `${randomUUID()}.demo`
  await writeFile(join(mailbox, 'tmp', name), source)
  await rename(join(mailbox, 'tmp', name), join(mailbox, 'new', name))
}

const soon = 6
const [shortPause, pause] = [700, 3_500] // milliseconds: the 45 mails arrive within the first two and a half minutes

/** Lets the demo's mails arrive one by one, the first handful in quick succession, until the signal ends it. */
export async function letMailsArrive(demo: DemoFolder, signal: AbortSignal): Promise<void> {
  for (const [index, mail] of demoMails().entries()) {
    if (index > 0) await sleep(index < soon ? shortPause : pause, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    await deliver(demo.mailbox, await demoMailSource(mail, demo.debtors, demo.invoices, new Date()))
  }
}
