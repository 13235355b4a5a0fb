import { access, constants, mkdir } from 'node:fs/promises'
import { Command } from 'commander'
import { staleAdministrations } from '#ledger'
import { createSignIns, mailboxesKind, withSecrets } from '#mail'
import { checkOidc } from '#people'
import { connectDatabase, createSecrets, type Database, DuncanError, errorText, readEnvironment, silentLog, systemClock } from '#platform'
import { createSettings, newestVersion } from '#settings'
import { checkLlm } from '#triage'
import { type AppConfig, readAppConfig, settingsKinds } from '../app.ts'
import { checkReading, checkSending } from './check-mailbox.ts'

type Check = { name: string; run: () => Promise<string> }

/** The oldest PostgreSQL that Duncan is tested on. */
const oldestPostgres = 160_000

export function doctorCommand(): Command {
  return new Command('doctor').description('check every connection and say what to fix; exit code 1 when something is wrong').action(doctor)
}

async function doctor(): Promise<void> {
  const config = readAppConfig()
  console.log('✓ settings: every variable is right')
  const isDataFolderUsable = await report({ name: `data folder ${config.DUNCAN_DATA_DIR}`, run: () => checkDataFolder(config) })
  const databases: Database[] = []
  const isDatabaseUsable =
    isDataFolderUsable &&
    (await report({
      name: config.DATABASE_URL ? 'database of DATABASE_URL' : 'embedded database',
      run: async () => {
        const database = await connectDatabase(config)
        databases.push(database)
        return checkDatabase(database)
      },
    }))
  try {
    const [database] = databases
    const results = [isDataFolderUsable, isDatabaseUsable]
    if (database)
      for (const check of [
        ...signInChecks(config),
        ...(await mailChecks(config, database)),
        ...modelChecks(config, database),
        ...ledgerChecks(config, database),
      ])
        results.push(await report(check))
    process.exitCode = results.every(Boolean) ? 0 : 1
  } finally {
    for (const database of databases) await database.close()
  }
}

async function report({ name, run }: Check): Promise<boolean> {
  try {
    console.log(`✓ ${name}: ${await run()}`)
    return true
  } catch (error) {
    console.log(`✗ ${name}: ${errorText(error)}`)
    if (error instanceof DuncanError) console.log(`    → ${error.remedy}`)
    return false
  }
}

/** Company sign-in, where it is set up. */
function signInChecks(config: AppConfig): Check[] {
  if (!config.DUNCAN_OIDC_ISSUER && !config.DUNCAN_OIDC_CLIENT_ID && !config.DUNCAN_OIDC_CLIENT_SECRET) return []
  return [{ name: 'company sign-in', run: async () => `${await checkOidc(config)} answers` }]
}

async function checkDataFolder({ DUNCAN_DATA_DIR }: AppConfig): Promise<string> {
  try {
    await mkdir(DUNCAN_DATA_DIR, { recursive: true })
    await access(DUNCAN_DATA_DIR, constants.W_OK)
    return 'can be written'
  } catch (error) {
    throw new DuncanError('doctor.data', errorText(error), 'Give the user that runs Duncan the right to write there, or set DUNCAN_DATA_DIR.', { cause: error })
  }
}

async function checkDatabase({ client }: Database): Promise<string> {
  const [row] = await client.$queryRaw<{ version: string; number: number }[]>`
    SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`
  if (!row || row.number < oldestPostgres) throw new DuncanError('doctor.postgres', `it is PostgreSQL ${row?.version}.`, 'Duncan needs PostgreSQL 16 or newer.')
  return `PostgreSQL ${row.version}, its schema is this release's`
}

async function mailChecks(config: AppConfig, { client }: Database): Promise<Check[]> {
  const check = { name: 'business settings', run: () => checkSettings(client) }
  const mailboxes = await createSettings({ client, kinds: settingsKinds })
    .read(mailboxesKind)
    .catch(() => undefined)
  if (mailboxes === undefined) return [check]
  if (Object.keys(mailboxes).length === 0) {
    const none = new DuncanError(
      'doctor.mailboxes',
      'none is connected, so no mail is read.',
      'Name one under "mailboxes:" in a settings file and run `duncan apply`; the README shows one.',
    )
    return [check, { name: 'mailboxes', run: () => Promise.reject(none) }]
  }
  const signIns = createSignIns({ client, secrets: createSecrets(config), clock: systemClock, log: silentLog })
  return [
    check,
    ...Object.entries(mailboxes).flatMap(([key, mailbox]) => {
      const connected = () => signIns.attach(withSecrets(key, mailbox, readEnvironment()))
      return [
        { name: `mailbox ${key}`, run: async () => checkReading(connected()) },
        { name: `sending from ${key}`, run: async () => checkSending(connected()) },
      ]
    }),
  ]
}

/** Each kind in force must fit this release: an upgrade may ask for more than was written. */
async function checkSettings(client: Database['client']): Promise<string> {
  const settings = createSettings({ client, kinds: settingsKinds })
  for (const kind of settingsKinds) await settings.read(kind)
  const newest = await newestVersion(client)
  return newest ? `version ${newest.version} is in force` : 'none were applied yet'
}

function modelChecks(config: AppConfig, { client }: Database): Check[] {
  const { DUNCAN_LLM_MODEL: model } = config
  if (!model) return []
  const run = async () => {
    await checkLlm(config, { client, clock: systemClock })
    return 'answers in the form that is asked'
  }
  return [{ name: `language model ${model}`, run }]
}

function ledgerChecks({ DUNCAN_LEDGER_MAX_AGE_HOURS: hours }: AppConfig, { client }: Database): Check[] {
  return [
    {
      name: 'ledger',
      run: async () => {
        const debtors = await client.debtor.count()
        if (debtors === 0) throw new DuncanError('doctor.ledger', 'it is empty.', 'Import an export of your ERP with `duncan import <file>`.')
        const stale = await staleAdministrations(client, systemClock, hours)
        if (stale.length === 0) return `${debtors} debtors, imported within ${hours} hours`
        throw new DuncanError(
          'doctor.stale',
          `older than ${hours} hours: ${stale.map(({ code }) => code).join(', ')}.`,
          'Import a fresh export; until then replies state no amounts.',
        )
      },
    },
    {
      name: 'open alerts',
      run: async () => {
        const alerts = await client.opsAlert.findMany({ where: { resolvedAt: null }, orderBy: { id: 'asc' } })
        const [first] = alerts
        if (!first) return 'none'
        throw new DuncanError('doctor.alerts', `${alerts.length}, the oldest: ${first.problem}`, first.remedy)
      },
    },
  ]
}
