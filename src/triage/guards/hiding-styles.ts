const zero = String.raw`0*(?:\.\d+)?(?:px|pt|em|rem|%)?\s{0,3}(?:[;"'!]|$)`
const hiding: readonly (readonly [how: string, pattern: RegExp])[] = [
  ['display: none', /display\s{0,3}:\s{0,3}none/],
  ['visibility: hidden', /visibility\s{0,3}:\s{0,3}(?:hidden|collapse)/],
  ['a font size of zero', new RegExp(String.raw`font-size\s{0,3}:\s{0,3}(?:${zero}|[01](?:\.\d+)?(?:px|pt)?\s{0,3}(?:[;"'!]|$))`)],
  ['no opacity', /(?:^|[;\s"'])opacity\s{0,3}:\s{0,3}0?(?:\.0\d*)?\s{0,3}(?:[;"']|$)/],
  ['text moved off the page', /(?:left|right|top|bottom|text-indent|margin-left|margin-top)\s{0,3}:\s{0,3}-\d{3,6}(?:px|em|rem|pt|vw|vh|%)/],
  ['text that is clipped away', /clip\s{0,3}:\s{0,3}rect\(\s{0,3}(?:0|1px)|clip-path\s{0,3}:\s{0,3}(?:inset\(\s{0,3}(?:100%|50%)|circle\(\s{0,3}0)/],
  ['text shrunk to nothing', /transform\s{0,3}:[^;]{0,60}scale[xy]?\(\s{0,3}0(?:\.0\d*)?\s{0,3}[,)]/],
  ['text hidden by a word processor', /mso-hide\s{0,3}:\s{0,3}all/],
]
const overflow = /overflow(?:-[xy])?\s{0,3}:\s{0,3}hidden/
const noSize = new RegExp(String.raw`(?:^|[;\s"'])(?:max-)?(?:height|width)\s{0,3}:\s{0,3}${zero}`)
const color = /(?:^|[;\s"'])color\s{0,3}:\s{0,3}([^;"'!]{1,60})/
const background = /(?:^|[;\s"'])background(?:-color)?\s{0,3}:\s{0,3}([^;"'!]{1,60})/

/** How a style attribute, in lower case, hides what stands in its element; undefined when it does not. `onDark`: white letters can be read there. */
export function howHidden(rules: string, onDark: boolean): string | undefined {
  if (rules === '') return undefined
  const how = hiding.find(([, pattern]) => pattern.test(rules))?.[0]
  if (how) return how
  if (overflow.test(rules) && noSize.test(rules)) return 'text without height or width'
  const [letters, ground] = [color.exec(rules)?.[1], background.exec(rules)?.[1]]
  if (letters === undefined) return undefined
  const shade = shadeOf(letters)
  if (shade === 'none') return 'text without a color'
  if (ground !== undefined && shade !== undefined && shade === shadeOf(ground)) return 'text in the color of its background'
  return shade !== undefined && isWhite(shade) && !onDark ? 'text in the color of its background' : undefined
}

/** Whether a color, as CSS or an attribute names it, is as good as white. */
export const isWhiteColor = (text: string): boolean => {
  const shade = shadeOf(text.toLowerCase())
  return shade !== undefined && shade !== 'none' && isWhite(shade)
}

const nearlyWhite = 0xf8
const isWhite = (shade: string): boolean => /^\d/.test(shade) && shade.split(',').every(part => Number(part) >= nearlyWhite)

/** `r,g,b`, `none` for what is seen through, another name as it is; undefined for what cannot be told. */
function shadeOf(text: string): string | undefined {
  const value = text.trim()
  if (value === 'transparent') return 'none'
  if (value === 'white') return '255,255,255'
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})(?![0-9a-f])/.exec(value)?.[1]
  if (hex) {
    const parts = hex.length === 3 ? Array.from(hex, digit => digit + digit) : (hex.match(/../g) ?? [])
    return parts.map(part => Number.parseInt(part, 16)).join()
  }
  const rgb = /^rgba?\(\s{0,3}(\d{1,3})[\s,]{1,4}(\d{1,3})[\s,]{1,4}(\d{1,3})(?:[\s,/]{1,4}(0?\.?\d{1,4}))?/.exec(value)
  if (rgb) return rgb[4] !== undefined && Number(rgb[4]) < 0.05 ? 'none' : `${rgb[1]},${rgb[2]},${rgb[3]}`
  if (/^hsla?\([^)]{1,20}[\s,](?:9[89]|100)%/.test(value)) return '255,255,255'
  return /^[a-z]{3,20}/.exec(value)?.[0]
}

/** The classes that a style sheet hides on every screen: what stands in its `@media` blocks depends on the reader's. */
export function hiddenClasses(sheet: string): ReadonlySet<string> {
  const classes = new Set<string>()
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
    const rule = sheet.slice(from, index).slice(0, 2000)
    from = index + 1
    const open = rule.indexOf('{')
    const selectors = rule.slice(0, open)
    if (open === -1 || selectors.includes('@') || howHidden(rule.slice(open + 1).toLowerCase(), true) === undefined) continue
    for (const [, name = ''] of selectors.matchAll(/\.([\w-]{1,60})\s{0,3}(?=[,{]|$)/g)) classes.add(name.toLowerCase())
  }
  return classes
}
