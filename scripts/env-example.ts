// Writes .env.example from the settings' own descriptions; a test sees that the file is current.
import { writeFileSync } from 'node:fs'
import { envExample } from '../src/cli/env-example.ts'

writeFileSync('.env.example', envExample())
