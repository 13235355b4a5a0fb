import type { KnownBlock, RichTextBlockElement, RichTextElement } from '@slack/types'
import { limits } from './limits.ts'
import { clean, plain, split } from './text.ts'

/** The least part of a card that is drawn as a whole: one block. */
export type Unit = {
  block: KnownBlock
  /** Something to fill in: it stays with the card's buttons, which send its value. */
  isField?: true
  /** Of a field, a table and a chart: how they are drawn where Slack takes none. */
  flat?: Unit[]
}

/** How much of a message a block takes up. */
export const sizeOf = (block: KnownBlock): number => JSON.stringify(block).length

/** A part of a text. `url`: ours, never one that somebody wrote. */
export type Run = { text: string; bold?: boolean; italic?: boolean; url?: string }

/** Texts are drawn in pieces of this length: with every character escaped and all around it a piece fits into any message. */
const pieceLength = 2500

type Shape = 'rich_text_section' | 'rich_text_quote' | 'rich_text_preformatted'

/** Rich text, which Slack draws literally: nothing in it becomes a mention, a link or markup. Several units when it is long. */
export function richUnits(runs: Run[], shape: Shape = 'rich_text_section'): Unit[] {
  const pages: Run[][] = [[]]
  let room = pieceLength
  for (const run of runs) {
    for (const [index, text] of split(clean(run.text), pieceLength).entries()) {
      if (index > 0 || text.length > room) {
        pages.push([])
        room = pieceLength
      }
      pages.at(-1)?.push({ ...run, text })
      room -= text.length
    }
  }
  return pages.filter(page => page.some(({ text }) => text !== '')).map(page => ({ block: { type: 'rich_text', elements: [richElement(page, shape)] } }))
}

function richElement(runs: Run[], shape: Shape): RichTextBlockElement {
  const elements = runs.filter(({ text }) => text !== '').map(richRun)
  // Slack knows no styles inside a preformatted text.
  if (shape === 'rich_text_preformatted') return { type: shape, elements: runs.filter(({ text }) => text !== '').map(({ text }) => ({ type: 'text', text })) }
  return { type: shape, elements }
}

function richRun({ text, bold, italic, url }: Run): RichTextElement {
  const style = { ...(bold && { bold }), ...(italic && { italic }) }
  const styled = Object.keys(style).length > 0 && { style }
  return url === undefined ? { type: 'text', text, ...styled } : { type: 'link', url, text, ...styled }
}

/** Small grey text. */
export const contextUnits = (texts: string[]): Unit[] => {
  const elements = texts.flatMap(text => (text.trim() === '' ? [] : split(clean(text), pieceLength))).filter(text => text.trim() !== '')
  const lines: string[][] = []
  for (const text of elements) {
    const line = lines.at(-1)
    const isFull = !line || line.length >= limits.contextElements || line.join('').length + text.length > pieceLength
    if (isFull) lines.push([text])
    else line.push(text)
  }
  return lines.map(line => ({ block: { type: 'context', elements: line.map(text => plain(text, limits.text)) } }))
}
