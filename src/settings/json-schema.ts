import { z } from 'zod'
import type { SettingsKind, SettingsPath } from './kind.ts'

export type JsonSchema = z.core.JSONSchema.JSONSchema

/** The JSON Schema of a settings file, for editors: every kind with the descriptions of its fields. */
export function settingsJsonSchema(kinds: SettingsKind[]): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Duncan settings',
    description: 'Business settings of Duncan; `duncan apply` checks and applies them. A section that stands in no file stays as it is.',
    type: 'object',
    properties: Object.fromEntries(kinds.map(kind => [kind.name, sectionSchema(kind)])),
    additionalProperties: false,
  }
}

/** The JSON Schema of one section, as it is written. */
export function sectionSchema({ schema }: SettingsKind): JsonSchema {
  const { $schema: _, ...section } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  // A section may stand empty in the file: "segments:" alone.
  return section
}

/** The keys that a schema names at a path; empty where any key may stand. */
export function knownKeys(schema: JsonSchema, path: SettingsPath): string[] {
  return [...new Set(schemasAt(schema, path).flatMap(found => [...Object.keys(found.properties ?? {}), ...namesOf(found)]))]
}

/** What the schema says about the value at a path; undefined when it says nothing. */
export const describedAs = (schema: JsonSchema, path: SettingsPath): string | undefined => schemasAt(schema, path).find(found => found.description)?.description

const namesOf = ({ propertyNames }: JsonSchema): string[] =>
  typeof propertyNames === 'object' && Array.isArray(propertyNames.enum) ? propertyNames.enum.map(String) : []

function schemasAt(schema: JsonSchema, path: SettingsPath): JsonSchema[] {
  const alternatives = [
    schema,
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].filter(isSchema).flatMap(each => schemasAt(each, [])),
  ]
  const [step, ...rest] = path
  if (step === undefined) return alternatives
  return alternatives.flatMap(each => {
    const next = typeof step === 'number' ? each.items : (own(each.properties, step) ?? each.additionalProperties)
    return isSchema(next) ? schemasAt(next, rest) : []
  })
}

const own = <T>(properties: Record<string, T> | undefined, key: string): T | undefined =>
  properties && Object.hasOwn(properties, key) ? properties[key] : undefined
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value)
