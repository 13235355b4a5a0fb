import type { webApi } from '@slack/bolt'
import type { Desk } from '../platforms/desk.ts'
import { wordsOf } from '../words/index.ts'
import type { Answers, Asker } from './answer.ts'
import { tellOutcome } from './outcome.ts'
import { unescapeMrkdwn } from './text.ts'
import type { Known } from './who.ts'

export type CommandDeps = {
  client: webApi.WebClient
  desk: Desk
  answers: Answers
  who: (userId: string) => Promise<Known>
  team: string
  publicUrl: string
}

const longestCommand = 500

/** Runs what somebody typed, however they did: as a slash command, to Duncan alone, or by naming it. Only they see the answer. */
export async function onCommand({ desk, answers, who, team, publicUrl }: CommandDeps, asker: Asker, typed: string): Promise<void> {
  const known = await who(asker.user)
  const language = known.staff?.language ?? ('language' in known ? known.language : 'en')
  const text = typed.trim().slice(0, longestCommand)
  const linking = /^\/?(?:duncan )?link\b\s*(\S*)/i.exec(text)
  if (linking) {
    const account = { platform: 'slack', workspace: team, userId: asker.user } as const
    const outcome = linking[1] ? await desk.link(account, linking[1], language) : undefined
    const message = outcome && 'message' in outcome ? outcome.message : undefined
    return answers.tell(asker, message ?? wordsOf(language).platforms.linkUsage)
  }
  if (!known.staff) return answers.tell(asker, wordsOf(language).platforms.notLinked)
  const outcome = await desk.command({ staff: known.staff, surface: 'slack', text })
  await tellOutcome(answers, known.staff, asker, outcome, { text }, publicUrl)
}

/** What somebody wrote to Duncan, as a command: without the mention, people by their short names, and nothing escaped. */
export async function asTyped(text: string, bot: string | undefined, who: CommandDeps['who']): Promise<string> {
  const own = bot === undefined ? /^\s*<@[A-Z0-9]+(?:\|[^>]*)?>/ : new RegExp(`<@${bot}(?:\\|[^>]*)?>`, 'g')
  let said = text.replace(own, ' ')
  for (const [mention, userId = ''] of said.matchAll(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g)) {
    const { staff } = await who(userId)
    said = said.replaceAll(mention, staff ? `@${staff.key}` : '')
  }
  const linksAsText = said.replaceAll(/<(?:https?:\/\/|mailto:|tel:)?([^<>|]*)(?:\|([^<>]*))?>/g, (_link, address: string, label?: string) => label ?? address)
  return unescapeMrkdwn(linksAsText).trim()
}
