import { z } from 'zod'
import { appConfig } from '../app.ts'

/** The text of `.env.example`: every setting with what it means and its default. */
export function envExample(): string {
  const settings = Object.entries(appConfig.shape).map(([name, schema]) => {
    const { description = '', default: fallback } = z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any' })
    const value = typeof fallback === 'string' || typeof fallback === 'number' ? fallback : ''
    return `# ${description}\n#${name}=${value}\n`
  })
  return `# Duncan's settings. Copy this file to .env and uncomment what you change; every line is optional.\n\n${settings.join('\n')}`
}
