import { isDeepStrictEqual } from 'node:util'

/** One value that differs between two versions; `before` or `after` is absent where nothing stood. */
export type SettingsChange = { path: string; before?: unknown; after?: unknown }

/** What differs, value by value; an item that goes is one change. The order of keys means nothing; lists of plain values are compared as one value. */
export function compareSettings(before: Record<string, unknown>, after: Record<string, unknown>): SettingsChange[] {
  return compareValues([], before, after)
}

function compareValues(steps: string[], before: unknown, after: unknown): SettingsChange[] {
  if (isDeepStrictEqual(before, after)) return []
  const [old, fresh] = [partsOf(before), partsOf(after)]
  const isComparedByPart =
    old && fresh
      ? Array.isArray(old) === Array.isArray(fresh)
      : (before === undefined && hasParts(fresh)) || (after === undefined && hasParts(old) && steps.length < 2)
  if (!isComparedByPart) return [{ path: steps.join('.'), ...(before !== undefined && { before }), ...(after !== undefined && { after }) }]
  const keys = [...new Set([...Object.keys(old ?? {}), ...Object.keys(fresh ?? {})])]
  return keys.flatMap(key => compareValues([...steps, key], own(old, key), own(fresh, key)))
}

/** The parts of a section or of a list of sections; undefined for a value that is compared as a whole. */
function partsOf(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value) && !value.some(item => typeof item === 'object' && item !== null)) return undefined
  return value as Record<string, unknown>
}

const hasParts = (parts: Record<string, unknown> | undefined): boolean => parts !== undefined && Object.keys(parts).length > 0
const own = (parts: Record<string, unknown> | undefined, key: string): unknown => (parts && Object.hasOwn(parts, key) ? parts[key] : undefined)
