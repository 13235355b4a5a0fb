import express, { type Express } from 'express'
import type { Log } from '#platform'
import type { Desk } from '../platforms/desk.ts'
import type { ChatPlatform } from '../platforms/platform.ts'
import { wordsOf } from '../words/index.ts'
import type { TeamsPeer } from './app.ts'
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
  peer?: TeamsPeer
  requestMs?: number
  patienceMs?: number
}

export type Teams = {
  platform: ChatPlatform
  start: () => Promise<void>
  stop: () => Promise<void>
}

/** Teams as a surface of the chat. Needs no Teams to be there yet. */
export async function createTeams({ settings, desk, log, web, publicUrl, language, peer, requestMs, patienceMs }: TeamsDeps): Promise<Teams> {
  // The SDK is large: who has no Teams does not wait for it.
  const [{ cloudOf, createTeamsApp, messagesPath: path }, { createTeamsPlatform }, { createAnswers }, { createWho }, { receiveTeams }, guard] =
    await Promise.all([import('./app.ts'), import('./platform.ts'), import('./answer.ts'), import('./who.ts'), import('./receive.ts'), import('./guard.ts')])
  const { clientId, tenant, testConnector } = settings
  const allowsServiceUrl = peer?.allowsServiceUrl ?? guard.isTeamsConnector
  web.post(path, express.json({ limit: '1mb' }))
  // A connector on this machine checks nobody, and is checked by nobody.
  if (testConnector === undefined) web.post(path, guard.createGuard({ tenant, issuer: cloudOf(peer).tokenIssuer, allowsServiceUrl, log }))
  const { app, conversations } = createTeamsApp({ settings, log, peer, ...(requestMs !== undefined && { requestMs }) }, web)
  const words = wordsOf(language).platforms
  const platform = createTeamsPlatform({ conversations, clientId, tenant, render: { words, publicUrl } })
  const answers = createAnswers({ conversations, direct: platform.direct, log })
  const who = createWho({ conversations, desk, tenant, log })
  const receiving = receiveTeams({ app, desk, answers, who, tenant, log, publicUrl, language, ...(patienceMs !== undefined && { patienceMs }) })
  await app.initialize()
  return {
    platform,
    start: async () => undefined,
    stop: receiving.stop,
  }
}
