import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'

// The floors of src/: a folder imports only lower floors, and folders on one floor never import each other.
const floors: Record<string, number> = {
  platform: 0,
  settings: 1,
  people: 2,
  ledger: 2,
  mail: 3,
  credit: 3,
  search: 4,
  triage: 5,
  dunning: 5,
  payments: 5,
  drafting: 6,
  proposals: 7,
  reports: 7,
  flows: 8,
  chat: 9,
  portal: 9,
  cli: 9,
  demo: 9,
}
const composition = ['app.ts', 'app', 'main.ts'] // where the parts meet: may import everything, imported by cli and demo only

const root = join(import.meta.dirname, '../src')
const sources = globSync('**/*.ts', { cwd: root, exclude: ['generated/**'] })
const imports = sources.flatMap(file =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(match => ({ file, target: match[1] ?? '' })),
)
const folderOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : file)
const targetFolder = (file: string, target: string): string | undefined => {
  if (target.startsWith('#')) return folderOf(target.slice(1)) // package.json says what a folder shows
  return target.startsWith('.') ? folderOf(relative(root, join(root, dirname(file), target))) : undefined
}

test('every folder of src has a floor', () => {
  const folders = new Set(sources.map(folderOf).filter(folder => !folder.endsWith('.ts')))

  assert.deepEqual(
    [...folders].filter(folder => floors[folder] === undefined && !composition.includes(folder)),
    [],
  )
})

test('a folder imports only lower floors', () => {
  const wrong = imports.filter(({ file, target }) => {
    const [from, to] = [folderOf(file), targetFolder(file, target)]
    if (to === undefined || to === from || to === 'generated' || composition.includes(from)) return false
    if (composition.includes(to)) return from !== 'cli' && from !== 'demo'
    if (from === 'cli' || from === 'demo') return false // the command line starts and uses every part
    return (floors[to] ?? 99) >= (floors[from] ?? -1)
  })

  assert.deepEqual(wrong, [])
})

test('across folders only the public face is imported', () => {
  const wrong = imports.filter(({ file, target }) => {
    const to = targetFolder(file, target)
    const isOther = to !== undefined && to !== folderOf(file) && !composition.includes(to)
    return isOther && target.startsWith('.') && to !== 'generated'
  })

  assert.deepEqual(wrong, [])
})

test('a thread that parses mail loads what it parses with, and no whole folder, which would cost two seconds of every start', () => {
  const loaded = new Set(['mail/parse-worker.ts'])
  for (const file of loaded) {
    if (file.startsWith('#')) continue
    for (const [, target = ''] of readFileSync(join(root, file), 'utf8').matchAll(/^(?:import|export) (?!type ).*from '([.#][^']+)'/gm))
      loaded.add(target.startsWith('.') ? join(dirname(file), target) : target)
  }

  assert.deepEqual(
    [...loaded].filter(file => !file.startsWith('mail/')),
    ['#ledger/payment-references'],
  )
})

test('only the platform and types touch the generated database client', () => {
  const wrong = imports.filter(({ file, target }) => target.includes('generated/prisma') && folderOf(file) !== 'platform')

  assert.deepEqual(wrong, [])
})

const isWordList = (file: string) => file.startsWith('triage/local/lexicon/') // what debtors write: "videocall via Teams"

test('nothing below the chat floor knows a chat platform', () => {
  const wrong = sources.filter(file => {
    const floor = floors[folderOf(file)]
    return floor !== undefined && floor < 8 && !isWordList(file) && /\b(slack|teams)\b/i.test(readFileSync(join(root, file), 'utf8'))
  })

  assert.deepEqual(wrong, [])
})
