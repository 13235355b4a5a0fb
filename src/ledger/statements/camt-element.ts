import { XMLParser } from 'fast-xml-parser'

/** An element of a bank's XML: text, or elements by their names without prefix; attributes start with @. */
export type CamtElement = { [name: string]: CamtElement | CamtElement[] | string | undefined }

const repeated = new Set(['TxDtls', 'NtryDtls', 'Strd', 'Ustrd', 'Rcrd', 'AddtlRmtInf', 'RfrdDocInf'])

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  removeNSPrefix: true,
  isArray: name => repeated.has(name),
  jPath: false, // nothing here asks for paths, and writing each out takes a third of the time
})

/** One element cut out of a file, by its own name. */
export const parseElement = (xml: string): CamtElement => parser.parse(xml) as CamtElement

/** The text at a path (`RmtInf/Strd`); of several the first; undefined when there is none. */
export function textAt(element: CamtElement | undefined, path: string): string | undefined {
  const found = elementAt(element, path)
  const text = typeof found === 'string' ? found : found?.['#text']
  return typeof text === 'string' && text !== '' ? text : undefined
}

/** The element at a path; of several the first. */
export function elementAt(element: CamtElement | undefined, path: string): CamtElement | string | undefined {
  let here: CamtElement | string | undefined = element
  for (const name of path.split('/')) {
    if (typeof here !== 'object') return undefined
    const next: CamtElement | CamtElement[] | string | undefined = Object.hasOwn(here, name) ? here[name] : undefined
    here = Array.isArray(next) ? next[0] : next
  }
  return here
}

/** All elements of one name below an element. */
export function elementsAt(element: CamtElement | undefined, name: string): (CamtElement | string)[] {
  const found = element && Object.hasOwn(element, name) ? element[name] : undefined
  if (found === undefined) return []
  return Array.isArray(found) ? found : [found]
}
