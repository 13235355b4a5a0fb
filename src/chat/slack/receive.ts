import type { AnyMiddlewareArgs, BlockAction, MessageShortcut, Receiver, ViewSubmitAction } from '@slack/bolt'
import { App, ExpressReceiver, SocketModeReceiver, type webApi } from '@slack/bolt'
import type { Express } from 'express'
import type { Staff } from '#people'
import type { Log } from '#platform'
import type { Desk } from '../platforms/desk.ts'
import { createTurns, decisionsAtOnce } from '../platforms/turns.ts'
import { wordsOf } from '../words/index.ts'
import { createAnswers } from './answer.ts'
import type { SlackSettings } from './config.ts'
import { pressPrefix } from './draw-button.ts'
import { isOurs, type Sent } from './is-ours.ts'
import { linkButton } from './link-button.ts'
import { type CommandDeps, onCommand } from './on-command.ts'
import { onForm } from './on-form.ts'
import { onMention, onMessage, type SlackMessage } from './on-message.ts'
import { isDecision, onPress } from './on-press.ts'
import { drawFor } from './outcome.ts'
import { quietLogger } from './quiet-logger.ts'
import { messageView, renderHome } from './render-view.ts'
import { escapeMrkdwn } from './text.ts'
import { createWho } from './who.ts'

export type ReceiveDeps = {
  settings: SlackSettings
  client: webApi.WebClient
  desk: Desk
  log: Log
  /** The one web server; nothing before it on Slack's path may read bodies, which are signed as they are. */
  web: Express
  publicUrl: string
  /** Of cards that everybody sees, and of answers to people whom nobody knows. */
  language: string
}

const path = '/slack/events'
const slashCommands = /^\/(debtor|actions|risk|inbox|duncan)$/

/**
 * Takes in what Slack sends: signed requests, or the same over a socket that Duncan opened. Everything is acknowledged first and done
 * afterwards, within the three seconds that Slack waits; only the workspace's own members are answered.
 */
