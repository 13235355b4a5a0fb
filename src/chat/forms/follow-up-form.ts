import type { EntryContent } from '#proposals'
import { type Card, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'

type FormButton = { action: string; label: string; data: Record<string, string> }
type FollowUp = Extract<EntryContent, { kind: 'follow_up' }>

const longestText = 20_000

/** Asks for the text of a follow-up's mail, filled in as it was drafted; undefined where it has none. */
export function followUpForm({ mail }: FollowUp, debtor: { name: string }, button: FormButton, { words }: CardContext): Card | undefined {
  if (!mail) return undefined
  const title = `${words.entries.kind.follow_up} · ${oneLine(debtor.name, 80)}`
  return cardSchema.parse({
    title,
    subtitle: words.plans.mailTo(mail.to.join(', ')),
    elements: [{ type: 'field', field: { type: 'text', id: 'text', label: words.form.replyText, value: mail.text, multiline: true, required: true } }],
    buttons: [{ ...button, style: 'primary' }],
    fallback: title,
  })
}

/** The follow-up with the text that somebody wrote; undefined where there is none. */
export function readFollowUp(content: FollowUp, values: Record<string, string>): FollowUp | undefined {
  const text = (values.text ?? '').replaceAll('\r\n', '\n').trim().slice(0, longestText)
  if (!content.mail || text === '') return undefined
  return text === content.mail.text.trim() ? content : { ...content, mail: { ...content.mail, text, written: true } }
}
