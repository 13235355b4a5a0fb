import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Stripping types and compiling is more than half of what a command costs, and only what is imported from here on is kept. A folder of
// the checkout: who can write to it could as well change the sources. Where it cannot be written, nothing is kept.
enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/duncan'))

const { run } = await import('./run.ts')
process.exitCode = await run(process.argv.slice(2))
