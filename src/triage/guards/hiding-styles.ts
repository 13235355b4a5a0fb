import type { HidingWay } from '../quarantine.ts'

const end = String.raw`\s{0,3}(?:[;"'!/]|$)`
/** Nothing, or so little of the unit that no letter is seen. */
const nothing = String.raw`(?:0*(?:\.0\d*)?(?:px|pt|em|rem|ex|ch|%|vw|vh)?|0*\.\d+(?:px|pt)|[01](?:\.\d+)?(?:px|pt))${end}`
const far = String.raw`-(?:\d{3,9}(?:\.\d+)?(?:px|pt|%)|\d{2,9}(?:\.\d+)?(?:r?em|vw|vh|ch))`
const hiding: readonly (readonly [how: HidingWay, pattern: RegExp])[] = [
  ['not_displayed', /display\s{0,3}:\s{0,3}none/],
  ['not_displayed', /visibility\s{0,3}:\s{0,3}(?:hidden|collapse)/],
  ['too_small', new RegExp(String.raw`font(?:-size)?\s{0,3}:\s{0,3}(?:[012](?:\.\d+)?(?:px|pt)${end}|${nothing})`)],
  ['colorless', /(?:^|[;\s"'])opacity\s{0,3}:\s{0,3}0{0,3}(?:\.0\d{0,6})?%?\s{0,3}(?:[;"'!]|$)|opacity\(\s{0,3}0?(?:\.0\d{0,6})?%?\s{0,3}\)/],
  [
    'off_the_page',
    new RegExp(String.raw`(?:left|right|top|bottom|text-indent|margin|letter-spacing)\s{0,3}:\s{0,3}${far}|translate(?:x|y|3d)?\([^)]{0,30}-?\d{4,9}px`),
  ],
  ['off_the_page', /text-indent\s{0,3}:\s{0,3}\d{3,6}(?:%|r?em|vw|px)/],
  [
    'off_the_page',
    /clip\s{0,3}:\s{0,3}rect\(\s{0,3}(?:0|1px)|clip-path\s{0,3}:\s{0,3}(?:inset\(\s{0,3}(?:100%|50%)|(?:circle|ellipse)\(\s{0,3}0|polygon\(\s{0,3}0(?:px|%)?\s0(?:px|%)?\s{0,3}(?:,\s{0,3}0(?:px|%)?\s0(?:px|%)?\s{0,3}){1,6}\))/,
  ],
  [
    'too_small',
    /transform\s{0,3}:[^;]{0,60}scale(?:[xyz]|3d)?\(\s{0,3}0?(?:\.0\d{0,6})?\s{0,3}[,)]|rotate[xy]\(\s{0,3}-?90deg|(?:^|[;\s"'])(?:zoom|scale)\s{0,3}:\s{0,3}0?(?:\.0\d{0,6})?%?\s{0,3}(?:[;"'!]|$)/,
  ],
  ['not_displayed', /mso-hide\s{0,3}:\s{0,3}all/],
  ['colorless', /text-fill-color\s{0,3}:\s{0,3}transparent/],
]
const overflow = /overflow(?:-[xy])?\s{0,3}:\s{0,3}(?:hidden|clip)/
const noSize = new RegExp(String.raw`(?:^|[;\s"'])(?:max-|line-)?(?:height|width)\s{0,3}:\s{0,3}${nothing}`)
const color = /(?:^|[;\s"'])color\s{0,3}:\s{0,3}([^;"'!]{1,60})/
const background = /(?:^|[;\s"'])background(?:-color)?\s{0,3}:\s{0,3}([^;"'!]{1,60})/

/** How a style attribute, in lower case, hides what stands in its element; undefined when it does not. `onDark`: white letters can be read there. */
export function howHidden(rules: string, onDark: boolean): HidingWay | undefined {
  if (rules === '') return undefined
  const plain = rules.includes('/*') || rules.includes('\\') ? unescaped(rules) : rules
  return howPlain(plain, onDark)
}

/** CSS may be cut by comments and spell any letter by its number (CSS Syntax 3, 4.3.7). */
const unescaped = (rules: string): string =>
  rules
    .replace(/\/\*[^*]{0,200}\*\//g, '')
    .replace(/\\([0-9a-f]{1,6})\s?/g, (_, code: string) => letterOf(Number.parseInt(code, 16)))
    .replaceAll('\\', '')
const letterOf = (code: number): string => (code > 0 && code < 0x11_0000 ? String.fromCodePoint(code).toLowerCase() : ' ')

function howPlain(rules: string, onDark: boolean): HidingWay | undefined {
  const how = hiding.find(([, pattern]) => pattern.test(rules))?.[0]
  if (how) return how
  if (overflow.test(rules) && noSize.test(rules)) return 'too_small'
  const [letters, ground] = [color.exec(rules)?.[1], background.exec(rules)?.[1]]
  if (letters === undefined) return undefined
  const shade = shadeOf(letters)
  if (shade === 'none') return 'colorless'
  if (ground !== undefined && shade !== undefined && shade === shadeOf(ground)) return 'colorless'
  return shade !== undefined && isWhite(shade) && !onDark ? 'colorless' : undefined
}

/** Whether a color, as CSS or an attribute names it, is as good as white. */
export const isWhiteColor = (text: string): boolean => {
  const shade = shadeOf(text.toLowerCase())
  return shade !== undefined && shade !== 'none' && isWhite(shade)
}

const nearlyWhite = 0xf8
/** Letters of less than this share of their color are not seen. */
const faintest = 0.05
const isWhite = (shade: string): boolean => /^\d/.test(shade) && shade.split(',').every(part => Number(part) >= nearlyWhite)

/** `r,g,b`, `none` for what is seen through, another name as it is; undefined for what cannot be told. */
function shadeOf(text: string): string | undefined {
  const value = text.trim()
  if (value === 'transparent') return 'none'
  const named = /^(?:white|snow|ghostwhite|floralwhite|ivory|mintcream|azure)(?![a-z])/.test(value)
  if (named) return '255,255,255'
  const hex = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})(?![0-9a-f])/.exec(value)?.[1]
  if (hex) {
    const [r = 0, g = 0, b = 0, alpha = 255] = (hex.length < 5 ? Array.from(hex, digit => digit + digit) : (hex.match(/../g) ?? [])).map(part =>
      Number.parseInt(part, 16),
    )
    return alpha < faintest * 255 ? 'none' : `${r},${g},${b}`
  }
  const [, form, inside] = /^(rgb|hsl)a?\(\s{0,3}([^)]{3,40})\)/.exec(value) ?? []
  if (form && inside) {
    const parts = inside.split(/[\s,/]+/)
    const [x = 0, y = 0, z = 0, alpha = 1] = parts.map(part => Number.parseFloat(part) * (part.endsWith('%') && form === 'rgb' ? 2.55 : 1))
    if ((parts[3]?.endsWith('%') ? Number.parseFloat(parts[3]) / 100 : alpha) < faintest) return 'none'
    if (form === 'rgb') return [x, y, z].map(Math.round).join()
    if (z >= 98) return '255,255,255'
  }
  return /^[a-z]{3,20}/.exec(value)?.[0]
}

/**
 * What a style sheet says of its classes and ids (`.name`, `#name`) on every screen: what stands in its `@media` blocks depends on the
 * reader's.
 */
export function sheetRules(sheet: string): ReadonlyMap<string, string> {
  const rules = new Map<string, string>()
  let depth = 0
  let from = 0
  for (const { 0: mark, index } of sheet.matchAll(/[{}]/g)) {
    if (mark === '{') {
      if (depth === 0) from = Math.max(from, sheet.lastIndexOf('}', index) + 1)
      depth += 1
      continue
    }
    depth = Math.max(0, depth - 1)
    if (depth > 0) continue
    const rule = sheet.slice(from, index).slice(0, 2000).toLowerCase()
    from = index + 1
    const open = rule.indexOf('{')
    const selectors = rule.slice(0, open)
    if (open === -1 || selectors.includes('@') || rules.size > mostRules) continue
    for (const [, name = ''] of selectors.matchAll(/([.#][\w-]{1,60})\s{0,3}(?=[,{]|$)/g))
      rules.set(name, `${rules.get(name)?.slice(0, 2000) ?? ''};${rule.slice(open + 1)}`)
  }
  return rules
}
const mostRules = 2000
