import { z } from 'zod'
import { appConfig } from '../app.ts'

/** The text of `.env.example`: every setting with what it means and its default. */
export function envExample(): string {
  const settings = Object.entries(appConfig.shape).map(([name, schema]) => {
    const { description = '', default: fallback } = z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any' })
    return `# ${description}\n#${name}=${typeof fallback === 'object' ? '' : (fallback ?? '')}\n`
  })
  return `# Duncan's settings. Copy this file to .env and uncomment what you change; every line is optional.\n\n${settings.join('\n')}`
}
