import { type ConnectWay, connectMailbox, createSignIns, type MailboxSettings } from '#mail'
import { createSecrets, type DbClient, DuncanError, errorText, silentLog, systemClock } from '#platform'
import type { AppConfig } from '../app.ts'
import { checkReading, checkSending } from './check-mailbox.ts'

/** Lets a person sign a mailbox in, then tries it; returns whether reading and sending work. Throws `connect.*`. */
export async function signInMailbox({ config, client }: { config: AppConfig; client: DbClient }, mailbox: MailboxSettings, way: ConnectWay): Promise<boolean> {
  const deps = { client, secrets: createSecrets(config), clock: systemClock }
  const account = await connectMailbox(deps, mailbox, way, 'cli')
  console.log(`✓ ${account ?? 'somebody'} signed in for ${mailbox.address}; a running Duncan takes it up by itself.`)

  const connected = createSignIns({ ...deps, log: silentLog }).attach(mailbox)
  const checks = [await report('reading', () => checkReading(connected))]
  if (connected.smtp) checks.push(await report('sending', () => checkSending(connected)))
  return checks.every(Boolean)
}

/** By a browser on this machine; it comes back to the port, or to a free one for 0. */
export const byBrowser = (port: number): ConnectWay => ({
  kind: 'browser',
  port,
  onPage: (page, redirectUri) =>
    console.log(`Open this page in a browser on this machine and sign in as somebody who may open the mailbox:\n\n${page}\n\nWaiting at ${redirectUri} ...`),
})

/** By a code that is typed on any other device. */
export const byCode: ConnectWay = {
  kind: 'device',
  onCode: (place, code) => console.log(`On any device open ${place} and type the code ${code}\nWaiting ...`),
}

async function report(name: string, check: () => Promise<string>): Promise<boolean> {
  try {
    console.log(`✓ ${name}: ${await check()}`)
    return true
  } catch (error) {
    console.log(`✗ ${name}: ${errorText(error)}`)
    if (error instanceof DuncanError) console.log(`    → ${error.remedy}`)
    return false
  }
}
