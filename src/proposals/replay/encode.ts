import { Temporal } from 'temporal-polyfill'
import { Prisma } from '#platform'

// Values of planning as JSON and back, exactly: what JSON has no word for stands as {"$decimal": "1.10"}, {"$day": "2026-12-04"} ...

/** Whether a value holds no others that planning could look into. */
export const isWhole = (part: object): boolean =>
  Prisma.Decimal.isDecimal(part) || part instanceof Temporal.PlainDate || part instanceof Date || part instanceof Set || part instanceof Map

const isPlain = (value: object): value is Record<string, unknown> => [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)

/** A value as JSON holds it; functions stand as their place in it. Undefined parts are left out, what stands in it twice stands there once. */
export function encode(root: unknown): unknown {
  const places = new Map<object, string>()

  function encoded(value: unknown, path: string): unknown {
    if (typeof value === 'function') return { $call: path }
    if (typeof value === 'bigint') return { $bigint: String(value) }
    if (typeof value !== 'object' || value === null) return value
    if (Prisma.Decimal.isDecimal(value)) return { $decimal: value.toString() }
    if (value instanceof Temporal.PlainDate) return { $day: value.toString() }
    if (value instanceof Date) return { $date: value.toISOString() }
    if (value instanceof Set) return { $set: encode([...(value as Set<unknown>)]) }
    if (value instanceof Map) return { $map: encode([...(value as Map<unknown, unknown>)]) }
    const known = places.get(value)
    if (known !== undefined) return { $ref: known }
    places.set(value, path)
    if (Array.isArray(value)) return value.map((item, index) => encoded(item, `${path}/${index}`) ?? null)
    if (!isPlain(value)) throw new TypeError(`${path} is of a class that a snapshot does not know: ${value.constructor.name}`)
    const entries = Object.entries(value).flatMap(([key, item]) => {
      const part = encoded(item, `${path}/${key}`)
      return part === undefined ? [] : [[key, part] as const]
    })
    // Names out of mails and imports may be anything, also ours or __proto__.
    const isOurs = entries.some(([key]) => key.startsWith('$') || key === '__proto__')
    return isOurs ? { $entries: entries } : Object.fromEntries(entries)
  }

  return encoded(root, '')
}

/** The value that was encoded; its functions come from `call`, by their place. */
export function decode(root: unknown, call?: (path: string) => unknown): unknown {
  const places = new Map<string, unknown>()

  function decoded(value: unknown, path: string): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) {
      const list: unknown[] = []
      places.set(path, list)
      for (const [index, item] of value.entries()) list.push(decoded(item, `${path}/${index}`))
      return list
    }
    const coded = value as Record<string, unknown>
    if ('$ref' in coded) return places.get(coded.$ref as string)
    if ('$call' in coded) return call?.(coded.$call as string)
    if ('$bigint' in coded) return BigInt(coded.$bigint as string)
    if ('$decimal' in coded) return new Prisma.Decimal(coded.$decimal as string)
    if ('$day' in coded) return Temporal.PlainDate.from(coded.$day as string)
    if ('$date' in coded) return new Date(coded.$date as string)
    if ('$set' in coded) return new Set(decode(coded.$set) as unknown[])
    if ('$map' in coded) return new Map(decode(coded.$map) as [unknown, unknown][])
    const made: Record<string, unknown> = {}
    places.set(path, made)
    const entries = '$entries' in coded ? (coded.$entries as [string, unknown][]) : Object.entries(coded)
    for (const [key, item] of entries) {
      // Assigning to __proto__ would set the prototype.
      Object.defineProperty(made, key, { value: decoded(item, `${path}/${key}`), enumerable: true, writable: true, configurable: true })
    }
    return made
  }

  return decoded(root, '')
}
