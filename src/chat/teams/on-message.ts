import type { Staff } from '#people'
import type { ClickOutcome } from '../click.ts'
import { commands } from '../commands/registry.ts'
import type { Asked, Desk } from '../platforms/desk.ts'
import { wordsOf } from '../words/index.ts'
import { type Asker, askerOf, languageOf, type TeamsActivity } from './activity.ts'
import type { Answers } from './answer.ts'
import { type DrawDeps, renderMessage } from './render-card.ts'
import type { Who } from './who.ts'

export type MessageDeps = { desk: Desk; answers: Answers; who: Who; tenant: string; publicUrl: string; language: string }

const longestCommand = 500

/** Draws for one person, in their language. */
export const drawFor = (language: string, publicUrl: string): DrawDeps => ({ words: wordsOf(language).platforms, publicUrl })

/**
 * What somebody wrote: to Duncan alone, or naming it, a command that only they see the answer to; without naming it in the thread of a
 * card it is talk, which is kept with the card and goes to nobody outside.
 */
export async function onMessage(deps: MessageDeps, activity: TeamsActivity): Promise<void> {
  const asker = askerOf(activity)
  const isNamed = (activity.entities ?? []).some(({ mentioned }) => mentioned?.id === activity.recipient.id)
  const typed = await asTyped(deps, activity, asker)
  if (asker.isPersonal || isNamed) return onCommand(deps, asker, typed, languageOf(activity))
  const staff = asker.thread !== undefined && activity.id !== undefined && typed !== '' ? await deps.who(asker) : undefined
  if (staff && asker.thread && activity.id)
    await deps.desk.talk(staff, { platform: 'teams', conversation: asker.conversation, externalId: activity.id }, asker.thread, typed)
}

/** Runs what somebody typed. */
export async function onCommand({ desk, answers, who, tenant, publicUrl, language }: MessageDeps, asker: Asker, typed: string, locale?: string): Promise<void> {
  const staff = await who(asker)
  const spoken = staff?.language ?? locale ?? language
  const text = asCommand(typed.slice(0, longestCommand))
  const linking = /^\/duncan link\b\s*(\S*)/i.exec(text)
  if (linking) {
    const account = { platform: 'teams', workspace: tenant, userId: asker.user.aadObjectId ?? '' } as const
    const outcome = linking[1] && account.userId !== '' ? await desk.link(account, linking[1], spoken) : undefined
    const message = outcome && 'message' in outcome ? outcome.message : undefined
    return answers.tell(asker, message ?? wordsOf(spoken).platforms.linkUsage)
  }
  if (!staff) return answers.tell(asker, wordsOf(spoken).platforms.notLinked)
  await tellOutcome(answers, staff, asker, await desk.command({ staff, surface: 'teams', text }), { text }, publicUrl)
}

/** Shows the asker alone what came of it. */
export async function tellOutcome(
  answers: Answers,
  staff: Staff,
  asker: Asker,
  outcome: ClickOutcome,
  asked: Asked | undefined,
  publicUrl: string,
): Promise<void> {
  if (outcome.kind === 'refused') return answers.tell(asker, outcome.message)
  if (outcome.kind === 'done') return outcome.message === undefined ? undefined : answers.tell(asker, outcome.message)
  const isShared = outcome.kind === 'private' && !outcome.once && !asker.isPersonal
  const message = renderMessage(outcome.card, { on: 'answer' }, drawFor(staff.language, publicUrl), { share: isShared ? asked : undefined })
  await answers.show(asker, message)
}

const isKnown = (name: string) => commands.some(command => command.name === name || command.name.startsWith(`${name} `))

/** `debtor X`, `/debtor X` and `home` are what `/debtor X` and `/duncan home` are; anything else stays what it is. */
export function asCommand(typed: string): string {
  const [, word = '', rest = ''] = /^\/?(\w+)\s*(.*)$/s.exec(typed.trim()) ?? []
  for (const name of [`/${word.toLowerCase()}`, `/duncan ${word.toLowerCase()}`]) if (word !== '' && isKnown(name)) return `${name} ${rest}`.trim()
  return typed.trim()
}

/** The text without the mention of Duncan, people by their short names, and nothing escaped. */
async function asTyped({ who }: MessageDeps, { text = '', entities = [], recipient }: TeamsActivity, asker: Asker): Promise<string> {
  let said = text
  for (const { type, text: shown, mentioned } of entities) {
    if (type !== 'mention' || !mentioned || !shown) continue
    const staff = mentioned.id === recipient.id ? undefined : await who({ ...asker, user: mentioned })
    said = said.replaceAll(shown, staff ? `@${staff.key}` : ' ')
  }
  return said
    .replaceAll(/<[^<>]{0,500}>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim()
}
