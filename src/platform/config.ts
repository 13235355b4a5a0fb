import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { DuncanError } from './errors.ts'
import { areSecretKeys } from './secrets-key.ts'

/** The configuration of the platform itself; each folder exports the slice that it needs, `src/app.ts` joins them. */
export const platformConfig = z.object({
  DUNCAN_DATA_DIR: z.string().min(1).default('data').describe('Folder for the embedded database, raw mails and rejected import rows'),
  DATABASE_URL: z
    .string()
    .startsWith('postgres')
    .optional()
    .describe('PostgreSQL 16 or newer; without it Duncan starts its own embedded server in the data folder'),
  DUNCAN_SECRET_KEY: z
    .string()
    .refine(areSecretKeys, 'must be what `duncan secrets new-key` prints; several keys are separated by commas')
    .optional()
    .describe('Key of the secrets in the database, from `duncan secrets new-key`; the embedded database makes its own in the data folder'),
  DUNCAN_METRICS_TOKEN: z
    .string()
    .min(16, 'must be at least 16 characters')
    .optional()
    .describe('Who scrapes /metrics sends this as a bearer token; without it only this machine may'),
  DUNCAN_DISK_FREE_MB: z.coerce
    .number()
    .int()
    .min(0)
    .default(1024)
    .describe('With less free space than this (MB) under the data folder an alert is raised; 0: never'),
  DUNCAN_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info').describe('trace shows personal data, the others never do'),
  DUNCAN_TIME_ZONE: z
    .string()
    .refine(zone => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone), 'is no IANA time zone such as Europe/Amsterdam')
    .default('Europe/Amsterdam')
    .describe('Time zone of schedules and of times that people read'),
})
export type PlatformConfig = z.infer<typeof platformConfig>

/** The environment with `.env` below it: what stands in the environment wins. */
export function readEnvironment(env: NodeJS.ProcessEnv = process.env, file = '.env'): Record<string, string> {
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  const given = Object.entries({ ...fromFile, ...env }).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')
  return Object.fromEntries(given)
}

/** Checks settings against a schema. Throws one `config.invalid` that names every wrong variable and what it should be. */
export function readConfig<S extends z.ZodType>(schema: S, env: Record<string, string>): z.infer<S> {
  const parsed = schema.safeParse(env)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(issue => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new DuncanError(
    'config.invalid',
    `These settings are wrong:\n${lines.join('\n')}`,
    'Correct them in .env or the environment; .env.example explains each one.',
  )
}
