import type { HidingWay, Quarantine } from '../quarantine.ts'
import type { MessageToRead } from '../reading.ts'
import { howHidden, isWhiteColor, sheetRules } from './hiding-styles.ts'

const maxLength = 300_000
const tag = /<(\/?)([a-z][a-z0-9]{0,15})((?:\s[^<>]{0,2000})?)(\/?)>/gi
const ground = /background(?:-color)?\s{0,3}[:=]\s{0,3}["']?\s{0,3}([^;"'>]{1,60})|bgcolor\s{0,3}=\s{0,3}["']?([^"'\s>]{1,30})/gi
const voids = new Set(['br', 'img', 'hr', 'meta', 'link', 'input', 'col', 'area', 'base', 'wbr', 'source'])
const unread = new Set(['style', 'script', 'title'])
/** What readers of mail do not show. */
const unshown = new Set(['template', 'noscript', 'noframes', 'noembed', 'datalist', 'dialog'])
/** Newsletters hide a preview line; hidden words matter from here on, unless they hold digits or an instruction. */
const harmlessWords = 30
const telling =
  /\d{4,}|(?<![a-z])(?:iban|bank|account|konto|rekening|compte|pay|betaal|zahl|paie|zaplac|ignore|system|assistant|instruction|approve|paid|invoice|factuur|rechnung|facture|faktura|prompt)/i
const invisible = /[\u200b-\u200d\u2060-\u2064\u00ad\u115f\u1160\u3164\ufeff\u{e0000}-\u{e007f}]/gu

/** Text that a machine reads and a person does not see: styled away in HTML, or written in invisible letters. */
export function findHiddenText(message: MessageToRead): Quarantine[] {
  const how = message.html === undefined ? undefined : hiddenWords(message.html.slice(0, maxLength))
  if (how) return [{ kind: 'hidden_text', code: 'hides_text', how }]
  const text = `${message.subject}\n${message.replyText.slice(0, maxLength)}`
  const marks = text.match(invisible)?.length ?? 0
  // Tag letters and runs of variation selectors carry whole sentences, a letter each.
  const coded = /[\u{e0020}-\u{e007e}]{4}|\p{Variation_Selector}{4}/u.test(text)
  const isInvisible = coded || (/[A-Za-z]\u200b[A-Za-z]/.test(text) && marks >= 3) || marks >= 20
  return isInvisible ? [{ kind: 'hidden_text', code: 'invisible_letters' }] : []
}

/** `how`: how it, or what it stands in, is hidden. */
type Element = { name: string; how: HidingWay | undefined; dark: boolean }

/** How text that says something is hidden in HTML; undefined when none is. One pass over the tags. */
function hiddenWords(html: string): HidingWay | undefined {
  const sheet = sheetRules(sheetsOf(html))
  const open: Element[] = []
  let from = 0
  let [seen, concealed, how] = ['', '', undefined as HidingWay | undefined]
  for (const match of html.matchAll(tag)) {
    const hiding = open.at(-1)?.how
    const words = html.slice(from, match.index)
    if (hiding) {
      how ??= hiding
      if (concealed.length < 4000) concealed += ` ${words.slice(0, 4000)}`
    } else if (seen.length < 40_000 && !unread.has(open.at(-1)?.name ?? '')) seen += ` ${words.slice(0, 40_000)}`
    from = match.index + match[0].length
    const [, closing, rawName = '', attributes = '', selfClosing] = match
    const name = rawName.toLowerCase()
    if (closing) {
      const at = open.findLastIndex(element => element.name === name)
      if (at !== -1) open.length = at
      continue
    }
    if (voids.has(name) || selfClosing || open.length > 500) continue
    const element = unread.has(name) ? { name, how: undefined, dark: false } : elementOf(name, attributes, open.at(-1)?.dark ?? false, sheet)
    open.push(hiding ? { ...element, how: hiding } : element)
  }
  return how && saysSomething(concealed, `${seen} ${html.slice(from, from + 4000)}`) ? how : undefined
}

function sheetsOf(html: string): string {
  if (!/<style/i.test(html)) return ''
  return [...html.matchAll(/<style[^>]{0,200}>([^<]{0,60000})/gi)].map(([, sheet]) => sheet).join('\n')
}

function elementOf(name: string, attributes: string, insideDark: boolean, sheet: ReadonlyMap<string, string>): Element {
  if (unshown.has(name)) return { name, how: 'not_displayed', dark: insideDark }
  if (attributes === '') return { name, how: undefined, dark: insideDark }
  const bySheet =
    sheet.size === 0
      ? ''
      : namesOf(attributes)
          .flatMap(each => sheet.get(each) ?? [])
          .join(';')
  const dark = insideDark || isDark(attributes) || isDark(bySheet)
  const style = /style\s{0,3}=\s{0,3}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>]{1,500}))/i.exec(attributes)
  const how = howHidden((style?.[1] ?? style?.[2] ?? style?.[3] ?? '').toLowerCase(), dark)
  if (how) return { name, how, dark }
  if (/\shidden(?:\s|=|$)/i.test(attributes)) return { name, how: 'not_displayed', dark }
  const byAttribute = /\scolor\s{0,2}=\s{0,2}["']?([^"'\s>]{1,30})/i.exec(attributes)?.[1]
  if (byAttribute && !dark && isWhiteColor(byAttribute)) return { name, how: 'colorless', dark }
  return { name, how: howHidden(bySheet, dark), dark }
}

/** The classes and the id of an element, as a style sheet names them. */
const namesOf = (attributes: string): string[] =>
  [...attributes.matchAll(/\s(class|id)\s{0,3}=\s{0,3}["']?([^"'>]{1,300})/gi)].flatMap(([, kind, names = '']) =>
    names
      .toLowerCase()
      .split(/\s+/)
      .filter(name => name !== '')
      .map(name => (kind?.toLowerCase() === 'id' ? '#' : '.') + name),
  )

/** A background that is no white, or a picture: white letters are read on it. */
function isDark(attributes: string): boolean {
  if (!/background|bgcolor/i.test(attributes)) return false
  return [...attributes.matchAll(ground)].some(([, css, html]) => {
    const value = (css ?? html ?? '').trim().toLowerCase()
    return value !== 'none' && value !== 'transparent' && value !== 'inherit' && value !== 'initial' && !isWhiteColor(value)
  })
}

/** Whether hidden words matter: not when they are few and harmless, or stand in the mail for everybody to see as well. */
function saysSomething(concealed: string, seen: string): boolean {
  const words = wordsOf(concealed)
  if (words.length === 0 || !(telling.test(concealed) || words.length > harmlessWords)) return false
  const shown = new Set(wordsOf(seen))
  return words.some(word => !shown.has(word))
}

const wordsOf = (text: string): string[] =>
  text
    .replace(/&[a-z]{2,8};|&#x?[0-9a-f]{1,6};/gi, ' ')
    .replace(/[\u034f\u200b-\u200f\u00ad\ufeff]+/g, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? []
