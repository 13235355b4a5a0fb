import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { DuncanError, errorText } from '#platform'

const frontMatter = z.strictObject({ name: z.string().min(1), version: z.int().min(1), output: z.string().min(1) })

/** A prompt file: what it is called, which schema its answer fills, and its text. */
export type Prompt = z.infer<typeof frontMatter> & { text: string }

const promptFolder = join(import.meta.dirname, '../../../prompts')

/** Reads a prompt file. Throws `prompt.invalid`, naming the file, when its front matter or its output schema is not the expected one. */
export function loadPrompt(file: string, output: string, folder = promptFolder): Prompt {
  const path = join(folder, file)
  try {
    const [, head = '', text = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(path, 'utf8').replaceAll('\r\n', '\n')) ?? []
    const prompt = { ...frontMatter.parse(parse(head)), text: text.trim() }
    if (prompt.output !== output) throw new Error(`its output is "${prompt.output}", the program fills "${output}"`)
    if (prompt.text === '') throw new Error('it has no text')
    return prompt
  } catch (error) {
    throw new DuncanError(
      'prompt.invalid',
      `The prompt file ${path} cannot be used: ${errorText(error)}`,
      'Restore the file from the release, or correct its front matter.',
      {
        cause: error,
      },
    )
  }
}
