import { join } from 'node:path'
import { type Context, Liquid } from 'liquidjs'
import { type DraftLanguage, shortDay, writtenDay, writtenList, writtenMoney } from './language.ts'

export type Money = { amount: string; currency: string }

/** One part of a reply: a template of `templates/` and what its slots hold. */
export type Section = { template: string; slots: Record<string, unknown> }

export type ReplyFrame = {
  language: DraftLanguage
  /** The subject of the mail that is answered. */
  subject: string
  /** From the ledger, never from the mail. */
  contactName?: string | undefined
  senderName?: string | undefined
  administration: string
}

const liquid = new Liquid({ root: join(import.meta.dirname, 'templates'), extname: '.liquid', cache: true, strictFilters: true })

const languageOf = (filter: { context: Context }) => filter.context.getSync(['language']) as DraftLanguage
liquid.registerFilter('day', function (day: string) {
  return writtenDay(languageOf(this), day)
})
liquid.registerFilter('shortDay', function (day: string | null | undefined) {
  return day ? shortDay(languageOf(this), day) : ''
})
liquid.registerFilter('money', function ({ amount, currency }: Money) {
  return writtenMoney(languageOf(this), amount, currency)
})
liquid.registerFilter('list', function (items: string[]) {
  return writtenList(languageOf(this), items)
})
liquid.registerFilter('widest', (items: string[], title: string) => Math.max(title.length, ...items.map(item => item.length)))
liquid.registerFilter('cell', (text: string, width: number) => text.padEnd(width))
liquid.registerFilter('right', (text: string, width: number) => text.padStart(width))

/** A reply of one or more sections between greeting and closing, as plain text, with the subject that keeps the thread. */
export function draftReply(frame: ReplyFrame, sections: Section[]): { subject: string; text: string } {
  const { language } = frame
  const parts = sections.map(({ template, slots }, index) => {
    const text = render(template, language, { ...slots, first: index === 0 }).trim()
    return index === 0 ? opening(text, language) : capital(text)
  })
  const { contactName, senderName, administration } = frame
  return { subject: replySubject(frame.subject), text: render('reply', language, { body: parts.join('\n\n'), contactName, senderName, administration }) }
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

function render(template: string, language: DraftLanguage, slots: Record<string, unknown>): string {
  return liquid.renderFileSync(`${template}/${language}`, { ...slots, language }) as string
}

/** German and Polish go on in lower case after the comma of the greeting. */
const opening = (text: string, language: DraftLanguage) =>
  language === 'de' || language === 'pl' ? text.charAt(0).toLowerCase() + text.slice(1) : capital(text)
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

// RFC 5322 3.6.5 names "Re: "; the marks of other mail programs are kept so that their threads hold.
const answered = /^\s*(?:re|aw|antw|odp|rép|sv)\s*(?:\[\d+\])?\s*:/i

const replySubject = (subject: string) => (answered.test(subject) ? subject.trim() : `Re: ${subject.trim()}`.trim())
