import { Command } from 'commander'
import { explainDeadJob, explainHold } from '#flows'
import { mailboxesKind, sendingHolds } from '#mail'
import { connectDatabase, createSecrets, type Database, DuncanError, listDeadJobs, systemClock } from '#platform'
import { createSettings, newestVersion } from '#settings'
import { checkLlm } from '#triage'
import { type AppConfig, readAppConfig, settingsKinds } from '../app.ts'
import { checkExports, checkImports, checkLedger, checkRates, checkStatements } from './doctor/books-checks.ts'
import { chatChecks } from './doctor/chat-checks.ts'
import { creditChecks } from './doctor/credit-checks.ts'
import { checkDatabase, checkDataFolder, machineChecks } from './doctor/machine-checks.ts'
import { mailChecks } from './doctor/mail-checks.ts'
import { outboxChecks } from './doctor/outbox-checks.ts'
import { paymentChecks } from './doctor/payment-checks.ts'
import { type Check, type Finding, runAll, type Verdict, verdictText } from './doctor/run-checks.ts'

export function doctorCommand(): Command {
  return new Command('doctor').option('--json', 'print the verdicts as JSON').action(async ({ json = false }: { json?: boolean }) => {
    process.exitCode = (await runChecks(json)) ? 0 : 1
  })
}

/** Checks everything and prints it; false when something is broken. Remarks alone are no fault. */
export async function runChecks(json = false): Promise<boolean> {
  const verdicts: Verdict[] = []
  const tell = (...found: Verdict[]) => {
    verdicts.push(...found)
    if (!json) for (const verdict of found) console.log(verdictText(verdict))
  }
  const config = readAppConfig()
  tell({ name: 'settings', state: 'ok', message: 'every variable is right' })
  const databases: Database[] = []
  try {
    tell(...(await runAll([{ name: `data folder ${config.DUNCAN_DATA_DIR}`, run: () => checkDataFolder(config) }])))
    if (verdicts.every(({ state }) => state !== 'fail')) tell(await openDatabase(config, databases))
    const [database] = databases
    if (database) tell(...(await runAll(await checksOn(config, database))))
  } finally {
    for (const database of databases) await database.close()
  }
  if (json) console.log(JSON.stringify(verdicts, null, 2))
  return verdicts.every(({ state }) => state !== 'fail')
}

/** It may have to be made or brought to this release first, which no other check's time limit suits. */
async function openDatabase(config: AppConfig, databases: Database[]): Promise<Verdict> {
  const name = config.DATABASE_URL ? 'database of DATABASE_URL' : 'embedded database'
  try {
    databases.push(await connectDatabase(config))
  } catch (error) {
    return (await runAll([{ name, run: () => Promise.reject(error) }]))[0] ?? { name, state: 'fail', message: 'cannot be opened' }
  }
  const [verdict] = await runAll(databases.map(database => ({ name, run: () => checkDatabase(database) })))
  return verdict ?? { name, state: 'fail', message: 'cannot be opened' }
}

async function checksOn(config: AppConfig, database: Database): Promise<Check[]> {
  const { client } = database
  const mailboxes = await createSettings({ client, kinds: settingsKinds })
    .read(mailboxesKind)
    .catch(() => undefined)
  const domain = Object.values(mailboxes ?? {})[0]?.address.split('@')[1]
  return [
    { name: 'business settings', run: () => checkSettings(client) },
    ...(mailboxes ? mailChecks(config, client, mailboxes) : []),
    { name: 'key of sign-ins', run: () => checkSecretKey(config, client) },
    ...modelChecks(config, client),
    ...(await chatChecks(config, client)),
    { name: 'ledger', run: () => checkLedger(config, client) },
    { name: 'imports', run: () => checkImports(client) },
    { name: 'bank statements', run: () => checkStatements(client) },
    { name: 'exports', run: () => checkExports(client) },
    { name: 'interest', run: () => checkRates(client) },
    ...(await creditChecks(config, database)),
    ...(await paymentChecks(config, database)),
    ...outboxChecks(config, client),
    ...machineChecks(config, domain),
    { name: 'sending', run: () => checkSending(client) },
    { name: 'jobs', run: () => checkJobs(client) },
    { name: 'open alerts', run: () => checkAlerts(client) },
  ]
}

/** Each kind in force must fit this release: an upgrade may ask for more than was written. */
async function checkSettings(client: Database['client']): Promise<Finding> {
  const settings = createSettings({ client, kinds: settingsKinds })
  for (const kind of settingsKinds) await settings.read(kind)
  const newest = await newestVersion(client)
  return newest
    ? `version ${newest.version} is in force`
    : { warning: 'none were applied yet.', remedy: 'Run `duncan setup`, or `duncan apply` with a starter pack of samples/settings.' }
}

async function checkSecretKey(config: AppConfig, client: Database['client']): Promise<Finding> {
  createSecrets(config)
  const sealed = await client.secret.count()
  if (sealed === 0 || config.DUNCAN_SECRET_KEY || !config.DATABASE_URL) return sealed === 0 ? 'nothing is sealed yet' : `${sealed} sealed`
  throw new DuncanError('doctor.secret_key', `${sealed} are sealed, and DUNCAN_SECRET_KEY is not set.`, 'Set the key that they were sealed with.')
}

function modelChecks(config: AppConfig, client: Database['client']): Check[] {
  const { DUNCAN_LLM_MODEL: model } = config
  if (!model) return []
  const run = async () => {
    const check = await checkLlm(config, { client, clock: systemClock })
    const failures = check?.today.failures ?? 0
    return `answers in the form that is asked${failures > 0 ? `; ${failures} of ${check?.today.calls} questions of today got no usable answer` : ''}`
  }
  return [{ name: `language model ${model}`, run }]
}

async function checkSending(client: Database['client']): Promise<Finding> {
  const holds = await sendingHolds(client)
  if (holds.length === 0) return 'nothing holds mail back'
  return {
    warning: `no mail leaves since the restore of a backup: ${holds.map(explainHold).join('; ')}.`,
    remedy: 'See `duncan sending`: it ends by itself once the mailboxes have told what was sent since the backup.',
  }
}

async function checkJobs(client: Database['client']): Promise<Finding> {
  const dead = await listDeadJobs(client)
  if (dead.length === 0) return 'none is dead'
  return {
    warning: `${dead.length} failed for good: ${dead
      .slice(0, mostJobs)
      .map(({ id, kind, problem }) => `${id.slice(0, 8)} ${kind} (${problem})`)
      .join('; ')}${dead.length > mostJobs ? '; …' : '.'}`,
    remedy: `${explainDeadJob(dead[0]?.kind ?? '')} See \`duncan jobs dead\`, and run them again with \`duncan jobs retry\`.`,
  }
}

const mostJobs = 5

async function checkAlerts(client: Database['client']): Promise<Finding> {
  const alerts = await client.opsAlert.findMany({ where: { resolvedAt: null }, orderBy: { id: 'asc' } })
  const [first] = alerts
  if (!first) return 'none'
  throw new DuncanError('doctor.alerts', `${alerts.length}, the oldest: ${first.problem}`, first.remedy)
}
