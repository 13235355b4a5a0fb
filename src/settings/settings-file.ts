import { type Document, isAlias, isNode, isPair, isScalar, LineCounter, parseDocument, visit, type YAMLError } from 'yaml'
import { errorText } from '#platform'
import type { SettingsPath } from './kind.ts'

/** Where something stands: a file, or the version in force, and from 1 the line and column where that is known. */
export type Place = { file: string; line?: number; column?: number }

export type SettingsFault = Place & {
  /** `staff.jan.role`; empty when the file as a whole is meant. */
  path: string
  message: string
  remedy: string
}

/** A line and a column, from 1, inside a text that a setting holds. */
export type Inside = { line: number; column: number }

export type SettingsFile = {
  file: string
  /** The kinds that the file holds, each with its section. */
  sections: Record<string, unknown>
  /** Of the value at the path, or of the deepest that exists on the way; of the key itself when `of` says so. */
  placeOf: (path: SettingsPath, of?: 'key' | Inside) => Place
  faults: SettingsFault[]
}

/** How often one anchor may be unfolded: enough to share a few lines, too little to fill the memory. */
const mostAliases = 100

/** Reads the text of one settings file; what is no clean YAML is listed in `faults` with its place. */
export function parseSettingsFile(file: string, given: string): SettingsFile {
  const text = given.replace(/^\ufeff/, '') // a byte order mark is no column
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' })
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
  const empty = { file, sections: {}, placeOf: () => ({ file }) }
  if (document.errors.some(({ message }) => message.includes('call stack'))) return { ...empty, faults: [tooDeep(at(0))] }
  if (document.errors.length > 0) return { ...empty, faults: document.errors.map(error => syntaxFault(error, at(error.pos[0]))) }
  const strange = findStrange(document, at)
  if (strange.length > 0) return { ...empty, faults: strange }

  const content = unfold(document)
  if (content instanceof Error) {
    const remedy = 'Write the values out instead of nesting anchors in anchors.'
    return { ...empty, faults: [content instanceof RangeError ? tooDeep(at(0)) : { ...at(0), path: '', message: 'unfolds its anchors too often', remedy }] }
  }
  if (content === null || content === undefined)
    return { ...empty, faults: [{ ...at(0), path: '', message: 'holds no settings', remedy: 'Remove the file, or write a section into it.' }] }
  if (typeof content !== 'object' || Array.isArray(content)) {
    return { ...empty, faults: [{ ...at(0), path: '', message: 'must be sections by name', remedy: 'Begin with a line such as "mailboxes:".' }] }
  }
  return {
    file,
    // A section that is named and left empty says: nothing of that kind.
    sections: Object.fromEntries(Object.entries(content).map(([kind, section]: [string, unknown]) => [kind, section ?? {}])),
    placeOf: (path, of) => at(offsetOf(document, text, path, of)),
    faults: [],
  }
}

const tooDeep = (place: Place): SettingsFault => ({ ...place, path: '', message: 'is nested too deeply', remedy: 'Check that this is a settings file.' })

