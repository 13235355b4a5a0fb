import type { CardElement } from '../card.ts'
import { type CardContext, proposalCard } from '../cards/proposal-card.ts'
import { mailCard } from '../cards/thread-cards.ts'
import { clean, shorten } from '../text.ts'
import type { Known } from './asked.ts'
import { keywordsIn, withKey } from './keyword.ts'
import { drawHtml, drawText, escapeHtml, type Look, type Part, partsOf } from './parts.ts'

/** One decision of a mail, with the keys that only this mail will ever hold. */
type RequestItem = Pick<Known, 'view'> & { linkKey: string; replyKey: string }

export type RequestInput = {
  items: RequestItem[]
  /** How many more wait that this mail does not show. */
  more: number
  why: 'away' | 'wanted'
  /** When the keys end. */
  until: Date
  /** Where replies go. */
  mailbox: string
  publicUrl: string
}

export type Written = { subject: string; text: string; html: string }

/** Where the page of a link stands below the console's address. */
export const pagePath = '/decide'

/** The mail that asks one person for decisions: two lines each, the way to decide, and what the decision rests on. */
export function writeRequest({ items, more, why, until, mailbox, publicUrl }: RequestInput, context: CardContext): Written {
  const { byMail: say } = context.words
  const drawn = items.map(item => drawItem(item, context, { mailbox, publicUrl, isAlone: items.length === 1 }))
  const [only] = items.length === 1 ? drawn : []
  const end = [...(more > 0 ? [say.more(more)] : []), say.keys(context.format.dateTime(until)), `${say.console} ${publicUrl}/`]
  const intro = why === 'away' ? say.whyAway : say.whyWanted
  const title = only?.title ?? say.many(items.length)
  return {
    subject: only ? withKey(title, items[0]?.replyKey ?? '') : title,
    text: [intro, ...drawn.map(({ text }) => text), end.join('\n')].join(`\n\n${'-'.repeat(60)}\n\n`),
    html: htmlMail([
      `<p ${styles.subtle}>${escapeHtml(intro)}</p>`,
      ...drawn.map(({ html }) => html),
      `<p ${styles.subtle}>${end.map(escapeHtml).join('<br>')}</p>`,
    ]),
  }
}

type Ways = Pick<RequestInput, 'mailbox' | 'publicUrl'> & { isAlone: boolean }

function drawItem({ view, linkKey, replyKey }: RequestItem, context: CardContext, { mailbox, publicUrl, isAlone }: Ways) {
  const { words } = context
  const say = words.byMail
  const card = proposalCard(view, context)
  const title = shorten(clean(card.title), 120)
  const parts = decisionParts({ view }, context, isAlone)
  const link = `${publicUrl}${pagePath}/${linkKey}`
  const approve = approvingOf({ view }, context)
  const byReply = (word: string): string => `mailto:${mailbox}?subject=${encodeURIComponent(withKey(title, replyKey))}&body=${encodeURIComponent(word)}`
  const keywords = keywordsIn(words)
  const how = say.replyHow(keywords.approve, approve, keywords.reject)
  const ways = [keywords.approve, keywords.reject].map(word => ({ word, url: byReply(word) }))
  const lead = [title, card.subtitle ?? '', card.status?.text ?? ''].filter(Boolean).map(clean)
  return {
    title,
    text: [lead.join('\n'), [`${say.open}: ${link}`, ...(isAlone ? [how] : ways.map(({ word, url }) => `${word}: ${url}`))].join('\n'), drawText(parts)].join(
      '\n\n',
    ),
    html: `<div ${styles.card}>
<div ${styles.title}>${escapeHtml(title)}</div>
<div ${styles.subtle}>${escapeHtml(card.subtitle ?? '')}</div>
<div ${styles.status}>${escapeHtml(card.status?.text ?? '')}</div>
<p><a href="${escapeHtml(link)}" ${styles.button}>${escapeHtml(say.open)}</a></p>
<p ${styles.subtle}>${isAlone ? escapeHtml(how) : `${escapeHtml(say.byReply)} ${ways.map(({ word, url }) => `<a href="${escapeHtml(url)}">${escapeHtml(word)}</a>`).join(' · ')}`}</p>
${drawHtml(parts, styleOf)}
</div>`,
  }
}

/** What a decision rests on and what it would do, as its card shows it; `whole`: with the mail itself. For who sees the proposal. */
export function decisionParts({ view }: Pick<Known, 'view'>, context: CardContext, whole: boolean): Part[] {
  const mail = whole ? mailCard(view, context).elements.filter(({ type }) => type === 'letter') : []
  const elements: CardElement[] = [...proposalCard(view, context).elements, ...mail]
  return elements.flatMap(partsOf)
}

/** What approving is called on the proposal's card: "Approve and send", "File", "Second vote". */
export function approvingOf({ view }: Pick<Known, 'view'>, context: CardContext): string {
  const { buttons } = proposalCard(view, context)
  return buttons.find(({ action }) => action === 'proposal.approve' || action === 'proposal.second_vote')?.label ?? context.words.button.approve
}

const style = (css: string): string => `style="${css}"`
const box = 'margin:12px 0;padding:10px 12px;border-left:3px solid'
// Mail programs know little: styles stand at each element, and nothing but colours depends on them.
const styles = {
  page: style('margin:0;padding:16px;background:#f5f6f4;color:#1c2422;font:15px/1.45 Arial,Helvetica,sans-serif'),
  card: style('max-width:640px;margin:0 0 16px;padding:18px 20px;background:#ffffff;border:1px solid #dfe4e1;border-radius:10px'),
  title: style('font-size:18px;font-weight:bold'),
  subtle: style('margin:6px 0;font-size:13px;color:#5a6864'),
  status: style('display:inline-block;margin:8px 0 0;padding:2px 8px;background:#fdf1d8;color:#7a4a00;font-size:13px;font-weight:bold'),
  button: style('display:inline-block;padding:10px 18px;background:#0f6b5c;color:#ffffff;font-weight:bold;text-decoration:none;border-radius:8px'),
  plain: style('margin:10px 0'),
  strong: style('margin:10px 0;font-weight:bold'),
  quote: style(`${box} #0f6b5c;background:#eef5f2`),
  letter: style(`${box} #c9d2ce;background:#f3f6f4`),
  notice: style(`${box} #a3231c;background:#fde8e6;color:#a3231c`),
  label: style('font-size:13px;font-weight:bold'),
}

const styleOf = (look: Look | 'label'): string => styles[look]

const htmlMail = (blocks: string[]): string =>
  `<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"></head><body ${styles.page}>\n${blocks.join('\n')}\n</body></html>`
