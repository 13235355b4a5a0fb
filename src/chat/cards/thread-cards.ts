import type { ProposalView } from '#proposals'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import { mayBePicture } from '../pictures.ts'
import { cut, oneLine } from './cut.ts'
import type { CardContext } from './proposal-card.ts'

const mailLength = 12_000
const historyLength = 600
const mostPictures = 4
const leastInlinePicture = 30_000

/** An earlier mail of the conversation, as the thread shows it. */
export type HistoryMail = { direction: string; from: string; at: Date; subject: string; text: string }

/** The mail itself, for the thread under a card: its headers, its words, its attachments. */
export function mailCard({ message }: ProposalView, { words, format }: CardContext): Card {
  const say = words.card
  const text = cut(message.replyText, mailLength)
  const from = message.from ? (message.from.name ? `${message.from.name} <${message.from.address}>` : message.from.address) : say.unknownDebtor
  const shown = message.attachments.filter(({ inline, fileName }) => !inline || fileName !== null)
  const pictures = shown.filter(isPictureToSee).slice(0, mostPictures)
  const fileOf = ({ id, fileName, contentType, size }: Attachment) => ({
    name: oneLine(fileName ?? contentType, 100),
    note: [format.size(size), fileName && shortType(contentType)].filter(Boolean).join(', '),
    source: { of: 'message' as const, attachmentId: id },
  })
  const original = { name: say.original, note: '.eml', source: { of: 'source' as const, messageId: message.id } }
  const facts = [
    { label: say.from, value: from },
    { label: say.to, value: message.to.join(', ') },
    ...(message.cc.length > 0 ? [{ label: say.cc, value: message.cc.join(', ') }] : []),
    { label: say.received, value: format.dateTime(message.receivedAt) },
  ]
  const body = text.rest > 0 ? `${text.text}\n${say.cutHere(text.rest)}` : text.text
  return cardSchema.parse({
    title: oneLine(message.subject, 150) || say.mail,
    elements: [
      { type: 'letter', label: say.mail, facts, text: body },
      ...(shown.length > 0 ? [{ type: 'text' as const, text: say.attachments, weight: 'strong' as const }] : []),
      ...shown.map(attachment => {
        const file = fileOf(attachment)
        return pictures.includes(attachment) ? { type: 'image' as const, alt: say.picture(file.name), ...file } : { type: 'files' as const, files: [file] }
      }),
      { type: 'files', files: [original] },
    ],
    fallback: `${from}: ${oneLine(message.subject, 150)}`,
  })
}

type Attachment = ProposalView['message']['attachments'][number]

/** A picture that somebody attached. What stands in the text and is small is a logo or a line of a signature. */
const isPictureToSee = (attachment: Attachment): boolean => mayBePicture(attachment) && (!attachment.inline || attachment.size >= leastInlinePicture)

/** "PDF" of `application/pdf`; long names of office formats say nothing to people. */
const shortType = (contentType: string): string => {
  const name = contentType.split('/')[1]?.toUpperCase() ?? ''
  return name.length > 8 ? '' : name
}

/** What was written before in the same conversation, newest first. */
export function historyCard(mails: HistoryMail[], { words, format }: CardContext): Card {
  const elements = mails.map((mail): CardElement => {
    const text = cut(mail.text, historyLength)
    const label = `${mail.direction === 'out' ? '→' : '←'} ${format.dateTime(mail.at)} · ${mail.from}`
    return { type: 'letter', label, facts: [], text: text.rest > 0 ? `${text.text}…` : text.text }
  })
  const none: CardElement = { type: 'text', text: words.card.noHistory, tone: 'neutral', weight: 'subtle' }
  return cardSchema.parse({ title: words.card.history, elements: elements.length > 0 ? elements : [none], fallback: words.card.history })
}
