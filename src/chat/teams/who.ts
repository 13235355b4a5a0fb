import type { ConversationClient } from '@microsoft/teams.api'
import type { Staff } from '#people'
import type { Log } from '#platform'
import type { Desk } from '../platforms/desk.ts'
import type { Asker } from './activity.ts'
import { deliveryProblem } from './delivery-problem.ts'

type Deps = { conversations: (serviceUrl?: string) => ConversationClient; desk: Pick<Desk, 'whoIs'>; tenant: string; log: Log }

export type Who = (asker: Asker) => Promise<Staff | undefined>

/**
 * The member of staff behind an account of the tenant. Teams is asked only about somebody whom nobody linked: the tenant's own mail address
 * may tell who they are, a guest's never.
 */
export function createWho({ conversations, desk, tenant, log }: Deps): Who {
  return async ({ user, conversation, serviceUrl }) => {
    if (user.aadObjectId === undefined) return undefined
    const account = { platform: 'teams', workspace: tenant, userId: user.aadObjectId } as const
    const linked = await desk.whoIs(account)
    if (linked) return linked
    const member = await conversations(serviceUrl)
      .getMemberById(conversation, user.id)
      .catch((error: unknown) => {
        log.warn({ why: deliveryProblem(error).kind }, 'Teams did not say who somebody is')
        return undefined
      })
    const isOwn = member?.userRole === 'user' && (member.tenantId === undefined || member.tenantId.toLowerCase() === tenant)
    return isOwn && member.email ? desk.whoIs(account, member.email) : undefined
  }
}
