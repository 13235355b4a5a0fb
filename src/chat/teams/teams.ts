import type { CloudEnvironment } from '@microsoft/teams.api'
import express, { type Express } from 'express'
import type { Log } from '#platform'
import type { Desk } from '../platforms/desk.ts'
import type { ChatPlatform } from '../platforms/platform.ts'
import { wordsOf } from '../words/index.ts'
import type { TeamsFinding } from './check.ts'
import type { TeamsSettings } from './config.ts'

export type TeamsDeps = {
  settings: TeamsSettings
  desk: Desk
  log: Log
  /** Teams' path is added to it at once: nothing that reads bodies may stand before. */
  web: Express
  /** Where people reach the console: files and pages are there. */
  publicUrl: string
  /** Of cards that everybody sees. */
  language: string
  /** Tests bring their own service that signs tokens, and their own connector. */
  peer?: { cloud?: CloudEnvironment; token: () => Promise<string>; serviceUrl: string; allowsServiceUrl: (url: string) => boolean }
  paceMs?: number
  requestMs?: number
  patienceMs?: number
}

export type Teams = {
  platform: ChatPlatform
  start: () => Promise<void>
  stop: () => Promise<void>
  /** For `duncan doctor`. `channels`: those that cards go to. */
  check: (channels: readonly string[]) => Promise<TeamsFinding[]>
}

const path = '/api/messages'
const timeoutMs = 10_000

/** Teams as a surface of the chat. Needs no Teams to be there yet. */
export async function createTeams({
  settings,
  desk,
  log,
  web,
  publicUrl,
  language,
  peer,
  paceMs,
  requestMs = timeoutMs,
  patienceMs,
}: TeamsDeps): Promise<Teams> {
  // The SDK is large: who has no Teams does not wait for it.
  const [
    { App, ExpressAdapter },
    { PUBLIC },
    { createTeamsPlatform },
    { createAnswers },
    { createWho },
    { receiveTeams },
    { checkTeams },
    guard,
    { quietLogger },
  ] = await Promise.all([
    import('@microsoft/teams.apps'),
    import('@microsoft/teams.api'),
    import('./platform.ts'),
    import('./answer.ts'),
    import('./who.ts'),
    import('./receive.ts'),
    import('./check.ts'),
    import('./guard.ts'),
    import('./quiet-logger.ts'),
  ])
  const { clientId, clientSecret, managedIdentity, tenant, testConnector } = settings
  const cloud = peer?.cloud ?? PUBLIC
  const allowsServiceUrl = peer?.allowsServiceUrl ?? guard.isTeamsConnector
  // A connector on this machine checks nobody, and is checked by nobody.
  const isUnchecked = testConnector !== undefined
  web.post(path, express.json({ limit: '1mb' }))
  if (!isUnchecked) web.post(path, guard.createGuard({ tenant, issuer: cloud.tokenIssuer, allowsServiceUrl, log }))

  const logger = quietLogger(log)
  const fixedToken = peer?.token ?? (isUnchecked ? async () => unsignedToken : undefined)
  const app = new App({
    httpServerAdapter: new ExpressAdapter(web, { logger }),
    messagingEndpoint: path,
    clientId,
    ...(fixedToken
      ? { token: fixedToken }
      : clientSecret !== undefined
        ? { clientSecret }
        : managedIdentity !== undefined && { managedIdentityClientId: managedIdentity }),
    tenantId: tenant,
    cloud,
    serviceUrl: testConnector ?? peer?.serviceUrl ?? 'https://smba.trafficmanager.net/teams',
    // Said aloud, so that no variable of the environment says otherwise.
    dangerouslyAllowUnauthenticatedRequests: isUnchecked,
    client: { timeout: requestMs, logger },
    logger,
  })
  const conversations = (serviceUrl?: string) => (serviceUrl === undefined ? app.api : app.api.clone({ serviceUrl })).conversations
  const words = wordsOf(language).platforms
  const platform = createTeamsPlatform({ conversations, clientId, tenant, log, render: { words, publicUrl }, ...(paceMs !== undefined && { paceMs }) })
  const answers = createAnswers({ conversations, direct: platform.direct, log })
  const who = createWho({ conversations, desk, tenant, log })
  const receiving = receiveTeams({ app, desk, answers, who, tenant, log, publicUrl, language, ...(patienceMs !== undefined && { patienceMs }) })
  await app.initialize()
  return {
    platform,
    start: async () => undefined,
    stop: receiving.stop,
    check: channels => checkTeams({ token: () => app.tokenProvider.getAppToken(), conversations }, channels),
  }
}

/** The SDK wants to read the token that it sends; a connector of tests does not. */
const unsignedToken = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"exp":4102444800}').toString('base64url')}.x`
