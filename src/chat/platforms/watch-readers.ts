import type { Staff } from '#people'
import { type Clock, type DbClient, errorText, type Log, type Ops } from '#platform'
import { channelsOf, everyChannel } from '../channels.ts'
import { readersOf } from './conversation-readers.ts'
import { placeOf } from './conversations.ts'
import type { ChatPlatform } from './platform.ts'

type Deps = { client: DbClient; clock: Clock; ops: Pick<Ops, 'raise' | 'resolve'>; log: Log }

/** After how long a platform is asked again that did not answer. */
const faultPauseMs = 60_000

/**
 * Keeps an eye on who reads the conversations that show channels: events of people joining may be missed, and rights change. Each call looks
 * at what may be another one now. Somebody who reads what is not for them is told of once, until they leave or may see it.
 */
export function createReaderWatch({ client, clock, ops, log }: Deps, platform: ChatPlatform): () => Promise<void> {
  const judged = new Map<string, string>()
  const notBefore = new Map<string, number>()

  const alertOf = (conversation: string): string => `readers:${platform.name}:${conversation}`

  async function look(conversation: string, channels: readonly string[]): Promise<void> {
    const place = await placeOf(client, platform, { conversation, replyTo: undefined })
    if (!place) return
    await readersOf({ client, clock }, platform, place) // asks the platform when it is time to
    const known = await client.chatConversation.findUnique({ where: { platform_conversation: { platform: platform.name, conversation } } })
    if (!known?.membersAt) return // it is to be asked anew, or was never told
    const state = `${known.membersAt.getTime()} ${known.members.join(' ')}`
    if (judged.get(conversation) === state) return
    judged.set(conversation, state)
    const { workspace, members } = known
    const accounts = await client.chatAccount.findMany({ where: { platform: platform.name, workspace, userId: { in: members } }, include: { staff: true } })
    const readers = await Promise.all(accounts.map(async ({ staff }) => ({ key: staff.key, hidden: await hiddenFrom(staff, channels) })))
    const told = readers.filter(({ hidden }) => hidden.length > 0)
    if (told.length === 0) return ops.resolve(alertOf(conversation))
    const who = told.map(({ key, hidden }) => `@${key} (${hidden.join(', ')})`).join(', ')
    await ops.raise({
      key: alertOf(conversation),
      problem: `Somebody reads the conversation ${conversation} on ${platform.name} who may not see all that comes to its channels: ${who}. Cards that they may not see stand there without what they say.`,
      remedy: `Take them out of the conversation, or give them the rights under staff in the settings; another channel can be shown there under chat.${platform.name}.channels.`,
    })
  }

  async function hiddenFrom(person: Staff, channels: readonly string[]): Promise<string[]> {
    const theirs = person.active ? await channelsOf(client, person) : []
    const all = await everyChannel(client)
    return channels.filter(channel => all.includes(channel) && !theirs.includes(channel))
  }

  return async () => {
    const shown = await client.chatChannel.findMany({ where: { platform: platform.name }, orderBy: { channel: 'asc' } })
    // What shows no channel any more is no place to be told of.
    for (const conversation of judged.keys())
      if (shown.every(row => row.conversation !== conversation) && judged.delete(conversation)) await ops.resolve(alertOf(conversation))
    for (const [conversation, rows] of Map.groupBy(shown, row => row.conversation)) {
      if ((notBefore.get(conversation) ?? 0) > performance.now()) continue
      try {
        await look(
          conversation,
          rows.map(({ channel }) => channel),
        )
      } catch (error) {
        notBefore.set(conversation, performance.now() + faultPauseMs)
        log.warn({ platform: platform.name, conversation, problem: errorText(error) }, 'it is not known who reads a conversation')
      }
    }
  }
}
