import { z } from 'zod'

const envName = z.string().regex(/^[A-Z_][A-Z0-9_]*$/, 'must be the name of an environment variable, in capitals')

/** An address that tokens may cross: TLS, or this very machine. */
const endpoint = z
  .url('must be a web address')
  .refine(
    text => URL.canParse(text) && (new URL(text).protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(new URL(text).hostname)),
    'must begin with https://',
  )

const common = {
  clientId: z.string().min(1).describe('The id under which Duncan is registered with the provider'),
  clientSecretEnv: envName.optional().describe('Environment variable with the client secret, where the registration has one'),
  signIn: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower case letters, digits and dashes')
    .optional()
    .describe('Name of the stored sign-in; mailboxes that one person opens may share one. By default the mailbox’s key'),
  signInDays: z.int().min(1).max(3_650).optional().describe('After how many days your provider asks for a new sign-in, where it has a rule but does not tell'),
}

/** How a mailbox is signed in to without a password: OAuth2 at Microsoft 365, Gmail, or a provider of one's own. */
export const oauthSettings = z.discriminatedUnion('provider', [
  z.strictObject({
    provider: z.literal('microsoft'),
    tenant: z
      .string()
      .regex(/^[A-Za-z0-9.-]+$/, 'must be a tenant id or one of its domains')
      .describe('Directory (tenant) id, or a domain of it'),
    authority: endpoint.default('https://login.microsoftonline.com').describe('Sign-in server; national clouds have another'),
    resource: endpoint.default('https://outlook.office.com').describe('Mail service that the rights are asked for; national clouds have another'),
    ...common,
  }),
  z.strictObject({
    provider: z.literal('google'),
    issuer: endpoint.default('https://accounts.google.com').describe('Sign-in server'),
    ...common,
    // Google's token endpoint wants the secret of desktop registrations too.
    clientSecretEnv: envName.describe('Environment variable with the client secret'),
  }),
  z.strictObject({
    provider: z.literal('custom'),
    issuer: endpoint.describe('Address that the provider’s OpenID configuration is found under'),
    endpoints: z
      .strictObject({ authorization: endpoint, token: endpoint, deviceAuthorization: endpoint.optional() })
      .optional()
      .describe('Only for a provider that publishes no OpenID configuration'),
    scopes: z.array(z.string().min(1)).min(1).describe('Rights to ask for; most providers want offline_access among them'),
    ...common,
  }),
])

/** With the client secret that the environment holds. */
export type OAuthSettings = z.infer<typeof oauthSettings> & { clientSecret?: string }
