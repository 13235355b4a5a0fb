import { asTyped, type CommandDeps, onCommand } from './on-command.ts'

/** A message as Slack tells of it, as far as Duncan looks at it. */
export type SlackMessage = {
  channel: string
  channel_type?: string
  user?: string
  bot_id?: string
  subtype?: string
  text?: string
  ts: string
  thread_ts?: string
}

/** Kinds of messages that somebody wrote; every other one tells of something else, such as a change. */
const written = new Set([undefined, 'thread_broadcast', 'file_share'])

/**
 * What somebody wrote where Duncan reads: to Duncan alone it is a command; in the thread of a card it is talk, which is kept with the card
 * and goes to nobody outside; anything else is none of Duncan's business.
 */
export async function onMessage(deps: CommandDeps, message: SlackMessage, bot: string | undefined): Promise<void> {
  const { channel, user, text = '', ts, thread_ts: thread } = message
  if (!user || user === bot || message.bot_id !== undefined || !written.has(message.subtype)) return
  const isOwn = message.channel_type === 'im'
  if (isOwn) await deps.desk.remember({ platform: 'slack', workspace: deps.team, conversation: channel, userId: user })
  const isReply = thread !== undefined && thread !== ts
  if (isReply && !(bot !== undefined && text.includes(`<@${bot}>`))) {
    const { staff } = await deps.who(user)
    const said = await asTyped(text, bot, deps.who)
    const kept = staff !== undefined && said !== '' && (await deps.desk.talk(staff, { platform: 'slack', conversation: channel, externalId: ts }, thread, said))
    if (kept) return
  }
  if (isOwn) await onCommand(deps, { user, channel, ...(isReply && { thread }) }, await asTyped(text, bot, deps.who))
}

/** Somebody named Duncan in a conversation: what else they wrote is a command, answered to them alone where they wrote it. */
export async function onMention(deps: CommandDeps, { channel, user, bot_id, text = '', thread_ts }: SlackMessage, bot: string | undefined): Promise<void> {
  if (!user || user === bot || bot_id !== undefined) return
  await onCommand(deps, { user, channel, thread: thread_ts }, await asTyped(text, bot, deps.who))
}
