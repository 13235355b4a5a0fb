import { type CloudEnvironment, type ConversationClient, PUBLIC } from '@microsoft/teams.api'
import { App, ExpressAdapter } from '@microsoft/teams.apps'
import type { Express } from 'express'
import type { Log } from '#platform'
import type { TeamsSettings } from './config.ts'
import { quietLogger } from './quiet-logger.ts'

/** Tests bring their own service that signs tokens, and their own connector. */
export type TeamsPeer = { cloud?: CloudEnvironment; token: () => Promise<string>; serviceUrl: string; allowsServiceUrl: (url: string) => boolean }

type Deps = { settings: TeamsSettings; log: Log; peer?: TeamsPeer | undefined; requestMs?: number }

export const messagesPath = '/api/messages'
const timeoutMs = 10_000

/** The SDK's app as Duncan's bot, and the connector at an address: the one that serves everybody when none is given. `web`: where it takes requests. */
export function createTeamsApp({ settings, log, peer, requestMs = timeoutMs }: Deps, web?: Express) {
  const { clientId, clientSecret, managedIdentity, tenant, testConnector } = settings
  const logger = quietLogger(log)
  const fixedToken = peer?.token ?? (testConnector === undefined ? undefined : async () => unsignedToken)
  const app = new App({
    ...(web && { httpServerAdapter: new ExpressAdapter(web, { logger }), messagingEndpoint: messagesPath }),
    clientId,
    ...(fixedToken
      ? { token: fixedToken }
      : clientSecret !== undefined
        ? { clientSecret }
        : managedIdentity !== undefined && { managedIdentityClientId: managedIdentity }),
    tenantId: tenant,
    cloud: cloudOf(peer),
    serviceUrl: testConnector ?? peer?.serviceUrl ?? 'https://smba.trafficmanager.net/teams',
    // Said aloud, so that no variable of the environment says otherwise.
    dangerouslyAllowUnauthenticatedRequests: testConnector !== undefined,
    client: { timeout: requestMs, logger },
    logger,
  })
  const conversations = (serviceUrl?: string): ConversationClient => (serviceUrl === undefined ? app.api : app.api.clone({ serviceUrl })).conversations
  return { app, conversations }
}

/** Where tokens come from and who signs them. */
export const cloudOf = (peer: TeamsPeer | undefined): CloudEnvironment => peer?.cloud ?? PUBLIC

/** The SDK wants to read the token that it sends; a connector of tests does not. */
const unsignedToken = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"exp":4102444800}').toString('base64url')}.x`
