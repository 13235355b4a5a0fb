import type { Tone } from '#ledger'
import type { DraftLanguage } from './language.ts'
import { ownLiquid, shippedLiquid } from './liquid.ts'
import type { OwnTemplates } from './templates-kind.ts'

/** One part of a reply: a template of `templates/` and what its slots hold. */
export type Section = { template: string; slots: Record<string, unknown> }

export type ReplyFrame = {
  language: DraftLanguage
  /** Neutral when left out. */
  tone?: Tone | undefined
  /** The subject of the mail that is answered. */
  subject: string
  /** From the ledger, never from the mail. */
  contactName?: string | undefined
  senderName?: string | undefined
  administration: string
  /** Texts of the settings that take the place of shipped ones. */
  templates?: OwnTemplates | undefined
}

/** A reply of one or more sections between greeting and closing, as plain text, with the subject that keeps the thread. */
export function draftReply(frame: ReplyFrame, sections: Section[]): { subject: string; text: string } {
  const { language, tone = 'neutral' } = frame
  const render = (template: string, slots: Record<string, unknown>) => renderTemplate(template, language, { ...slots, tone }, frame.templates)
  const parts = sections.map(({ template, slots }, index) => {
    const text = render(template, { ...slots, first: index === 0 }).trim()
    return index === 0 ? opening(text, language) : capital(text)
  })
  const { contactName, senderName, administration } = frame
  return { subject: replySubject(frame.subject), text: render('reply', { body: parts.join('\n\n'), contactName, senderName, administration }) }
}

/** The amounts that sections put into a text, as decimal strings. */
export function amountsIn(sections: Section[]): string[] {
  const amounts: string[] = []
  const collect = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return
    if ('amount' in value && typeof value.amount === 'string') amounts.push(value.amount)
    Object.values(value).forEach(collect)
  }
  collect(sections.map(({ slots }) => slots))
  return [...new Set(amounts)]
}

/** A template filled with its slots: in the words of the settings where they have their own. */
export function renderTemplate(template: string, language: DraftLanguage, slots: object, own: OwnTemplates | undefined): string {
  const text = own?.[template]?.[language]
  const filled = { ...slots, language }
  return text === undefined
    ? (shippedLiquid.renderFileSync(`${template}/${language}`, filled) as string)
    : (ownLiquid.parseAndRenderSync(text, filled) as string)
}

/** German and Polish go on in lower case after the comma of the greeting. */
export const opening = (text: string, language: DraftLanguage) =>
  language === 'de' || language === 'pl' ? text.charAt(0).toLowerCase() + text.slice(1) : capital(text)
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

// RFC 5322 3.6.5 names "Re: "; the marks of other mail programs are kept so that their threads hold.
const answered = /^\s*(?:re|aw|antw|odp|rép|sv)\s*(?:\[\d+\])?\s*:/i

const replySubject = (subject: string) => (answered.test(subject) ? subject.trim() : `Re: ${subject.trim()}`.trim())
