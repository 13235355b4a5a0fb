import type { MessageToRead, Quarantine } from '../reading.ts'

const maxLength = 300_000
const tag = /<(\/?)([a-z][a-z0-9]{0,15})((?:\s[^<>]{0,2000})?)(\/?)>/gi
const hiding: readonly (readonly [string, RegExp])[] = [
  ['display: none', /display\s{0,3}:\s{0,3}none/],
  ['visibility: hidden', /visibility\s{0,3}:\s{0,3}hidden/],
  ['a font size of zero', /font-size\s{0,3}:\s{0,3}0*(?:\.0+)?[01]?(?:\.\d+)?(?:px|pt|em|rem|%)?\s{0,3}(?:[;"'!]|$)/],
  ['no opacity', /(?:^|[;\s"'])opacity\s{0,3}:\s{0,3}0(?:\.0\d*)?\s{0,3}(?:[;"']|$)/],
  ['text moved off the page', /(?:left|top|text-indent|margin-left)\s{0,3}:\s{0,3}-\d{3,6}(?:px|em|pt)/],
  [
    'text in the color of its background',
    /(?:^|[;\s"'])color\s{0,3}:\s{0,3}(?:#fff(?:fff)?|white|rgba?\(\s{0,3}255\s{0,3},\s{0,3}255\s{0,3},\s{0,3}255[^)]{0,20}\)|transparent)/,
  ],
  [
    'text without height',
    /(?:max-)?height\s{0,3}:\s{0,3}0(?:px)?\s{0,3}(?:[;"']|$)[^>]{0,200}overflow\s{0,3}:\s{0,3}hidden|overflow\s{0,3}:\s{0,3}hidden[^>]{0,200}(?:max-)?height\s{0,3}:\s{0,3}0(?:px)?\s{0,3}(?:[;"']|$)/,
  ],
]
const darkBackground =
  /background(?:-color)?\s{0,3}:\s{0,3}(?!\s{0,3}(?:#fff(?:fff)?|white|transparent|none))|bgcolor\s{0,3}=\s{0,3}["']?(?!#fff(?:fff)?|white)/i
const voids = new Set(['br', 'img', 'hr', 'meta', 'link', 'input', 'col', 'area', 'base', 'wbr', 'source'])
/** Newsletters hide a preview line; hidden words matter from here on, unless they hold digits or an instruction. */
const harmlessWords = 30
const telling =
  /\d{4,}|(?<![a-z])(?:iban|bank|account|konto|rekening|compte|pay|betaal|zahl|paie|zaplac|ignore|system|assistant|instruction|approve|paid|invoice|factuur|rechnung|facture|faktura|prompt)/i
const invisible = /[\u200b\u2060-\u2064\u00ad\u{e0000}-\u{e007f}]/gu

/** Text that a machine reads and a person does not see: styled away in HTML, or written in invisible letters. */
export function findHiddenText(message: MessageToRead): Quarantine[] {
  const reasons: string[] = []
  const hidden = message.html === undefined ? undefined : hiddenWords(message.html.slice(0, maxLength))
  if (hidden) reasons.push(`The mail hides text from its reader (${hidden}).`)
  const text = `${message.subject}\n${message.replyText.slice(0, maxLength)}`
  const marks = text.match(invisible)?.length ?? 0
  const tags = /[\u{e0020}-\u{e007e}]{4}/u.test(text)
  if (tags || (/[A-Za-z]\u200b[A-Za-z]/.test(text) && marks >= 3) || marks >= 20) reasons.push('The mail holds letters that cannot be seen.')
  const [reason] = reasons
  return reason ? [{ kind: 'hidden_text', reason }] : []
}

/** How text that says something is hidden in HTML; undefined when none is. One pass over the tags. */
function hiddenWords(html: string): string | undefined {
  const open: { name: string; how: string | undefined; dark: boolean }[] = []
  let from = 0
  let words: { how: string; text: string } | undefined
  for (const match of html.matchAll(tag)) {
    const how = open.findLast(element => element.how)?.how
    if (how) words = { how, text: `${words?.text ?? ''} ${html.slice(from, match.index)}`.slice(0, 4000) }
    from = match.index + match[0].length
    const [, closing, rawName = '', attributes = '', selfClosing] = match
    const name = rawName.toLowerCase()
    if (closing) {
      const at = open.findLastIndex(element => element.name === name)
      if (at !== -1) open.length = at
      if (words && !open.some(element => element.how)) {
        if (saysSomething(words.text)) return words.how
        words = undefined
      }
      continue
    }
    if (voids.has(name) || selfClosing || name === 'style' || name === 'script' || name === 'title' || open.length > 500) continue
    open.push({
      name,
      ...readStyle(
        attributes,
        open.some(({ dark }) => dark),
      ),
    })
  }
  return words && saysSomething(words.text) ? words.how : undefined
}

function readStyle(attributes: string, insideDark: boolean): { how: string | undefined; dark: boolean } {
  const dark = insideDark || darkBackground.test(attributes)
  const style = /style\s{0,3}=\s{0,3}(?:"([^"]{0,2000})"|'([^']{0,2000})')/i.exec(attributes)
  const rules = (style?.[1] ?? style?.[2] ?? '').toLowerCase()
  const how = hiding.find(([name, pattern]) => pattern.test(rules) && !(dark && name.startsWith('text in the color')))?.[0]
  const isHidden =
    /\shidden(?:\s|=|$)/i.test(attributes) || (/color\s{0,2}=\s{0,2}["']?(?:#fff(?:fff)?|white)/i.test(attributes) && !dark && !/bgcolor/i.test(attributes))
  return { how: how ?? (isHidden ? 'hidden or white text' : undefined), dark }
}

function saysSomething(text: string): boolean {
  const words = text
    .replace(/&[a-z]{2,8};|&#\d{1,6};/gi, ' ')
    .replace(/[\u034f\u200b-\u200f\u00ad\ufeff\s]+/g, ' ')
    .trim()
  if (words === '') return false
  return telling.test(words) || words.split(' ').length > harmlessWords
}