export function receiveSlack({ settings, client, desk, log, web, publicUrl, language }: ReceiveDeps) {
  const { team, botToken, signingSecret, appToken } = settings
  const logger = quietLogger(log)
  const answers = createAnswers({ client, log })
  const who = createWho({ client, desk, team, log, language })
  const commandDeps: CommandDeps = { client, desk, answers, who, team, publicUrl }
  const pressDeps = { client, desk, answers, log, publicUrl, language, publishHome }

  const receiver: Receiver =
    appToken === undefined
      ? httpReceiver()
      : new SocketModeReceiver({ appToken, logger, installerOptions: { clientOptions: { slackApiUrl: settings.apiUrl } } })
  const app = new App({
    receiver,
    logger,
    // Asked of nobody: Slack may be out of reach when Duncan starts, and what is signed for this workspace is for this bot.
    authorize: async () => ({ botToken, teamId: team }),
    clientOptions: { slackApiUrl: settings.apiUrl },
    ignoreSelf: false,
    convoStore: false,
  })
  app.error(async error => log.error({ err: error }, 'what Slack sent could not be worked on'))

  const decisions = createTurns(decisionsAtOnce)
  const running = new Set<Promise<void>>()
  app.use(async args => {
    const work = isOurs(args.body as Sent, team) ? args.next() : turnAway(args)
    running.add(work)
    await work.finally(() => running.delete(work))
  })

  app.command(slashCommands, async ({ ack, command }) => {
    await ack()
    const asker = { user: command.user_id, channel: command.channel_id, responseUrl: command.response_url }
    const work = async () => ((await isFirst(command)) ? onCommand(commandDeps, asker, `${command.command} ${command.text}`) : undefined)
    await orTell(asker.user, work, asker)
  })

  app.action<BlockAction>({ type: 'block_actions' }, async ({ ack, body }) => {
    await ack()
    const asker = { user: body.user.id, channel: body.channel?.id ?? '', responseUrl: body.response_url }
    const work = async (): Promise<void> => {
      if (!(await isFirst(body))) return
      const known = await who(body.user.id)
      if (known.staff) return onPress(pressDeps, known.staff, body)
      const isPress = body.actions.some(action => action.action_id.startsWith(pressPrefix))
      if (isPress && asker.channel !== '') await answers.tell(asker, wordsOf(known.language).platforms.notLinked)
    }
    await orTell(asker.user, () => (isDecision(body) ? decisions.take(work) : work()), asker)
  })

  app.view<ViewSubmitAction>({ type: 'view_submission' }, async ({ ack, body }) => {
    if (!(await isFirst(body))) return ack()
    const known = await who(body.user.id)
    if (known.staff) return onForm(pressDeps, known.staff, body, ack)
    const { platforms: words } = wordsOf(known.language)
    await ack({ response_action: 'update', view: messageView('Duncan', words.notLinked, words) })
  })

  app.shortcut<MessageShortcut>({ type: 'message_action' }, async ({ ack, shortcut }) => {
    await ack()
    const asker = {
      user: shortcut.user.id,
      channel: shortcut.channel.id,
      thread: shortcut.message.thread_ts as string | undefined,
      responseUrl: shortcut.response_url,
    }
    await orTell(asker.user, async () => ((await isFirst(shortcut)) ? onShortcut(shortcut, asker) : undefined), asker)
  })

  app.event('app_mention', async ({ event, body }) => {
    if (!(await isNew(body))) return
    const asker = { user: event.user ?? '', channel: event.channel, thread: event.thread_ts }
    await orTell(asker.user, () => onMention(commandDeps, event, botOf(body)), asker)
  })

  app.event('message', async ({ event, body }) => {
    if (!(await isNew(body))) return
    const message = event as SlackMessage
    // What goes wrong with talk that was not meant for Duncan is nobody’s to hear of.
    const asker = { user: message.user ?? '', channel: message.channel_type === 'im' ? message.channel : '' }
    await orTell(asker.user, () => onMessage(commandDeps, message, botOf(body)), asker)
  })

  app.event('app_home_opened', async ({ event, body }) => {
    if (!(await isNew(body))) return
    await desk.remember({ platform: 'slack', workspace: team, conversation: event.channel, userId: event.user })
    if (event.tab !== 'home') return
    const known = await who(event.user)
    if (known.staff) return publishHome(known.staff, event.user)
    const { blocks } = messageView('Duncan', wordsOf(known.language).platforms.notLinked, wordsOf(known.language).platforms)
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } })
  })

  for (const change of ['member_joined_channel', 'member_left_channel'] as const) {
    app.event(change, async ({ event, body }) => {
      if (await isNew(body)) await desk.membersChanged('slack', event.channel)
    })
  }

  for (const end of ['app_uninstalled', 'tokens_revoked'] as const) {
    app.event(end, async () => log.error({ event: end }, 'Slack took the app’s rights away: install it again and set the new token'))
  }

  async function publishHome(staff: Staff, user: string): Promise<void> {
    await client.views.publish({ user_id: user, view: renderHome(await desk.home(staff, 'slack'), drawFor(staff.language, publicUrl)) })
  }

  /** "Send to Duncan" takes a message for a command; "Link to debtor" links the card that it is, or looks up whom it speaks of. */
  async function onShortcut(shortcut: MessageShortcut, asker: { user: string; channel: string }): Promise<void> {
    const text = shortcut.message.text ?? ''
    if (shortcut.callback_id === 'send_to_duncan') return onCommand(commandDeps, asker, text)
    if (shortcut.callback_id !== 'link_to_debtor') return
    const known = await who(asker.user)
    const message = { platform: 'slack', conversation: shortcut.channel.id, externalId: shortcut.message.ts } as const
    const link = known.staff && linkButton(await desk.cardOn(known.staff, message), wordsOf(known.staff.language).platforms)
    if (!link || !known.staff) return onCommand(commandDeps, asker, `/debtor ${text.trim().split('\n')[0]?.slice(0, 80) ?? ''}`)
    const { trigger_id, user, response_url } = shortcut
    const pressed = { actions: [link], trigger_id, user, response_url, channel: shortcut.channel, message: shortcut.message, container: {} }
    await onPress(pressDeps, known.staff, pressed as unknown as BlockAction)
  }

  const isNew = async (body: { event_id?: string }): Promise<boolean> => body.event_id === undefined || desk.isNew('slack', body.event_id)

  /** Slack sends no command or click a second time: who does has overheard one. */
  const isFirst = async ({ trigger_id }: { trigger_id?: string }): Promise<boolean> => trigger_id === undefined || desk.isNew('slack', `trigger ${trigger_id}`)

  /** A click or command is never without an answer: what goes wrong is logged once, and the one who asked hears of it. */
  async function orTell(user: string, work: () => Promise<void>, asker: Parameters<typeof answers.tell>[0]): Promise<void> {
    try {
      await work()
    } catch (error) {
      log.error({ err: error }, 'a click or command from Slack failed')
      const known = await who(user).catch(() => undefined)
      const words = wordsOf(known?.staff?.language ?? language)
      if (asker.channel !== '') await answers.tell(asker, words.platforms.failed)
    }
  }

  /** Of another workspace: a person gets to know why nothing happens, an event gets no answer at all. */
  async function turnAway(args: AnyMiddlewareArgs): Promise<void> {
    const { platforms: words } = wordsOf(language)
    log.warn('something came in from another Slack workspace')
    const text = escapeMrkdwn(words.foreign)
    if ('command' in args && args.command) await args.ack({ response_type: 'ephemeral', text })
    else if ('action' in args) {
      await args.ack()
      const { body } = args
      if (body.type === 'block_actions' && body.response_url)
        await answers.tell({ user: body.user.id, channel: body.channel?.id ?? '', responseUrl: body.response_url }, words.foreign)
    } else if ('ack' in args && args.ack) await args.ack()
  }

  function httpReceiver(): ExpressReceiver {
    // What was answered in time need not be sent again, whatever the answer was.
    web.use(path, (_request, response, next) => {
      response.set('X-Slack-No-Retry', '1')
      next()
    })
    return new ExpressReceiver({ signingSecret, app: web, endpoints: path, logger })
  }

  return {
    /** Opens the socket, where there is one, and does not wait for it: Slack out of reach is no reason for Duncan not to start. */
    start: async (): Promise<void> => {
      if (appToken !== undefined)
        app.start().catch((error: unknown) => log.error({ err: error }, 'the socket to Slack could not be opened; see `duncan doctor`'))
    },
    /** Takes nothing new in over the socket, and lets what was taken in come to its end. */
    stop: async (): Promise<void> => {
      if (appToken !== undefined) await app.stop()
      await Promise.allSettled(running)
    },
  }
}

/** The bot's own user, as Slack says with each event. */
const botOf = (body: { authorizations?: { user_id?: string; is_bot?: boolean }[] }): string | undefined =>
  body.authorizations?.find(({ is_bot }) => is_bot)?.user_id
