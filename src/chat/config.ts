import { z } from 'zod'
import { languages } from './words/index.ts'

/** Settings of the chat and of the local console. */
export const chatConfig = z.object({
  DUNCAN_HTTP_HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address that the console listens on; put a TLS proxy in front before you open it to others'),
  DUNCAN_HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(3210).describe('Port of the console'),
  DUNCAN_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address under which people reach the console, when it differs from host and port'),
  DUNCAN_CHAT_LANGUAGE: z.enum(languages).default('en').describe('Language of the cards that everybody sees; private answers come in each person’s own'),
})
export type ChatConfig = z.infer<typeof chatConfig>

/** The address of the console, without a slash at its end. */
export const consoleUrl = ({ DUNCAN_PUBLIC_URL, DUNCAN_HTTP_HOST: host, DUNCAN_HTTP_PORT: port }: ChatConfig): string =>
  (DUNCAN_PUBLIC_URL ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`).replace(/\/+$/, '')
