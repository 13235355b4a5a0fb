import type { webApi } from '@slack/bolt'
import type { Staff } from '#people'
import type { Log } from '#platform'
import type { Desk } from '../platforms/desk.ts'

export type WhoDeps = { client: webApi.WebClient; desk: Pick<Desk, 'whoIs'>; team: string; log: Log; language: string }

/** The member of staff behind a Slack user, or the language in which somebody unknown is told so. */
export type Known = { staff: Staff } | { staff: undefined; language: string }

/**
 * Who a user of the workspace is. Slack is asked only about somebody whom nobody linked: a mail address that they confirmed to Slack may
 * tell who they are, guests' addresses never.
 */
export function createWho({ client, desk, team, log, language }: WhoDeps) {
  return async (userId: string): Promise<Known> => {
    const account = { platform: 'slack', workspace: team, userId } as const
    const linked = await desk.whoIs(account)
    if (linked) return { staff: linked }
    const user = await client.users
      .info({ user: userId, include_locale: true })
      .then(answer => answer.user)
      .catch((error: unknown) => {
        log.warn({ err: error }, 'Slack did not say who somebody is')
        return undefined
      })
    const isMember = user?.team_id === team && !user.deleted && !user.is_bot && !user.is_restricted && !user.is_ultra_restricted && !user.is_stranger
    const email = isMember && user.is_email_confirmed ? user.profile?.email : undefined
    const staff = email === undefined ? undefined : await desk.whoIs(account, email)
    return staff ? { staff } : { staff: undefined, language: user?.locale?.slice(0, 2) ?? language }
  }
}
