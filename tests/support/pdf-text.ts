import { inflateSync } from 'node:zlib'

/** The words of a PDF that pdfkit made, one line for each piece of text: its fonts are subsets, whose letters are told by their own tables. */
export function pdfText(pdf: Buffer): string {
  const source = pdf.toString('latin1')
  const objects = new Map([...source.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj/gm)].map(([, id = '', body = '']) => [id, body]))
  const letters = new Map<string, string[]>()
  for (const [, name = '', id = ''] of source.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1]
    if (table === undefined) continue
    const ranges = [...streamOf(objects.get(table) ?? '').matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/g)]
    const codes: string[] = []
    for (const [, first = '0', list = ''] of ranges)
      [...list.matchAll(/<([0-9a-f ]*)>/g)].forEach(([, hex = ''], index) => {
        const units = hex.replaceAll(' ', '').match(/.{4}/g) ?? []
        codes[Number.parseInt(first, 16) + index] = String.fromCharCode(...units.map(unit => Number.parseInt(unit, 16)))
      })
    letters.set(name, codes)
  }
  const lines: string[] = []
  for (const body of objects.values()) {
    if (!body.includes('stream\n') || /\/(Subtype|Type|FontName|Length1)/.test(body.split('stream\n')[0] ?? '')) continue
    let font: string[] = []
    for (const [, named, shown] of streamOf(body).matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (named !== undefined) font = letters.get(named) ?? []
      else
        lines.push(
          [...(shown ?? '').matchAll(/<([0-9a-f]+)>/g)]
            .flatMap(([, hex = '']) => (hex.match(/.{4}/g) ?? []).map(code => font[Number.parseInt(code, 16)] ?? ''))
            .join(''),
        )
    }
  }
  return lines.join('\n')
}

function streamOf(body: string): string {
  const packed = Buffer.from(/stream\n([\s\S]*)\nendstream/.exec(body)?.[1] ?? '', 'latin1')
  return (body.includes('/FlateDecode') ? inflateSync(packed) : packed).toString('latin1')
}
