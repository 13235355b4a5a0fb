import { convert, type FormatCallback } from 'html-to-text'

const longest = 300_000
const mostLines = 2_000

/** The lines of a mail with its links beside their words, cells apart by `|`. Throws nothing: what cannot be read gives no lines. */
export function mailLines({ text, html }: { text: string; html: string | undefined }): string[] {
  return (html ? htmlText(html) : text)
    .slice(0, longest)
    .split('\n')
    .map(line => line.replaceAll(/\s+/g, ' ').trim())
    .filter(Boolean)
    .slice(0, mostLines)
}

function htmlText(html: string): string {
  try {
    return convert(html.slice(0, longest), {
      wordwrap: false,
      formatters: { cell },
      selectors: [
        { selector: 'td', format: 'cell' },
        { selector: 'th', format: 'cell' },
        { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
        { selector: 'a', options: { linkBrackets: ['[', ']'], hideLinkHrefIfSameAsText: false } },
        { selector: 'img', format: 'skip' },
        { selector: 'style', format: 'skip' },
        { selector: 'script', format: 'skip' },
        ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map(selector => ({ selector, options: { uppercase: false } })),
        { selector: 'table', options: { uppercaseHeaderCells: false } },
      ],
      limits: { maxInputLength: longest, maxDepth: 100, maxChildNodes: 5_000, ellipsis: '' },
    })
  } catch {
    return ''
  }
}

const cell: FormatCallback = (element, walk, builder) => {
  walk(element.children, builder)
  builder.addInline(' | ')
}
