import type { LookUpHit, NextStep } from '#search'
import { type Card, cardSchema } from '../card.ts'
import type { Words } from '../words/index.ts'
import { oneLine } from './cut.ts'
import { nextStepLine } from './next-step-line.ts'
import type { CardContext } from './proposal-card.ts'
import { similarPicks } from './similar-picks.ts'

/** `bureau`: an alert mail of a credit bureau, with the alert about the same. */
export type InboxMail = {
  id: number
  threadId: number | null
  direction: string
  at: Date
  subject: string
  from: string
  text: string
  bureau?: { alertId: number | null } | undefined
}

/** The mails of one debtor, in and out, newest first; `similar`: what else could have been meant. */
export function inboxCard(
  debtor: { id: number; name: string; number: string; next: NextStep | undefined },
  mails: InboxMail[],
  similar: readonly LookUpHit[],
  { words, format }: CardContext,
): Card {
  const title = words.command.inboxTitle(oneLine(debtor.name, 80))
  const data = { debtor: String(debtor.id) }
  const elements = mails.flatMap(({ id, threadId, direction, at, subject, from, text, bureau }, index) => [
    {
      type: 'letter' as const,
      label: [
        `${direction === 'out' ? `→ ${words.command.direction.out}` : `← ${words.command.direction.in}`} · ${format.dateTime(at)} · ${oneLine(from, 60)}`,
        ...(bureau ? [words.alerts.bureauMail] : []),
      ].join(' · '),
      text: `${oneLine(subject, 120)}\n${oneLine(text, 160)}`,
    },
    ...(bureau?.alertId ? [alertPick(bureau.alertId, words)] : []),
    // One answer to each conversation, to its newest mail.
    ...(bureau || isLater(mails, threadId, index) ? [] : [replyPick(from, { ...data, message: String(id) }, words)]),
  ])
  return cardSchema.parse({
    title,
    subtitle: debtor.number,
    elements: [
      ...nextStepLine(debtor.next, { words, format }),
      ...(elements.length > 0 ? elements : [{ type: 'text' as const, text: words.command.inboxEmpty, weight: 'subtle' as const }]),
      ...similarPicks(similar, 'debtor.inbox', words),
    ],
    buttons: [
      { action: 'mail.open', label: words.compose.write, data },
      { action: 'debtor.show', label: words.button.debtor, data },
    ],
    more: [{ action: 'mail.list', label: words.compose.move, data }],
    fallback: [title, ...mails.map(({ at, subject }) => `${format.dateTime(at)} ${oneLine(subject, 120)}`)].join('\n'),
  })
}

const isLater = (mails: InboxMail[], threadId: number | null, index: number): boolean =>
  threadId !== null && mails.findIndex(mail => mail.threadId === threadId) < index

const replyPick = (from: string, data: { debtor: string; message: string }, { compose: say }: Words) => ({
  type: 'pick' as const,
  text: `${say.reply}: ${oneLine(from, 40)}`,
  verb: say.reply,
  button: { action: 'mail.open', label: say.reply, data },
})

const alertPick = (alertId: number, { alerts: say }: Words) => ({
  type: 'pick' as const,
  text: say.open,
  button: { action: 'alert.show', label: say.open, data: { alert: String(alertId) } },
})
