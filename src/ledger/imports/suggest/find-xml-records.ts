/** Where the records of an XML file seem to stand, and the paths inside them at which something stands. */
export type XmlRecords = { records: string; paths: string[] }

type Element = { path: string; hasText: boolean; hasChildren: boolean; attributes: string[] }

const markup = /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[([^]*?)\]\]>|<(\/?)(?:[\w.-]+:)?([\w.-]+)((?:"[^"]*"|'[^']*'|[^<>"'])*?)(\/?)>|([^<]+)/g
const attribute = /(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"[^"]*"|'[^']*')/g

/** Looks for the element with parts of its own that is repeated most, the outer one of several; undefined when nothing is repeated. */
export function findXmlRecords(start: string): XmlRecords | undefined {
  const elements = walk(start)
  const counts = new Map<string, number>()
  for (const { path, hasChildren, attributes } of elements) if (hasChildren || attributes.length > 1) counts.set(path, (counts.get(path) ?? 0) + 1)
  const repeated = [...counts].filter(([, count]) => count > 1)
  const most = Math.max(0, ...repeated.map(([, count]) => count))
  const [records] =
    repeated.find(([path, count]) => count >= most / 2 && !repeated.some(([outer, outerCount]) => path.startsWith(`${outer}/`) && outerCount >= most / 2)) ?? []
  if (records === undefined) return undefined
  const paths = new Set<string>()
  for (const { path, hasText, hasChildren, attributes } of elements) {
    if (path !== records && !path.startsWith(`${records}/`)) continue
    const inside = path.slice(records.length + 1)
    if (hasText && !hasChildren && inside !== '') paths.add(inside)
    for (const name of attributes) if (!name.startsWith('xmlns')) paths.add(inside === '' ? `@${name}` : `${inside}/@${name}`)
  }
  return { records, paths: [...paths] }
}

function walk(text: string): Element[] {
  const found: Element[] = []
  const stack: Element[] = []
  for (const [, cdata, closing, name, rest = '', alone, plain] of text.matchAll(markup)) {
    const open = stack.at(-1)
    if (name === undefined) {
      if (open && `${cdata ?? ''}${plain ?? ''}`.trim() !== '') open.hasText = true
      continue
    }
    if (closing) {
      stack.pop()
      continue
    }
    if (open) open.hasChildren = true
    const attributes = [...rest.matchAll(attribute)].map(([, each = '']) => each)
    const element = { path: `${open?.path ?? ''}/${name}`, hasText: false, hasChildren: false, attributes }
    found.push(element)
    if (!alone) stack.push(element)
  }
  return found
}
