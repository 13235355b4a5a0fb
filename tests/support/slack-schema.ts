import { createHash } from 'node:crypto'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import type { Blocks, Home, Modal, SlackManifest } from './slack-types.ts'

// What Slack's own types say its structures are, as JSON schemas. Making them takes a quarter of a minute, so they are kept in a file with
// the hash of the types that they were made from: `node tests/support/slack-schema.ts` makes them anew after an update of the packages.

const root = join(import.meta.dirname, '../..')
const file = join(root, 'tests/fixtures/slack/schemas.json')
const names = ['Blocks', 'Modal', 'Home', 'SlackManifest'] as const

type Kept = { madeFrom: string; schema: { definitions: Record<string, object> } }

/** The hash of the types as they are installed. */
export function hashOfTypes(): string {
  const sources = [
    'tests/support/slack-types.ts',
    'node_modules/@slack/web-api/dist/types/request/manifest.d.ts',
    ...globSync('node_modules/@slack/types/dist/**/*.d.ts', { cwd: root }).toSorted(),
  ]
  const hash = createHash('sha256')
  for (const source of sources) hash.update(readFileSync(join(root, source)))
  return hash.digest('hex')
}

export const keptSchemas = (): Kept => JSON.parse(readFileSync(file, 'utf8')) as Kept

/** What is wrong with a structure by Slack's types: unknown blocks and properties, wrong kinds of text. Not lengths. */
export function slackSchemas() {
  const ajv = new Ajv({ strict: false, allErrors: false, discriminator: false }).addSchema(keptSchemas().schema, 'slack')
  const check = (name: (typeof names)[number]) => {
    const validate = ajv.compile({ $ref: `slack#/definitions/${name}` })
    return (value: unknown): string[] => (validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`))
  }
  const [blocks, modal, home, manifest] = [check('Blocks'), check('Modal'), check('Home'), check('SlackManifest')]
  return {
    blocks: (value: Blocks) => blocks(value),
    modal: (value: Modal) => modal(value),
    home: (value: Home) => home(value),
    manifest: (value: SlackManifest) => manifest(value),
  }
}

async function makeSchemas(): Promise<void> {
  const { createGenerator } = await import('ts-json-schema-generator')
  const path = join(import.meta.dirname, 'slack-types.ts')
  const generator = createGenerator({ path, skipTypeCheck: true, expose: 'export', additionalProperties: false, jsDoc: 'none' })
  const schema = { definitions: Object.assign({}, ...names.map(name => generator.createSchema(name).definitions)) as Record<string, object> }
  writeFileSync(file, `${JSON.stringify({ madeFrom: hashOfTypes(), schema } satisfies Kept)}\n`)
}

if (import.meta.main) await makeSchemas()
