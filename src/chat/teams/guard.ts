import type { Request, RequestHandler } from 'express'
import { z } from 'zod'
import type { Log } from '#platform'

export type GuardDeps = {
  tenant: string
  /** Who signs what comes from Teams. */
  issuer: string
  allowsServiceUrl: (url: string) => boolean
  log: Log
}

const claims = z.object({ iss: z.string() })
const sent = z.object({
  serviceUrl: z.string(),
  conversation: z.object({ tenantId: z.string().optional() }).optional(),
  channelData: z.object({ tenant: z.object({ id: z.string() }).optional() }).optional(),
})

/**
 * Refuses what the SDK would take although it is not from Teams. The SDK also takes a token of any Entra tenant for this app, does not look
 * at the address that such a request names, and would send its own token there. The signature is checked by the SDK afterwards.
 */
export function createGuard({ tenant, issuer, allowsServiceUrl, log }: GuardDeps): RequestHandler {
  return (request, response, next) => {
    const refuse = (status: number, why: string): void => {
      log.warn({ why }, 'a request that claims to come from Teams was refused')
      response.status(status).json({ error: 'refused' })
    }
    const token = claims.safeParse(claimsOf(request))
    if (!token.success) return refuse(401, 'token')
    if (token.data.iss !== issuer) return refuse(403, 'issuer')
    const body = sent.safeParse(request.body)
    if (!body.success || !allowsServiceUrl(body.data.serviceUrl)) return refuse(403, 'service address')
    const { conversation, channelData } = body.data
    const tenants = [conversation?.tenantId, channelData?.tenant?.id].filter(id => id !== undefined)
    if (tenants.length === 0 || tenants.some(id => id.toLowerCase() !== tenant)) return refuse(403, 'tenant')
    next()
  }
}

function claimsOf({ headers }: Request): unknown {
  try {
    const [, payload = ''] = (headers.authorization ?? '').split('.')
    return JSON.parse(Buffer.from(payload, 'base64url').toString())
  } catch {
    return undefined
  }
}

/** Whether an address is the connector of Teams: whoever holds it gets the bot's token. */
export function isTeamsConnector(url: string): boolean {
  const parsed = URL.parse(url)
  return (
    parsed?.protocol === 'https:' && parsed.hostname === 'smba.trafficmanager.net' && parsed.port === '' && parsed.username === '' && parsed.password === ''
  )
}