function syntaxFault({ code, message }: YAMLError, place: Place): SettingsFault {
  const said = (message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')
  if (code === 'DUPLICATE_KEY') return { ...place, path: '', message: 'this key stands here a second time', remedy: 'Keep one of the two.' }
  if (code === 'MULTIPLE_DOCS')
    return { ...place, path: '', message: 'a second document begins here', remedy: 'Remove the line "---", or make it a file of its own.' }
  return { ...place, path: '', message: said, remedy: 'Correct the YAML here; often it is the indentation, a missing space after a colon, or a quote.' }
}

/** Figures that YAML reads as another number than stands there: zeros in front, other bases, more digits than a number holds. */
const isDisguised = (source: string, value: number): boolean =>
  /^[-+]?0[xo\d]/i.test(source) || (/^[-+]?\d+$/.test(source) && String(value) !== source.replace('+', '').replace(/^-0$/, '0'))

/** What YAML allows and settings do not: tags, keys that are no text, numbers that are none, text that no database stores. */
function findStrange(document: Document, at: (offset: number) => Place): SettingsFault[] {
  const faults: SettingsFault[] = []
  const refuse = (node: unknown, message: string, remedy: string) => {
    const start = isNode(node) ? (node.range?.[0] ?? 0) : 0
    faults.push({ ...at(start), path: '', message, remedy })
  }
  visit(document, (place, node) => {
    if (isPair(node)) {
      if (!isScalar(node.key) || node.key.value === null) refuse(node.key, 'a key must be a plain word or text', 'Write the key as a text in quotes.')
      else if (typeof node.key.value === 'number' && String(node.key.value) !== node.key.source)
        refuse(node.key, `the key ${node.key.source} would be read as ${node.key.value}`, `Write it in quotes: "${node.key.source}".`)
      else if (node.key.value === '__proto__') refuse(node.key, '__proto__ cannot be a key', 'Choose another name.')
    }
    if (!isNode(node)) return
    if (node.tag && !isAlias(node)) return refuse(node, `the tag ${node.tag} is not understood`, 'Write the value without a tag.')
    if (!isScalar(node)) return
    if (typeof node.value === 'number' && !Number.isFinite(node.value)) refuse(node, 'is no number', 'Write a finite number.')
    else if (place !== 'key' && typeof node.value === 'number' && isDisguised(node.source ?? '', node.value))
      refuse(node, `${node.source} would be read as the number ${node.value}`, `Write it in quotes: "${node.source}"; or as a plain number if it is one.`)
    if (typeof node.value === 'string' && (node.value.includes('\0') || !node.value.isWellFormed()))
      refuse(node, 'holds a character that cannot be stored', 'Remove the NUL character or the half of a surrogate pair.')
  })
  return faults
}

/** The plain content; the fault when anchors unfold too often (ReferenceError) or the nesting is too deep (RangeError). */
function unfold(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases })
  } catch (error) {
    return error instanceof Error ? error : new Error(errorText(error))
  }
}

function offsetOf(document: Document, text: string, path: SettingsPath, of?: 'key' | Inside): number {
  for (let depth = path.length; depth > 0; depth--) {
    const whole = depth === path.length
    if (whole && of === 'key') {
      const key = keyAt(document, path)
      if (key !== undefined) return key
    }
    const node: unknown = document.getIn(path.slice(0, depth), true)
    if (!isNode(node) || !node.range) continue
    if (whole && typeof of === 'object' && isScalar(node)) return offsetInside(text, node.range[0], node.type, of)
    return isScalar(node) && node.value !== null ? node.range[0] : (keyAt(document, path.slice(0, depth)) ?? node.range[0])
  }
  return 0
}

/** Where the key of the pair at a path begins; undefined for an item of a list. */
function keyAt(document: Document, path: SettingsPath): number | undefined {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!parent || typeof parent !== 'object' || !('items' in parent) || !Array.isArray(parent.items)) return undefined
  const pair: unknown = parent.items.find((item: unknown) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(path.at(-1)))
  return isPair(pair) && isNode(pair.key) ? pair.key.range?.[0] : undefined
}

/** The offset of a place inside a scalar's text: exact for block texts (`|`) and for texts on one line. */
function offsetInside(text: string, start: number, type: string | undefined, { line, column }: Inside): number {
  if (type !== 'BLOCK_LITERAL' && type !== 'BLOCK_FOLDED') return line === 1 ? start + (type === 'PLAIN' ? 0 : 1) + column - 1 : start
  let offset = start
  for (let skipped = 0; skipped < line; skipped++) {
    const end = text.indexOf('\n', offset)
    if (end < 0) return start
    offset = end + 1
  }
  const indentation = /^ */.exec(text.slice(text.indexOf('\n', start) + 1))?.[0].length ?? 0
  return offset + indentation + column - 1
}
