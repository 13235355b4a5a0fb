import { may, type Staff } from '#people'
import type { ChatAccountModel, DbClient, Log } from '#platform'
import type { ChatPlatform, ChatStatus } from './platform.ts'

/** A colleague's account, and what it says of them now. */
export type SeenStatus = { account: Pick<ChatAccountModel, 'platform' | 'workspace' | 'userId' | 'awayAsked'>; staff: Staff; status: ChatStatus | undefined }

/** What the accounts of colleagues who decide say of them now. Where the platform does not answer, the rest is left for the next time. */
export async function readStatuses({ client, log }: { client: DbClient; log: Log }, platform: ChatPlatform): Promise<SeenStatus[]> {
  const accounts = await client.chatAccount.findMany({ where: { platform: platform.name }, include: { staff: true }, orderBy: { userId: 'asc' } })
  const seen: SeenStatus[] = []
  try {
    for (const { staff, ...account } of accounts) if (may(staff, 'decide')) seen.push({ account, staff, status: await platform.statusOf(account.userId) })
  } catch (error) {
    log.warn({ err: error, platform: platform.name }, 'a platform did not say who is away')
  }
  return seen
}
