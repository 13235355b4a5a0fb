const looks = {
  text: 'font:15px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;color:#1c2430;white-space:pre-wrap',
  table: 'font:13px/1.5 Consolas,Menlo,Liberation Mono,monospace;margin:0;white-space:pre-wrap',
  button: 'display:inline-block;padding:10px 18px;border-radius:6px;text-decoration:none;font-weight:600;margin:2px 0',
}
const colors = ['background:#14532d;color:#ffffff', 'border:1px solid #14532d;color:#14532d'] // the one to press, and what stands below it

/**
 * A text as HTML that says the same, word for word: lines that hold columns stand in letters of one width, and a line that ends in one of
 * these addresses is a button with its words. Nothing in it is loaded from anywhere.
 */
export function mailHtml(text: string, buttons: readonly string[]): string {
  const blocks: { isTable: boolean; lines: string[] }[] = []
  for (const line of text.split('\n')) {
    const isTable = /\S {2,}\S/.test(line)
    const last = blocks.at(-1)
    if (last?.isTable === isTable) last.lines.push(line)
    else blocks.push({ isTable, lines: [line] })
  }
  let isBelow = false
  const lineOf = (line: string): string => {
    const address = buttons.find(each => line.endsWith(`: ${each}`))
    const color = colors[isBelow ? 1 : 0]
    isBelow = address !== undefined
    if (address === undefined) return escaped(line)
    const label = line.slice(0, -address.length).trim().replace(/\s*:$/, '')
    return `<a href="${escaped(address)}" style="${looks.button};${color}">${escaped(label)}</a>`
  }
  const parts = blocks.map(({ isTable, lines }) => {
    const body = lines.map(lineOf).join('\n')
    return isTable ? `<pre style="${looks.table}">${body}</pre>` : `<div style="${looks.text}">${body}</div>`
  })
  return `<!doctype html>\n<html><head><meta charset="utf-8"></head><body>\n${parts.join('\n')}\n</body></html>\n`
}

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, sign => `&#${sign.codePointAt(0)};`)
