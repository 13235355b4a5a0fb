import { lateChargesKind, missingRates } from '#dunning'
import { exportStatus, exportsKind, staleAdministrations, statementStatus } from '#ledger'
import { type Database, DuncanError, systemClock, toInstant } from '#platform'
import { createSettings } from '#settings'
import { type AppConfig, settingsKinds } from '../../app.ts'
import type { Finding } from './run-checks.ts'

type Client = Database['client']

/** Whether the ledger is there and young enough to state amounts. */
export async function checkLedger({ DUNCAN_LEDGER_MAX_AGE_HOURS: hours }: AppConfig, client: Client): Promise<Finding> {
  const debtors = await client.debtor.count()
  if (debtors === 0) throw new DuncanError('doctor.ledger', 'it is empty.', 'Import an export of your ERP with `duncan import <file>`.')
  const stale = await staleAdministrations(client, systemClock, hours)
  if (stale.length === 0) return `${debtors} debtors, imported within ${hours} hours`
  throw new DuncanError(
    'doctor.stale',
    `older than ${hours} hours: ${stale.map(({ code }) => code).join(', ')}.`,
    'Import a fresh export; until then replies state no amounts.',
  )
}

/** How the newest import ended. */
export async function checkImports(client: Client): Promise<Finding> {
  const last = await client.importRun.findFirst({ where: { status: { not: 'running' } }, orderBy: { id: 'desc' } })
  if (!last) return 'none yet'
  const at = toInstant(last.startedAt).toString({ smallestUnit: 'minute' })
  if (last.status === 'failed') return { warning: `the last one (${at}) failed: ${last.error}`, remedy: 'Correct the file or its mapping and import it again.' }
  if (last.status === 'waiting_confirmation')
    return {
      warning: `the last one (${at}) waits: it would close more than a tenth of the open invoices.`,
      remedy: 'If that is right, import the file with --confirm.',
    }
  return last.rejectFile
    ? { warning: `the last one (${at}) left rows out.`, remedy: `Correct the rows in ${last.rejectFile} and import that file.` }
    : `the last one (${at}) was clean`
}

const oldStatement = 7 // days

/** How far the bank is known, account by account. */
export async function checkStatements(client: Client): Promise<Finding> {
  const accounts = await statementStatus(client)
  if (accounts.length === 0) return 'none yet; payments are known from the ledger alone'
  const gap = accounts.find(({ gaps }) => gaps.length > 0)
  if (gap)
    return {
      warning: `${gap.account} lacks statements before ${gap.gaps.map(({ number }) => number).join(', ')}.`,
      remedy: 'Import the statements between with `duncan statement import`.',
    }
  const today = systemClock.today('UTC')
  const late = accounts.filter(({ until }) => until === null || today.since(until, { largestUnit: 'days' }).days > oldStatement)
  if (late.length > 0)
    return {
      warning: `older than ${oldStatement} days: ${late.map(({ account, until }) => `${account} (${until ?? 'none'})`).join(', ')}.`,
      remedy: 'Import newer ones with `duncan statement import`, or let the bank drop them into DUNCAN_IMPORT_FOLDER.',
    }
  const waiting = accounts.reduce((sum, { review }) => sum + review, 0)
  return `${accounts.length} accounts are known${waiting > 0 ? `; ${waiting} payments wait for a person` : ''}`
}

/** How the newest run of each export that the settings name ended. */
export async function checkExports(client: Client): Promise<Finding> {
  const wanted = Object.entries(await createSettings({ client, kinds: settingsKinds }).read(exportsKind))
  if (wanted.length === 0) return 'none is set up'
  const runs = await exportStatus(client)
  const failed = runs.find(({ name, status }) => status === 'failed' && wanted.some(([each]) => each === name))
  if (failed)
    return { warning: `${failed.name} failed: ${failed.error ?? 'no cause is known'}`, remedy: `Correct that, then run \`duncan extract run ${failed.name}\`.` }
  const never = wanted.filter(([name, { schedule }]) => schedule !== undefined && !runs.some(run => run.name === name)).map(([name]) => name)
  if (never.length > 0)
    return { warning: `never ran yet: ${never.join(', ')}.`, remedy: `Try it with \`duncan extract run ${never[0]}\`; else it runs when its schedule says.` }
  const newest = runs
    .filter(({ name }) => wanted.some(([each]) => each === name))
    .map(({ name, startedAt }) => `${name} ${startedAt.slice(0, 16).replace('T', ' ')}`)
  return newest.length > 0 ? `last ran (UTC): ${newest.join(', ')}` : 'they run by hand, and none did yet'
}

/** Whether a rate is known for the interest that is asked for today. */
export async function checkRates(client: Client): Promise<Finding> {
  const asked = await createSettings({ client, kinds: settingsKinds }).read(lateChargesKind)
  if (Object.keys(asked.administrations).length === 0) return 'nothing is asked for late payment'
  const administrations = await client.administration.findMany({ select: { code: true, country: true }, orderBy: { id: 'asc' } })
  const missing = missingRates(asked, administrations, systemClock.today('UTC').toString())
  if (missing.length === 0) return 'the rates of today are known'
  return {
    warning: `no interest is asked for: today’s rate is not confirmed (${missing.join(', ')}).`,
    remedy: 'Look it up where it is published and add it to lateCharges under rates: docs/dunning.md.',
  }
}
