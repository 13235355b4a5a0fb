import { z } from 'zod'
import { DuncanError } from '#platform'

/** Settings of the connection with Microsoft Teams. */
export const teamsConfig = z.object({
  DUNCAN_TEAMS_CLIENT_ID: z.guid('The application id of the bot in Entra').optional().describe('Application id of the Teams app’s bot; it turns Teams on'),
  DUNCAN_TEAMS_CLIENT_SECRET: z.string().min(8).optional().describe('Client secret of the bot, unless a managed identity stands in for it'),
  DUNCAN_TEAMS_MANAGED_IDENTITY: z
    .string()
    .min(1)
    .optional()
    .describe('On Azure: “system”, or the client id of the managed identity that the bot signs in with; no secret is needed then'),
  DUNCAN_TEAMS_TENANT: z
    .guid('The id of a tenant is a GUID')
    .optional()
    .describe('Id of the one Entra tenant that Duncan works for; nobody of another one is answered'),
  DUNCAN_TEAMS_TEST_CONNECTOR: z
    .url({ protocol: /^http$/, hostname: /^(localhost|127\.0\.0\.1)$/ })
    .optional()
    .describe('Only for tests: a connector on this machine, such as the Agents Playground; nothing that comes in is then checked. Refused in production'),
})
export type TeamsConfig = z.infer<typeof teamsConfig>

export type TeamsSettings = {
  clientId: string
  clientSecret: string | undefined
  managedIdentity: string | undefined
  tenant: string
  /** A connector of tests: nothing that comes in is checked. */
  testConnector?: string | undefined
}

type Environment = Record<string, string | undefined>

/**
 * The connection with Teams as configured; undefined when it is not wanted. Throws `teams.config` when something is missing, and
 * `teams.unsafe` when requests would go unchecked in production.
 */
export function teamsSettings(config: TeamsConfig, environment: Environment): TeamsSettings | undefined {
  const { DUNCAN_TEAMS_CLIENT_ID: clientId, DUNCAN_TEAMS_CLIENT_SECRET: clientSecret, DUNCAN_TEAMS_TENANT: tenant } = config
  const { DUNCAN_TEAMS_MANAGED_IDENTITY: managedIdentity, DUNCAN_TEAMS_TEST_CONNECTOR: testConnector } = config
  const wanted = [clientId, clientSecret, tenant, managedIdentity, testConnector]
  if (wanted.every(value => value === undefined)) return undefined
  refuseUnchecked(testConnector, environment)
  const isProven = clientSecret ?? managedIdentity ?? testConnector
  const missing = Object.entries({ DUNCAN_TEAMS_CLIENT_ID: clientId, DUNCAN_TEAMS_TENANT: tenant, DUNCAN_TEAMS_CLIENT_SECRET: isProven })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name)
  if (clientId === undefined || tenant === undefined || missing.length > 0)
    throw new DuncanError(
      'teams.config',
      `Teams is half configured: ${missing.join(' and ')} is missing.`,
      'Set it in .env, or take the other DUNCAN_TEAMS_ settings out.',
    )
  return { clientId, clientSecret, managedIdentity, tenant: tenant.toLowerCase(), testConnector }
}

/** The SDK reads a variable of its own that switches all checks off: with it nothing starts, wherever it was set. */
function refuseUnchecked(testConnector: string | undefined, environment: Environment): void {
  const flag = environment.DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS
  const isFlagOn = flag !== undefined && !['', '0', 'false'].includes(flag.toLowerCase())
  if (!isFlagOn && !(testConnector !== undefined && environment.NODE_ENV === 'production')) return
  throw new DuncanError(
    'teams.unsafe',
    'Requests from Teams would be taken without being checked.',
    isFlagOn ? 'Take DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS out of the environment.' : 'Take DUNCAN_TEAMS_TEST_CONNECTOR out of the settings.',
  )
}
