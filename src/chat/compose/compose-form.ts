import { draftLanguages } from '#drafting'
import { composeTemplates, type MailChoice, type MailDraft } from '#proposals'
import { type Card, type CardField, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { toneField } from '../forms/edit-fields.ts'
import { textField } from '../forms/text-field.ts'

const newConversation = 'new'
const [longestText, longestSubject] = [12_000, 300]

/** `key`: unlike any other form's. `round`: how often its text was filled in anew; each has fields of its own, since surfaces keep what was typed into one. */
type Filling = { key: string; round: number; waits: boolean }

/** Asks for a mail to a debtor: what it answers, what it begins with, how it sounds, to whom, and its text as it would leave. */
export function composeForm(draft: MailDraft, { key, round, waits }: Filling, { words, format }: CardContext): Card {
  const { compose: say, form } = words
  const conversations = draft.conversations.map(({ messageId, subject, from, at }) => ({
    value: String(messageId),
    label: oneLine(`${oneLine(subject, 36)} · ${oneLine(from, 16)} · ${format.dateTime(at)}`, 74),
  }))
  const answers = draft.answers === null ? newConversation : String(draft.answers)
  const together = draft.to.join(', ')
  const recipients = [...new Set([together, ...draft.recipients])].slice(0, 50)
  const title = say.title(oneLine(draft.debtor.name, 80))
  const fields: CardField[] = [
    choice('answers', say.conversation, answers, [{ value: newConversation, label: say.newConversation }, ...conversations]),
    choice(
      'template',
      say.template,
      draft.template,
      composeTemplates.map(template => ({ value: template, label: say.templates[template] })),
    ),
    choice(
      'language',
      say.language,
      draft.language,
      draftLanguages.map(language => ({ value: language, label: format.languageName(language) })),
    ),
    toneField('tone', draft.tone, words),
    choice(
      'to',
      form.recipients,
      together,
      recipients.map(address => ({ value: address, label: oneLine(address, 70) })),
    ),
    textField('cc', words.card.cc, draft.cc.join(', ')),
    textField(`subject.${round}`, form.subject, draft.subject, true),
    { type: 'text', id: `text.${round}`, label: say.text, value: draft.text, multiline: true, required: true },
    textField('copies', say.copies, draft.copies.join(', ')),
  ]
  const about = { debtor: String(draft.debtor.id), form: key }
  return cardSchema.parse({
    title,
    subtitle: say.from(draft.from.address),
    elements: [...(waits ? [{ type: 'notice', tone: 'warning', title: say.waits } as const] : []), ...fields.map(field => ({ type: 'field', field }) as const)],
    buttons: [
      { action: 'mail.send', label: say.send, style: 'primary', data: { ...about, round: String(round) } },
      { action: 'mail.open', label: say.apply, data: { ...about, round: String(round + 1) } },
    ],
    fallback: title,
  })
}

const choice = (id: string, label: string, value: string, options: { value: string; label: string }[]): CardField => ({
  type: 'choice',
  id,
  label,
  value,
  options,
})

/** What is chosen in a form; nothing where none was open yet. */
export function readChoice(values: Record<string, string>): MailChoice {
  const { answers, template, language, tone, to, cc, copies } = values
  return {
    ...(answers !== undefined && { answers: answers === newConversation ? null : Number(answers) }),
    ...(template !== undefined && { template }),
    ...(language !== undefined && { language }),
    ...(tone !== undefined && { tone }),
    ...(to !== undefined && { to: addressesOf(to) }),
    ...(cc !== undefined && { cc: addressesOf(cc) }),
    ...(copies !== undefined && { copies: listed(copies) }),
  }
}

type Written = Required<MailChoice> & { answers: number | null; subject: string; text: string }

/** The mail of a form that was sent; the label of the field that is wrong. */
export function readWritten(values: Record<string, string>, round: string, { words }: CardContext): Written | { wrong: string } {
  const subject = (values[`subject.${round}`] ?? '').trim()
  const text = (values[`text.${round}`] ?? '').replaceAll('\r\n', '\n').trim()
  if (subject === '' || subject.length > longestSubject) return { wrong: words.form.subject }
  if (text === '' || text.length > longestText) return { wrong: words.compose.text }
  const { answers = null, template = '', language = '', tone = '', to = [], cc = [], copies = [] } = readChoice(values)
  return to.length === 0 ? { wrong: words.form.recipients } : { answers, template, language, tone, to, cc, copies, subject, text }
}

const longestList = 50

const listed = (list: string): string[] =>
  list
    .split(/[,;\n]/)
    .map(each => each.trim())
    .filter(each => each !== '')
    .slice(0, longestList)

const addressesOf = (list: string): string[] => listed(list.toLowerCase())
