import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'
import { access, constants, mkdir, readdir, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { consoleUrl } from '#chat'
import { type Database, DuncanError, errorText, systemClock } from '#platform'
import type { AppConfig } from '../../app.ts'
import type { Check, Finding } from './run-checks.ts'

/** The oldest PostgreSQL that Duncan is tested on. */
const oldestPostgres = 160_000
const littleSpace = 2_000 // MB
const littleSkew = 5 // seconds

/** The folder of everything, and the room on its disk. */
export async function checkDataFolder({ DUNCAN_DATA_DIR }: AppConfig): Promise<Finding> {
  try {
    await mkdir(DUNCAN_DATA_DIR, { recursive: true })
    await access(DUNCAN_DATA_DIR, constants.W_OK)
  } catch (error) {
    throw new DuncanError('doctor.data', errorText(error), 'Give the user that runs Duncan the right to write there, or set DUNCAN_DATA_DIR.', { cause: error })
  }
  const { bavail, bsize } = await statfs(DUNCAN_DATA_DIR)
  const free = Math.floor((bavail * bsize) / 1_000_000)
  if (free < littleSpace)
    return { warning: `can be written; its disk has ${free} MB left.`, remedy: 'Free space or enlarge the disk: when it is full, no mail is read or sent.' }
  return `can be written, ${Math.floor(free / 1000)} GB free`
}

/** Version, rights and clock of the database; its tables are this release's once it is open. */
export async function checkDatabase({ client }: Database): Promise<Finding> {
  const [row] = await client.$queryRaw<{ version: string; number: number; creates: boolean; seconds: number }[]>`
    SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
      has_database_privilege(current_database(), 'CREATE') AND has_schema_privilege(current_schema(), 'CREATE') AS creates,
      extract(epoch FROM clock_timestamp())::float8 AS seconds`
  if (!row || row.number < oldestPostgres) throw new DuncanError('doctor.postgres', `it is PostgreSQL ${row?.version}.`, 'Duncan needs PostgreSQL 16 or newer.')
  if (!row.creates)
    throw new DuncanError('doctor.rights', 'its user may not create tables and schemas.', 'Make the user the owner: ALTER DATABASE <name> OWNER TO <user>.')
  const skew = Math.round(Math.abs(systemClock.now().epochMilliseconds / 1000 - row.seconds))
  if (skew > littleSkew)
    return {
      warning: `its clock and that of this machine differ by ${skew} seconds.`,
      remedy: 'Let both machines follow a time server (NTP): mails and promises are dated by them.',
    }
  return `PostgreSQL ${row.version}, its schema is this release's`
}

/** What belongs to this machine and its network. */
export function machineChecks(config: AppConfig, domain: string | undefined): Check[] {
  return [
    { name: `console on ${config.DUNCAN_HTTP_HOST}:${config.DUNCAN_HTTP_PORT}`, run: () => checkPort(config) },
    {
      name: `time zone ${config.DUNCAN_TIME_ZONE}`,
      run: async () => systemClock.now().toZonedDateTimeISO(config.DUNCAN_TIME_ZONE).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' '),
    },
    ...(config.DUNCAN_SENDER_CHECK === 'dns' && domain ? [{ name: 'DNS', run: () => checkDns(domain) }] : []),
    ...(config.DUNCAN_INVOICE_COPIES
      ? [{ name: `invoice copies in ${config.DUNCAN_INVOICE_COPIES}`, run: () => checkCopies(config.DUNCAN_INVOICE_COPIES ?? '') }]
      : []),
    ...(config.DUNCAN_IMPORT_FOLDER
      ? [{ name: `import folder ${config.DUNCAN_IMPORT_FOLDER}`, run: () => checkImportFolder(config.DUNCAN_IMPORT_FOLDER ?? '') }]
      : []),
    ...(config.DUNCAN_OIDC_ISSUER
      ? [{ name: `company sign-in at ${config.DUNCAN_OIDC_ISSUER}`, run: () => checkIssuer(config.DUNCAN_OIDC_ISSUER ?? '') }]
      : []),
  ]
}

async function checkPort(config: AppConfig): Promise<Finding> {
  const server = createServer()
  try {
    server.listen(config.DUNCAN_HTTP_PORT, config.DUNCAN_HTTP_HOST)
    await once(server, 'listening')
    return 'the port is free'
  } catch (error) {
    const answer = await fetch(new URL('/healthz', consoleUrl({ ...config, DUNCAN_PUBLIC_URL: undefined }))).then(
      response => response.json() as Promise<{ status?: string }>,
      () => undefined,
    )
    if (answer?.status === 'up') return 'a running Duncan answers'
    throw new DuncanError('doctor.port', `something else has it: ${errorText(error)}`, 'Stop that program, or set DUNCAN_HTTP_PORT.', { cause: error })
  } finally {
    server.close()
  }
}

async function checkDns(domain: string): Promise<Finding> {
  const resolver = new Resolver({ timeout: 3000, tries: 2 })
  try {
    await resolver.resolveTxt(domain)
    return 'answers'
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === 'ENOTFOUND' || code === 'ENODATA') return 'answers'
    return {
      warning: `does not answer (${code}), so senders cannot be checked.`,
      remedy: 'Give this machine a name server, or set DUNCAN_SENDER_CHECK=headers and DUNCAN_TRUSTED_SERVERS.',
    }
  }
}

async function checkCopies(folder: string): Promise<Finding> {
  const names = await listed(folder, 'DUNCAN_INVOICE_COPIES')
  const copies = names.filter(name => /\.pdf$/i.test(name)).length
  return copies > 0
    ? `${copies} files`
    : { warning: 'holds no PDF.', remedy: 'Copies are named by invoice number, as 2026-0117.pdf; requests for one wait for a person until then.' }
}

async function checkImportFolder(folder: string): Promise<Finding> {
  const names = await listed(folder, 'DUNCAN_IMPORT_FOLDER')
  await access(folder, constants.W_OK).catch((error: unknown) => {
    throw new DuncanError(
      'doctor.folder',
      errorText(error),
      'Give the user that runs Duncan the right to write there: imported files move to its done/ folder.',
      { cause: error },
    )
  })
  const failed = names.filter(name => /^failed[\\/].*\.report\.json$/.test(name)).length
  return failed === 0
    ? 'can be written'
    : {
        warning: `${failed} files in its failed/ folder were not imported.`,
        remedy: 'Each has a report beside it that says why; move or delete it when it is done with.',
      }
}

async function listed(folder: string, setting: string): Promise<string[]> {
  try {
    return await readdir(folder, { recursive: true })
  } catch (error) {
    throw new DuncanError('doctor.folder', errorText(error), `Correct ${setting}, or make the folder.`, { cause: error })
  }
}

async function checkIssuer(issuer: string): Promise<Finding> {
  const remedy = 'Correct DUNCAN_OIDC_ISSUER: it is the address before /.well-known/openid-configuration.'
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`).catch((error: unknown) => {
    throw new DuncanError('doctor.oidc', errorText(error), remedy, { cause: error })
  })
  const known = response.ok ? ((await response.json()) as { issuer?: string }) : {}
  if (known.issuer?.replace(/\/$/, '') === issuer.replace(/\/$/, '')) return 'answers'
  throw new DuncanError('doctor.oidc', response.ok ? `it calls itself ${known.issuer}.` : `it answers with ${response.status}.`, remedy)
}
